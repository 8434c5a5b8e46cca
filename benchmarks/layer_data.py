"""Labelled replies as the learnt layer is trained on them: as written, unmarked, and with words misheard."""

import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.agreement import WRONG, labels_of, read
from scenarios.loader import all_scenarios
from scoring.clauses import clauses
from scoring.detectors import MOVES, detectors
from scoring.language import data
from scoring.layer_input import RULES, Inputs, inputs
from scoring.rubrics_library import load_rubric, rubric_ids
from scoring.tokens import words_of

HERE = Path(__file__).parent / "data"
SHARE_RANDOM = 0.7
"""Of the replaced words those that become any word; the others become one that sounds or looks alike."""

OWN = "own"
"""The source of the examples that the project's tests hold the scorer to."""

_SLIPS = (
    "the",
    "a",
    "to",
    "of",
    "is",
    "are",
    "it",
    "that",
    "i",
    "you",
    "we",
    "and",
    "in",
    "for",
    "did",
    "at",
)

Span = tuple[int, int, list[str]]
Word = tuple[str, frozenset[str]]
"""A word as written, and the moves of the bracket it stands in."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A labelled text. Without `spans` (None) it is known which moves it makes and not where.

    `known` are the moves of which it is known whether it makes them. In a `seen` text the patterns were
    tuned on, so what they find in it is no evidence of their worth.
    """

    id: str
    source: str
    prompt: str
    text: str
    labels: frozenset[str]
    known: frozenset[str] = frozenset(MOVES)
    spans: tuple[Span, ...] | None = None
    game: bool = False
    seen: bool = False
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A reply as said once: what the layer sees, the moves of each word (words, moves) if they are known."""

    reply: Reply
    inputs: Inputs
    made: NDArray[np.int8] | None


def replies(path: Path, source: str = "", *, seen: bool = False) -> Iterator[Reply]:
    """The lines of a file of data/ (see its README)."""
    for number, line in enumerate(read(path)):
        yield _reply(line, line.get("hand", source), number, seen=seen)


def _reply(line: dict[str, Any], source: str, number: int, *, seen: bool) -> Reply:
    spans = tuple((one[0], one[1], one[2]) for one in line["spans"]) if "spans" in line else None
    gaming = "kind" in line or any(tag.startswith("game") for tag in line.get("tags", ()))
    return Reply(
        id=line.get("id", str(number)),
        source=source,
        prompt=line.get("prompt", ""),
        text=line["text"],
        labels=frozenset(labels_of(line)),
        spans=spans,
        game=gaming,
        seen=seen,
        quality=line.get("quality"),
    )


def examples_of_moves() -> Iterator[Reply]:
    """The examples in moves/, of which only the own move is known; the texts the patterns were made from."""
    for move in MOVES:
        found = data(f"{move}.yaml")
        for kind, made in (("exemplars", frozenset({move})), ("counter_examples", frozenset[str]())):
            for number, text in enumerate(found.get(kind, ())):
                name = f"{move}-{kind}-{number}"
                yield Reply(name, OWN, "", text, made, known=frozenset({move}), seen=True)


def examples_of_scenarios() -> Iterator[Reply]:
    """Good replies of the shipped scenarios make what their turn asks for; poor ones what patterns find."""
    for scenario in all_scenarios():
        rubric = load_rubric(scenario.rubric)
        for form, one in scenario.forms.items():
            for turn in one.turns:
                name = f"{scenario.id}-{form}-{turn.id}"
                asked = [
                    rubric.criterion(one) for one in turn.criteria if rubric.criterion(one).move in MOVES
                ]
                makes = frozenset(str(one.move) for one in asked if one.wanted)
                lacks = frozenset(str(one.move) for one in asked if not one.wanted)
                for number, text in enumerate(turn.exemplars):
                    yield Reply(f"{name}-{number}", OWN, turn.says, text, makes, makes | lacks, seen=True)
                for number, text in enumerate(turn.counter_examples):
                    found = detectors().find(clauses(text))
                    known = frozenset(move for move in makes if not found[move])
                    yield Reply(f"{name}-poor-{number}", OWN, turn.says, text, frozenset(), known, seen=True)


def examples_of_rubrics() -> Iterator[Reply]:
    """The criteria's model answers."""
    for rubric in map(load_rubric, rubric_ids()):
        for one in rubric.criteria:
            if one.move in MOVES:
                makes, known = frozenset({str(one.move)} if one.wanted else ()), frozenset({str(one.move)})
                yield Reply(f"{rubric.id}-{one.id}", OWN, "", one.model_answer, makes, known, seen=True)


def spoken(reply: Reply, vocabulary: Sequence[str], noisy: int) -> list[Example]:
    """The reply as written, without marks, and so many times with words misheard; drawn from its id."""
    dice = random.Random(reply.id)  # noqa: S311 - to be drawn again
    said = _words(reply)
    bare = _unmarked(said)
    ways = [said, *([bare] if bare != said else [])]
    ways += [_misheard(bare, dice, vocabulary) for _ in range(noisy)]
    blind = [one for way in ways if (one := example(reply, way, blind=reply.seen)) is not None]
    shown = example(reply) if reply.source == OWN else None
    return [*blind, *([shown] * len(blind) if shown else [])]


def example(reply: Reply, said: Sequence[Word] | None = None, *, blind: bool = False) -> Example | None:
    """The reply, or those words of it, as the layer sees it; None where nothing is said.

    `blind` takes away what the rules find.
    """
    text, places = _joined(_words(reply) if said is None else said)
    parts = clauses(text)
    if not parts:
        return None
    seen = inputs(parts, *detectors().evidence(parts), words_of(reply.prompt))
    if blind:
        seen.features[:, RULES] = 0
    made = None
    if reply.spans is not None:
        made = np.zeros((len(seen.words), len(MOVES)), np.int8)
        middles = [(token.start + token.end) / 2 for one in parts for token in one.tokens]
        at = 0
        for row, middle in enumerate(middles):
            while places[at][1] < middle:
                at += 1
            made[row] = [move in places[at][2] for move in MOVES]
    return Example(reply, seen, made)


def _words(reply: Reply) -> list[Word]:
    found = []
    for piece in re.finditer(r"\S+", reply.text):
        middle = (piece.start() + piece.end()) / 2
        made = [
            label for begin, end, labels in reply.spans or () if begin <= middle <= end for label in labels
        ]
        found.append((piece.group(), frozenset(made)))
    return found


def _joined(said: Sequence[Word]) -> tuple[str, list[tuple[int, int, frozenset[str]]]]:
    text = ""
    places = []
    for word, made in said:
        begin = len(text) + bool(text)
        text = f"{text} {word}" if text else word
        places.append((begin, len(text), made))
    return text, places


def _unmarked(said: Sequence[Word]) -> list[Word]:
    return [(part, made) for word, made in said for part in re.sub(r"[^\w\s'’]", " ", word.lower()).split()]


def _misheard(said: Sequence[Word], dice: random.Random, vocabulary: Sequence[str]) -> list[Word]:
    """One word in ten replaced, dropped or added, as `benchmarks.agreement.worsened` does it."""
    heard: list[Word] = []
    for word, made in said:
        if dice.random() >= WRONG:
            heard.append((word, made))
            continue
        kind = dice.random()
        if kind < 0.6:
            other = dice.choice(vocabulary) if dice.random() < SHARE_RANDOM else _alike(word, dice)
            heard.append((other, made))
        elif kind >= 0.85:
            heard += [(word, made), (dice.choice(vocabulary), made)]
    return heard


def _alike(word: str, dice: random.Random) -> str:
    """Another word that could be heard for it: a little one, another ending, cut in two, a letter changed."""
    if len(word) < 4:
        return dice.choice(_SLIPS)
    kind = dice.random()
    if kind < 0.4:
        return word[:-1] if word[-1] in "sd" else word + dice.choice(["s", "ed", "ing", "'s"])
    at = dice.randrange(2, len(word) - 1)
    return (
        f"{word[:at]} {word[at:]}"
        if kind < 0.7
        else f"{word[:at]}{dice.choice('aeioulnrst')}{word[at + 1 :]}"
    )


def words_in(found: Sequence[Reply]) -> list[str]:
    """Every word of the replies once, in order."""
    return sorted({word for one in found for word in re.findall(r"[a-z']+", one.text.lower())})
