"""What comparing sentences by meaning is worth.

    python benchmarks/embedding_worth.py SENTENCES.txt REPLIES.jsonl ...

SENTENCES is a bank `labels | sentence`, REPLIES are labelled replies as benchmarks/agreement.py reads them.
With `--models FOLDER`, the larger model there is measured instead of the table that ships.

First: twelve moves as if somebody had given each by 5, 10 or 20 sentences of the bank that have it and as
many that don't, drawn five times; judged on the replies, none of which it has seen. Then: the patterns
alone, and with the embedder where the act is right, no veto holds and no pattern did, over five folds of the
replies. The patterns were developed on what lies in data/, so there the second table flatters them.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.agreement import labels_of, read
from models.embedding.choose import embedder as chosen
from scoring.agreement import Counts
from scoring.authored import AuthoredCriterion, best_threshold, fit
from scoring.clauses import Clause, clauses
from scoring.detectors import MOVES, Rule, detectors
from scoring.embedder import Embedder, unit_rows
from scoring.rubric import SaidAs

SIZES, DRAWS, FOLDS = (5, 10, 20), 5, 5
SAID_AS: dict[str, SaidAs] = {
    "acknowledges_concern": "statement",
    "clarifies_root_cause": "question",
    "gives_evidence": "statement",
    "reframes_value": "statement",
    "confirms_resolution": "question",
    "proposes_next_step": "any",
    "probes_budget": "question",
    "probes_authority": "question",
    "probes_need": "question",
    "probes_timeline": "question",
    "uses_hedging": "any",
    "interrupts_or_argues": "any",
}
HEDGES = ("guess", "maybe", "not sure", "sort of", "probably", "possibly", "not totally")


class Remembering:
    """An embedder that reads no sentence twice."""

    def __init__(self, by: Embedder) -> None:
        self._by = by
        self._known: dict[str, NDArray[np.int64]] = {}
        self.fingerprint = by.fingerprint

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """As any embedder."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._by.embed([text])[0]
        return np.stack([self._known[text] for text in texts]) if texts else self._by.embed([])


@dataclass(frozen=True)
class Labelled:
    """A text, its clauses, and the moves it makes."""

    text: str
    parts: tuple[Clause, ...]
    labels: frozenset[str]


def labelled(path: Path) -> list[Labelled]:
    """The lines of a file; the bank's one label for both faults is split by its words."""
    found = []
    for line in read(path):
        labels = labels_of(line)
        if "dfhg" in labels:
            hedges = any(word in line["text"] for word in HEDGES)
            labels |= {"uses_hedging" if hedges else "interrupts_or_argues"}
        found.append(Labelled(line["text"], clauses(line["text"]), frozenset(labels)))
    return found


def as_authored(bank: Sequence[Labelled], replies: Sequence[Labelled], by: Embedder) -> None:
    """Prints what moves are worth that are given by examples, for each number of examples."""
    print("\nGiven by examples: F1 among the examples | precision, recall, F1 on replies | of 5, told apart")
    for size in SIZES:
        print(f"\n{size} of each")
        every = []
        for move, said_as in SAID_AS.items():
            made = [drawn(bank, move, said_as, size, seed, by) for seed in range(DRAWS)]
            counts = [judged(one, replies, move, by) for one in made]
            apart = [one.worth.told_apart for one in made]
            print(f"{move:22} {mean(one.worth.f1 for one in made):5.2f} | {figures(counts)} | {sum(apart)}")
            every += [(row, told) for row, told in zip(counts, apart, strict=True)]
        print(f"{'all':22}       | {figures([row for row, _ in every])} | {sum(told for _, told in every)}")
        kept = [row for row, told in every if told]
        if kept:
            print(f"{'those told apart':22}       | {figures(kept)} |")


def drawn(
    bank: Sequence[Labelled], move: str, said_as: SaidAs, size: int, seed: int, by: Embedder
) -> AuthoredCriterion:
    """A criterion of `size` sentences that have the move and `size` of the 60 most like them that don't."""
    dice = random.Random(f"{move} {seed}")  # noqa: S311 - to be drawn again
    having = sorted({one.text for one in bank if move in one.labels})
    centre = by.embed(having).sum(axis=0)
    lacking = sorted({one.text for one in bank if move not in one.labels})
    likest = sorted(lacking, key=lambda text: -int(by.embed([text])[0] @ centre))[: 3 * max(SIZES)]
    examples = dice.sample(having, min(size, len(having)))
    return fit(tuple(examples), tuple(dice.sample(likest, size)), said_as, by)


def judged(one: AuthoredCriterion, replies: Sequence[Labelled], move: str, by: Embedder) -> Counts:
    """The criterion's verdicts on the replies against their labels."""
    made = [bool(one.find(reply.parts, by)) for reply in replies]
    return Counts.of(made, [move in reply.labels for reply in replies])


def figures(rows: Sequence[Counts]) -> str:
    """Means of precision, recall and F1, in percent."""
    return " ".join(
        f"{100 * mean(getattr(row, name) or 0.0 for row in rows):5.1f}"
        for name in ("precision", "recall", "f1")
    )


def beside_patterns(bank: Sequence[Labelled], replies: Sequence[Labelled], by: Embedder) -> None:
    """Prints F1 a move for the patterns alone and with the embedder behind their gates."""
    print(f"\nBeside the patterns, {FOLDS} folds{'':3} {'patterns':>9} {'with':>6}")
    alone, both = [], []
    for move in SAID_AS:
        rows = [one_fold(bank, replies, move, fold, by) for fold in range(FOLDS)]
        alone.append(sum((row for row, _ in rows), Counts(0, 0, 0, 0)))
        both.append(sum((row for _, row in rows), Counts(0, 0, 0, 0)))
        print(f"{move:33} {100 * (alone[-1].f1 or 0):9.1f} {100 * (both[-1].f1 or 0):6.1f}")
    total = [sum(rows, Counts(0, 0, 0, 0)).f1 or 0 for rows in (alone, both)]
    print(f"{'all':33} {100 * total[0]:9.1f} {100 * total[1]:6.1f}")


def one_fold(
    bank: Sequence[Labelled], replies: Sequence[Labelled], move: str, fold: int, by: Embedder
) -> tuple[Counts, Counts]:
    """Patterns alone and with the embedder, on one fold; it is fitted on the other folds and the bank."""
    test = replies[fold::FOLDS]
    train = [one for at, one in enumerate(replies) if at % FOLDS != fold] + list(bank)
    known = [(gated(one, move, by), patterned(one, move), move in one.labels) for one in train]
    centres = [
        unit_rows(
            np.vstack([rows for rows, _, label in known if label is wanted and len(rows)]).sum(axis=0)[None]
        )[0]
        for wanted in (True, False)
    ]
    direction = 4 * centres[0] - 3 * centres[1]
    open_ = [(highest(rows, direction), label) for rows, made, label in known if not made]
    floor = combined(open_, [label for _, made, label in known if made])
    wanted = [move in one.labels for one in test]
    by_patterns = [patterned(one, move) for one in test]
    by_both = [
        made or highest(gated(one, move, by), direction) > floor
        for one, made in zip(test, by_patterns, strict=True)
    ]
    return Counts.of(by_patterns, wanted), Counts.of(by_both, wanted)


def combined(open_: Sequence[tuple[int, bool]], made: Sequence[bool]) -> int:
    """The threshold with the highest F1 of both together, where the patterns made what they made."""
    top = 1 << 62
    return best_threshold(
        [*(value for value, _ in open_), *(top for _ in made)], [*(one for _, one in open_), *made]
    )


def highest(rows: NDArray[np.int64], direction: NDArray[np.int64]) -> int:
    return int((rows @ direction).max()) if len(rows) else -(1 << 62)


def patterned(one: Labelled, move: str) -> bool:
    return bool(detectors().find(one.parts)[move])


def gated(one: Labelled, move: str, by: Embedder) -> NDArray[np.int64]:
    """The clauses in which the move could be made: a rule's act is right and its veto does not hold."""
    rules = detectors().rules[move]
    return by.embed(
        [" ".join(part.words) for part in one.parts if any(is_open(part, rule) for rule in rules)]
    )


def is_open(part: Clause, rule: Rule) -> bool:
    if part.act not in rule.acts or rule.say is None:
        return False
    return rule.veto is None or rule.veto not in detectors().patterns.find(part.words, frozenset({rule.veto}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("replies", type=Path, nargs="+")
    parser.add_argument("--models", type=Path, default=Path("-"))
    asked = parser.parse_args()
    by = Remembering(chosen(asked.models))
    bank = labelled(asked.bank)
    replies = [one for path in asked.replies for one in labelled(path)]
    print(f"{by.fingerprint}: {len(bank)} sentences, {len(replies)} replies, {len(MOVES)} moves")
    as_authored(bank, replies, by)
    beside_patterns(bank, replies, by)


if __name__ == "__main__":
    main()
