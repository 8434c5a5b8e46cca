"""What came after drills and what came after examples, in figures: no cause is claimed.

From the beginning of one finished attempt of a skill to that of the next a rep may have drilled, may have
been shown an example, both, or neither. Where it was one of the two, the change of the score counts for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from trainer.store import Store
from trainer.store.records import AttemptSummary, Person

ENOUGH = 5
"""Changes before a mean says anything."""


@dataclass(frozen=True, slots=True)
class Way:
    """The changes of the score from the attempt before to the attempt after, in points."""

    changes: tuple[int, ...]

    @property
    def mean(self) -> float | None:
        """None while there are too few."""
        return sum(self.changes) / len(self.changes) if len(self.changes) >= ENOUGH else None


@dataclass(frozen=True, slots=True)
class Ways:
    """The two ways in."""

    drill: Way
    example: Way


def ways(store: Store, rep: Person) -> Ways:
    """Over all skills of one rep, warm-ups too: for the rep's own eyes."""
    drills = [(one.place.skill, one.started_at) for one in store.drills.of_rep(rep.id) if one.tries]
    examples = [(one.place.skill, one.taken_at) for one in store.drills.examples_taken(rep.id)]
    attempts = store.attempts(rep.id, finished=True)
    after_drill: list[int] = []
    after_example: list[int] = []
    for skill in dict.fromkeys(one.attempt.skill for one in attempts):
        done = sorted((one for one in attempts if one.attempt.skill == skill), key=_finished)
        for before, after in pairwise(done):
            if before.score is None or after.score is None:
                continue
            drilled, shown = _between(drills, skill, before, after), _between(examples, skill, before, after)
            if drilled != shown:
                (after_drill if drilled else after_example).append(after.score - before.score)
    return Ways(Way(tuple(after_drill)), Way(tuple(after_example)))


def _between(
    events: Iterable[tuple[str, datetime]], skill: str, before: AttemptSummary, after: AttemptSummary
) -> bool:
    return any(
        of == skill and before.attempt.started_at <= at < after.attempt.started_at for of, at in events
    )


def _finished(one: AttemptSummary) -> datetime:
    return one.finished_at or one.attempt.started_at
