"""Small pieces to practise: one turn and one criterion, until it is met twice in a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainer.store import Store
from trainer.store.coaching.drills import Drill, Place, Try
from trainer.store.records import AttemptDetail, Person

IN_A_ROW = 2
"""Tries in a row that meet the criterion before a drill is done."""

LOOKED_AT = 5
"""Finished attempts of a skill in which missed pieces are looked for."""

MOST = 5
"""Pieces that are offered."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One turn and one criterion: missed in `missed` of the `of` last replies that it was judged in.

    `drills` are those done of it so far, oldest first.
    """

    place: Place
    criterion: str
    missed: int
    of: int
    drills: tuple[Drill, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was drilled to the end."""
        return bool(self.drills) and done(self.drills[-1].tries)


def in_a_row(tries: Iterable[Try]) -> int:
    """How many of the newest tries met the criterion; one that could not be judged breaks no row."""
    count = 0
    for one in reversed([one for one in tries if one.met is not None]):
        if not one.met:
            break
        count += 1
    return count


def done(tries: Iterable[Try]) -> bool:
    """Whether it was met twice in a row."""
    return in_a_row(tries) >= IN_A_ROW


def pieces(store: Store, rep: Person, skill: str) -> list[Piece]:
    """What the rep missed lately in one skill: the pieces missed most often first, those of late before.

    For the rep's own eyes: warm-ups are in it.
    """
    found = store.attempts(rep.id, skill=skill, limit=LOOKED_AT, finished=True)
    judged = _judged([store.attempt(one.attempt.id) for one in found])
    drills = store.drills.of_rep(rep.id, skill)
    missed = [
        Piece(
            place,
            criterion,
            missed=verdicts.count(False),
            of=len(verdicts),
            drills=tuple(one for one in drills if (one.place, one.criterion) == (place, criterion)),
        )
        for (place, criterion), verdicts in judged.items()
        if False in verdicts
    ]
    return sorted(missed, key=lambda one: (one.done, -one.missed))[:MOST]


def _judged(details: Sequence[AttemptDetail]) -> dict[tuple[Place, str], list[bool]]:
    """The verdicts by turn and criterion, the newest first."""
    found: dict[tuple[Place, str], list[bool]] = {}
    for detail in details:
        attempt = detail.attempt
        for reply in detail.replies:
            place = Place(attempt.skill, attempt.scenario, attempt.form, reply.turn)
            for result in reply.scorecard.criteria:
                if result.met is not None:
                    found.setdefault((place, result.id), []).append(result.met)
    return found
