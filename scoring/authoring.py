"""How good a criterion given by examples is, for its author: what is misplaced, and what would help."""

from dataclasses import dataclass
from typing import Literal

from scoring.authored import ACTS, Vectors, Worth, of_criterion, vectors
from scoring.embedder import Embedder
from scoring.rubric import Criterion, SaidAs

Kind = Literal["examples", "near_misses"]

ENOUGH = 15
"""Sentences of a kind below which more of them is the first advice; about 20 is what the schema asks for."""

_SAID = {"question": "question", "statement": "statement", "any": "clause"}


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A sentence that all the others would put on the other side: which, and what it reads most like there.

    `silent` examples have no clause of the right kind at all: `like` is "" then.
    """

    kind: Kind
    index: int
    text: str
    like: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Review:
    """A criterion's worth, the sentences on the wrong side of it, and advice, the most useful first."""

    worth: Worth
    misplaced: tuple[Misplaced, ...]
    advice: tuple[str, ...]


def review(criterion: Criterion, embedder: Embedder) -> Review:
    """Looks at a criterion that is given by examples (some 100 ms)."""
    made = of_criterion(criterion, embedder)
    sentences = {"examples": criterion.examples, "near_misses": criterion.near_misses}
    known = {
        kind: [vectors(one, ACTS[criterion.said_as], embedder) for one in texts]
        for kind, texts in sentences.items()
    }
    met = iter(made.judged)
    misplaced = []
    for kind, other in (("examples", "near_misses"), ("near_misses", "examples")):
        for index, (text, own) in enumerate(zip(sentences[kind], known[kind], strict=True)):
            if next(met) is not (kind == "examples"):
                like = _most_like(own, known[other], sentences[other])
                misplaced.append(Misplaced(_kind(kind), index, text, like, not len(own)))
    found = tuple(misplaced)
    return Review(made.worth, found, tuple(_advice(made.worth, found, criterion.said_as)))


def _kind(name: str) -> Kind:
    return "examples" if name == "examples" else "near_misses"


def _most_like(own: Vectors, others: list[Vectors], texts: tuple[str, ...]) -> str:
    if not len(own):
        return ""
    values = [int((own @ one.T).max()) if len(one) else -(1 << 62) for one in others]
    return texts[values.index(max(values))]


def _advice(worth: Worth, misplaced: tuple[Misplaced, ...], said_as: SaidAs) -> list[str]:
    found = []
    if worth.silent:
        found.append(
            f"{worth.silent} of the examples {'has' if worth.silent == 1 else 'have'} no {_SAID[said_as]} in "
            f"them and can never be met: reword them, or write another said_as."
        )
    if min(worth.examples, worth.near_misses) < ENOUGH:
        found.append(
            f"Give about 20 of each; there are {worth.examples} examples and {worth.near_misses} near misses."
        )
    if any(one.kind == "examples" and not one.silent for one in misplaced):
        found.append("For each missed example, add one or two that say the same in like words.")
    if any(one.kind == "near_misses" for one in misplaced):
        found.append(
            "For each near miss that is credited, add another of its kind; if it has it after all, make it "
            "an example."
        )
    if not worth.told_apart:
        found.append(
            "If it stays so, it is two things in one: make a criterion of each, or ask for a move instead."
        )
    return found
