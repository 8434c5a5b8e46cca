"""Criteria given by examples instead of patterns: sentences that have it, and sentences that nearly do.

A reply has it when a clause of the right act of speech lies nearer to the examples than to the near misses,
by more than a threshold that leaving each sentence out once has shown to be the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scoring.clauses import Act, Clause, clauses
from scoring.detectors import Found
from scoring.embedder import Embedder, unit_rows
from scoring.language import data
from scoring.matching import Hit
from scoring.rubric import Criterion, SaidAs

Vectors = NDArray[np.int64]

LEAST_KAPPA = 0.4
"""Below it examples and near misses can't be told apart and nobody is judged ("moderate" agreement begins at
0.41: Landis and Koch, 1977). Against 12 moves treated as if authored, see benchmarks/embedding_worth.py."""

_ORDINARY_SHARE = 10  # at most one ordinary sentence in ten may have it
_NEARNESS = 4
_APARTNESS = (2, 1, 3, 0)
"""How much likeness to the examples weighs, and likeness to the near misses may weigh against it: near misses
that are examples but for a word push their own kind away. Leaving one out picks; the first of equals."""

_NO_CLAUSE = -(1 << 62)  # below every similarity: no clause could have it

ACTS: dict[SaidAs, frozenset[Act]] = {
    "question": frozenset({"open", "closed", "invitation"}),
    "statement": frozenset({"statement"}),
    "any": frozenset({"open", "closed", "invitation", "statement"}),
}


@dataclass(frozen=True, slots=True)
class Worth:
    """How well the sentences are told apart when each is judged by all the others.

    `silent` counts the examples without any clause of the right act of speech: those are never met.
    """

    examples: int
    near_misses: int
    silent: int
    precision: float
    recall: float
    f1: float
    kappa: float

    @property
    def told_apart(self) -> bool:
        """Whether the criterion may judge anybody."""
        return round(self.kappa, 3) >= LEAST_KAPPA

    @property
    def warning(self) -> str:
        """One sentence for its author, where nobody is judged by it."""
        return (
            f"Not assessable: its examples and near misses can't be told apart (F1 {self.f1:.2f}, kappa "
            f"{self.kappa:.2f}, each sentence judged by the others); give clearer ones."
        )


@dataclass(frozen=True, slots=True)
class AuthoredCriterion:
    """What was made of the examples: a direction, a threshold along it, and what the two are worth.

    `judged` has a verdict for each sentence, examples first, by all the others.
    """

    acts: frozenset[Act]
    direction: Vectors
    threshold: int
    worth: Worth
    judged: tuple[bool, ...]

    def find(self, parts: Sequence[Clause], embedder: Embedder) -> tuple[Found, ...]:
        """The clauses that have it, the one that has it most first."""
        right = [at for at, clause in enumerate(parts) if clause.act in self.acts]
        if not right:
            return ()
        values = embedder.embed([_plain(parts[at]) for at in right]) @ self.direction
        found = [(-int(value), at) for at, value in zip(right, values, strict=True) if value > self.threshold]
        return tuple(Found(at, Hit(0, len(parts[at].tokens))) for _, at in sorted(found))


def of_criterion(criterion: Criterion, embedder: Embedder) -> AuthoredCriterion:
    """What is made of a rubric's criterion that is given by examples."""
    return fit(criterion.examples, criterion.near_misses, criterion.said_as, embedder)


@lru_cache(maxsize=128)
def fit(
    examples: tuple[str, ...], near_misses: tuple[str, ...], said_as: SaidAs, embedder: Embedder
) -> AuthoredCriterion:
    """Makes the criterion from its sentences (some 30 ms for 40); the same in, the same out."""
    acts = ACTS[said_as]
    having = [vectors(text, acts, embedder) for text in examples]
    lacking = [vectors(text, acts, embedder) for text in near_misses]
    labels = [True] * len(having) + [False] * len(lacking)
    trials = [_trial(having, lacking, apart, acts, embedder) for apart in _APARTNESS]
    judged = [
        trial.values[at] > threshold
        for at in range(len(labels))
        for trial, threshold in [_best(trials, labels, without=at)]
    ]
    trial, threshold = _best(trials, labels)
    return AuthoredCriterion(
        acts=acts,
        direction=trial.direction,
        threshold=threshold,
        worth=_worth(judged, labels, sum(not len(one) for one in having)),
        judged=tuple(judged),
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """One weight of the near misses: the direction it gives, what each sentence is worth by that of all the
    others, and the value that one in ten ordinary sentences reaches."""

    direction: Vectors
    values: tuple[int, ...]
    floor: int


def _trial(
    having: Sequence[Vectors],
    lacking: Sequence[Vectors],
    apart: int,
    acts: frozenset[Act],
    embedder: Embedder,
) -> _Trial:
    direction = _direction(having, lacking, apart)
    values = [
        _highest(one, _direction([*having[:at], *having[at + 1 :]], lacking, apart))
        for at, one in enumerate(having)
    ] + [
        _highest(one, _direction(having, [*lacking[:at], *lacking[at + 1 :]], apart))
        for at, one in enumerate(lacking)
    ]
    ordinary = sorted((_highest(one, direction) for one in _ordinary(acts, embedder)), reverse=True)
    return _Trial(direction, tuple(values), ordinary[len(ordinary) // _ORDINARY_SHARE])


def _best(trials: Sequence[_Trial], labels: Sequence[bool], without: int = -1) -> tuple[_Trial, int]:
    """The trial and threshold with the highest F1 over all sentences, or all but one."""
    kept = [at for at in range(len(labels)) if at != without]
    wanted = [labels[at] for at in kept]
    found = []
    for order, trial in enumerate(trials):
        values = [trial.values[at] for at in kept]
        threshold = max(trial.floor, best_threshold(values, wanted))
        found.append((_f1([value > threshold for value in values], wanted), -order, trial, threshold))
    _, _, trial, threshold = max(found, key=lambda one: one[:2])
    return trial, threshold


def _f1(judged: Sequence[bool], labels: Sequence[bool]) -> float:
    both = sum(one and other for one, other in zip(judged, labels, strict=True))
    return 2 * both / (sum(judged) + sum(labels)) if both else 0.0


def best_threshold(values: Sequence[int], labels: Sequence[bool]) -> int:
    """Above which value labels are true: where F1 is highest, the strictest of equals, half-way down."""
    ranked = sorted(zip(values, labels, strict=True), reverse=True)
    best, threshold, met = (0, 1), max(values, default=0), 0
    for count, (value, label) in enumerate(ranked, start=1):
        met += label
        below = ranked[count][0] if count < len(ranked) else value - 2
        f1 = (2 * met, count + sum(labels))
        if value > max(below, _NO_CLAUSE) and f1[0] * best[1] > best[0] * f1[1]:
            best, threshold = f1, (value + below) // 2 if below > _NO_CLAUSE else value - 1
    return threshold


def _plain(clause: Clause) -> str:
    return " ".join(clause.words)


def vectors(text: str, acts: frozenset[Act], embedder: Embedder) -> Vectors:
    """The clauses of a sentence that could have the criterion: (clauses, dimensions), perhaps none."""
    return embedder.embed([_plain(clause) for clause in clauses(text) if clause.act in acts])


def _direction(having: Sequence[Vectors], lacking: Sequence[Vectors], apart: int) -> Vectors:
    return _NEARNESS * _centre(having) - apart * _centre(lacking)


def _centre(sentences: Sequence[Vectors]) -> Vectors:
    """The mean direction of all clauses, of length ONE; a single 0 (nothing is near) where there are none."""
    full = [one for one in sentences if len(one)]
    return unit_rows(np.vstack(full).sum(axis=0)[None])[0] if full else np.zeros(1, np.int64)


def _highest(sentence: Vectors, direction: Vectors) -> int:
    return int((sentence * direction).sum(axis=1).max()) if len(sentence) else _NO_CLAUSE


@lru_cache(maxsize=8)
def _ordinary(acts: frozenset[Act], embedder: Embedder) -> tuple[Vectors, ...]:
    found = (vectors(text, acts, embedder) for text in data("ordinary.yaml")["sentences"])
    return tuple(one for one in found if len(one))


def _worth(judged: Sequence[bool], labels: Sequence[bool], silent: int) -> Worth:
    n, wanted, given = len(labels), sum(labels), sum(judged)
    both = sum(one and other for one, other in zip(judged, labels, strict=True))
    agreed = sum(one == other for one, other in zip(judged, labels, strict=True)) / n
    chance = (wanted * given + (n - wanted) * (n - given)) / n**2
    return Worth(
        examples=wanted,
        near_misses=n - wanted,
        silent=silent,
        precision=both / given if given else 0.0,
        recall=both / wanted if wanted else 0.0,
        f1=_f1(judged, labels),
        kappa=(agreed - chance) / (1 - chance) if chance < 1 else 0.0,
    )
