"""The first replies of a new scenario, put together from what its rubric holds up as good and tried out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from scenarios.examples import GOOD, POOR
from scenarios.judging import Judge, Judgement
from scenarios.schema import END, Branch, Turn
from scenarios.templates import phrases, poor
from scoring.detectors import MOVES
from scoring.rubric import Criterion, MoveId, Rubric

CLOSERS = ("proposes_next_step", "confirms_resolution")
"""What the last reply of a talk is for, where the rubric asks for it."""

FIRST, SOFTER, HARDER, LAST = "first", "softer", "harder", "last"
TURNS = (FIRST, SOFTER, HARDER, LAST)
MOST_TRIED = 60
"""Replies that are put together and scored for one turn; the first few are usually good already."""


@dataclass(frozen=True, slots=True)
class Written:
    """A turn of one form: its good and poor replies, and the moves that all of the good ones make."""

    good: tuple[str, ...]
    poor: tuple[str, ...]
    made: frozenset[str]
    made_by_poor: frozenset[str]


def shared_out(rubric: Rubric) -> dict[str, tuple[Criterion, ...]]:
    """Which criteria are judged in which turn: two that are wanted and one fault, closers at the end."""
    of_turns = [one for one in rubric.criteria if one.scope == "turn"]
    wanted = [one for one in of_turns if one.wanted]
    faults = [one for one in of_turns if not one.wanted]
    closers = [one for one in wanted if one.move in CLOSERS]
    others = [one for one in wanted if one not in closers] or wanted
    rest = others[2:4] if len(others) > 2 else others
    chosen = {FIRST: others[:2], SOFTER: rest, HARDER: others[:2], LAST: closers[:2] or others[-2:]}
    fault = {FIRST: faults[:1], SOFTER: [], HARDER: faults[:1], LAST: faults[-1:]}
    return {turn: tuple([*chosen[turn], *fault[turn]] or faults[:1]) for turn in TURNS}


def compose(
    turn: str, says: str, criteria: Sequence[Criterion], rubric: Rubric, judge: Judge, *, form: int
) -> Written:
    """Two good and two poor replies to a line, for the first form (0) or the second (1).

    Fewer where the scorer credits nothing that can be put together: the author writes them then.
    """
    asked = Turn(
        id=turn, says=says, criteria=tuple(one.id for one in criteria), next=(Branch(go=END, closing="Bye."),)
    )
    tried = ((text, judge(text, asked, rubric)) for text in _candidates(criteria))
    good = list(islice((one for one in tried if one[1].score is not None and one[1].score >= GOOD), 4))
    tried = ((text, judge(text, asked, rubric)) for text in poor())
    bad = list(islice((one for one in tried if one[1].score is not None and one[1].score < POOR), 2))
    if len(good) == 4:  # the first are the longest: this way no form gets them all
        good = [good[number] for number in ((0, 3), (1, 2))[form]]
    made = [_made(judged) for _, judged in good[:2]]
    return Written(
        good=tuple(text for text, _ in good[:2]),
        poor=tuple(text for text, _ in bad),
        made=frozenset.intersection(*made) if made else frozenset(),
        made_by_poor=frozenset().union(*(_made(judged) for _, judged in bad)),
    )


def _made(judged: Judgement) -> frozenset[str]:
    return frozenset(move for move, verdict in judged.moves.items() if verdict)


def deciding_move(criteria: Sequence[Criterion], written: Sequence[Written]) -> MoveId | None:
    """A move that the good replies of all forms make and the poor ones don't: best one that is asked for.

    Never one of the two kinds of question: on which of them it is, people often disagree.
    """
    always = frozenset.intersection(*(one.made for one in written))
    never = frozenset.union(*(one.made_by_poor for one in written))
    fit = [move for move in MOVES if move in always - never and not move.startswith("asks_")]
    asked = [one.move for one in criteria if one.wanted]
    return next((move for move in fit if move in asked), fit[0] if fit else None)


def _candidates(criteria: Sequence[Criterion]) -> Iterator[str]:
    """Replies that do all that is wanted, in the order of the rubric, the model answers first."""
    ways = [_sentences(one) for one in criteria if one.wanted]
    choices = sorted(
        product(*(range(len(one)) for one in ways)), key=lambda choice: (max(choice, default=0), choice)
    )
    for choice in choices[:MOST_TRIED]:
        yield " ".join(way[index] for way, index in zip(ways, choice, strict=True))


def _sentences(criterion: Criterion) -> list[str]:
    return [criterion.model_answer, *phrases(criterion.move), *map(_sentence, criterion.examples[:3])]


def _sentence(example: str) -> str:
    """An example of a rubric as a sentence: they may come without capitals and full stops."""
    text = example.strip()
    return text[:1].upper() + text[1:] + ("" if text[-1] in ".?!" else ".")
