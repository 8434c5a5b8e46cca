"""What keeps a reply from counting as skill: keywords listed, a script recited, nothing to do with the turn."""

from collections.abc import Collection, Mapping, Sequence

from scoring.clauses import Clause
from scoring.tokens import words_of

RECITAL_MOVES = 6
"""Moves in one reply from which it is a script: of 189 genuine replies none made more than five."""

SAME_WORDS = 0.7
"""Share of word triples that two replies have in common from which they are one script said twice."""

LONG_ENOUGH = 20
"""Words under which the same wording twice is ordinary speech."""

_COUNTED_OUT = ("asks_closed_question", "asks_open_question", "uses_hedging", "interrupts_or_argues")


def flags(
    words: Sequence[str],
    clauses: Sequence[Clause],
    made: Mapping[str, Collection[object]],
    earlier: Sequence[str],
) -> tuple[str, ...]:
    """The names of what is wrong with the reply as a whole, in a fixed order."""
    found = []
    if is_stuffing(words, clauses):
        found.append("stuffing")
    moves = sum(bool(places) for move, places in made.items() if move not in _COUNTED_OUT)
    if moves >= RECITAL_MOVES or any(same_script(words, words_of(one)) for one in earlier):
        found.append("recital")
    return tuple(found)


def is_stuffing(words: Sequence[str], clauses: Sequence[Clause]) -> bool:
    """Whether the reply lists what a grader wants instead of saying it."""
    return False


def same_script(words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two replies are nearly the same words, by the triples of words they share."""
    if min(len(words), len(other)) < LONG_ENOUGH:
        return False
    mine, theirs = _triples(words), _triples(other)
    return len(mine & theirs) >= SAME_WORDS * min(len(mine), len(theirs))


def _triples(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}
