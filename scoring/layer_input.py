"""What the learnt layer sees of a reply: its words one by one, and what the rules found where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.clauses import ACTS, Clause
from scoring.detectors import MOVES, Found
from scoring.wording import LITTLE

NUMBER = "#"
"""What stands for everything written in digits."""

_MARKS = (",", ".", "?")
_PLACES = ("first word", "last word", "head", "first clause", "last clause", "asked", "taken up", "answers")

RULES = slice(len(_MARKS) + len(ACTS) + len(_PLACES), None)
"""The features that come from the moves' own patterns and vetoes."""

FEATURES = len(_MARKS) + len(ACTS) + len(_PLACES) + 2 * len(MOVES)


@dataclass(frozen=True, slots=True)
class Inputs:
    """A reply word by word: which clause each is in, and its `features` (words, FEATURES), 0 or 1."""

    words: tuple[str, ...]
    clause: NDArray[np.int64]
    features: NDArray[np.int8]


def inputs(
    parts: Sequence[Clause],
    found: Mapping[str, Sequence[Found]],
    open_: Mapping[str, Sequence[int]],
    prompt: Sequence[str],
) -> Inputs:
    """The clauses of a reply, what the rules found in them, where they might have, the prospect's words."""
    evidence = _evidence(len(parts), found, open_)
    theirs = {_stem(word) for word in prompt if word not in LITTLE}
    rows = [_rows(one, at, len(parts), theirs, answers=bool(prompt)) for at, one in enumerate(parts)]
    own = np.vstack(rows) if rows else np.zeros((0, RULES.start), np.int8)
    clause = np.repeat(np.arange(len(parts)), [len(one.tokens) for one in parts])
    return Inputs(
        words=tuple(plain(word) for one in parts for word in one.words),
        clause=clause,
        features=np.hstack([own, evidence[clause]]),
    )


def plain(word: str) -> str:
    """A word as the layer's table has it."""
    return NUMBER if word[0].isdigit() else word


def _rows(one: Clause, at: int, count: int, theirs: set[str], *, answers: bool) -> NDArray[np.int8]:
    made = np.zeros((len(one.tokens), RULES.start), np.int8)
    for place, token in enumerate(one.tokens):
        if token.mark in _MARKS:
            made[place, _MARKS.index(token.mark)] = 1
    begin = len(_MARKS)
    made[:, begin + ACTS.index(one.act)] = 1
    begin += len(ACTS)
    made[0, begin] = made[-1, begin + 1] = made[one.head, begin + 2] = 1
    made[:, begin + 3 : begin + 6] = (at == 0, at == count - 1, one.asked)
    made[:, begin + 6] = [_stem(token.word) in theirs for token in one.tokens]
    made[:, begin + 7] = answers
    return made


def _evidence(
    count: int, found: Mapping[str, Sequence[Found]], open_: Mapping[str, Sequence[int]]
) -> NDArray[np.int8]:
    """By clause: which moves' rules hold in it, and of which moves no veto keeps it from making them."""
    made = np.zeros((count, 2 * len(MOVES)), np.int8)
    for number, move in enumerate(MOVES):
        made[[one.clause for one in found.get(move, ())], number] = 1
        made[list(open_.get(move, ())), len(MOVES) + number] = 1
    return made


def _stem(word: str) -> str:
    return word[:5] if len(word) > 5 else word.removesuffix("s")
