"""What a rep does today: one thing first, never more than three, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.coaching import things
from trainer.coaching.things import Choice, Thing
from trainer.coaching.trend import passes_in_a_row
from trainer.store import Store
from trainer.store.records import Assignment, AttemptSummary, Kind, Person

TARGET = 80
"""The score to reach where no assignment names one: the default pass mark of rubrics."""

TREND = 8
"""Scores of a trend."""

LAST = 3
"""Results that Home lists."""

STALE = timedelta(days=7)
"""A practice that was left longer ago is no longer offered."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to try next, from the attempt that said so."""

    text: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Today:
    """A rep's day. `first` is the one thing to do first, None with an empty library.

    `trend` has the focus skill's last scores, oldest first, warm-ups too: it is for the rep's own eyes.
    `passes` counts assessed attempts of the focus skill that reached `target` in a row, up to TREND.
    `missing` is a criterion that the last attempt of the focus skill did not meet. `last` is newest first.
    """

    focus: str | None
    things: tuple[Thing, ...]
    due: tuple[Assignment, ...]
    last: tuple[AttemptSummary, ...]
    trend: tuple[int, ...]
    passes: int
    target: int
    missing: str | None
    next_step: NextStep | None

    @property
    def first(self) -> Thing | None:
        """What to do first."""
        return self.things[0] if self.things else None


def today(store: Store, rep: Person, now: datetime, library: Sequence[Choice]) -> Today:
    """What `rep` does on the day of `now`, which is in the rep's own time zone.

    `library` is the scenarios in their order. The focus skill is that of the open assignment due first,
    else the one last practised, else the library's first.
    """
    due = tuple(store.assignments(rep.id))
    last = store.attempts(rep.id, limit=LAST, finished=True)
    focus = _focus(due, last, library)
    target = next((one.target for one in due if one.skill == focus), TARGET)
    practised = store.attempts(rep.id, skill=focus, limit=TREND, finished=True) if focus else []
    assessed = (
        store.attempts(rep.id, skill=focus, limit=TREND, finished=True, kind="assessed") if focus else []
    )
    missing, next_step = _lesson(store, practised or last)
    return Today(
        focus=focus,
        things=_things(store, rep, now, library, due=due, focus=focus, kind=_kind(practised, target)),
        due=due,
        last=tuple(last),
        trend=tuple(one.score for one in reversed(practised) if one.score is not None),
        passes=passes_in_a_row((one.score for one in assessed), target),
        target=target,
        missing=missing,
        next_step=next_step,
    )


def _focus(
    due: Sequence[Assignment], last: Sequence[AttemptSummary], library: Sequence[Choice]
) -> str | None:
    skills = [one.skill for one in due] + [one.attempt.skill for one in last] + [one.skill for one in library]
    return skills[0] if skills else None


def _kind(practised: Sequence[AttemptSummary], target: int) -> Kind:
    """Private first; assessed once a warm-up has shown that it would pass."""
    newest = practised[0] if practised else None
    warm = newest is not None and newest.attempt.kind == "warm-up"
    return "assessed" if newest and warm and (newest.score or 0) >= target else "warm-up"


def _lesson(store: Store, practised: Sequence[AttemptSummary]) -> tuple[str | None, NextStep | None]:
    result = store.result(practised[0].attempt.id) if practised else None
    if result is None:
        return None, None
    missing = next((one.id for one in result.score.criteria if one.met is False), None)
    step = result.score.next_step
    return missing, NextStep(step, result.finished_at) if step else None


def _things(
    store: Store,
    rep: Person,
    now: datetime,
    library: Sequence[Choice],
    *,
    due: Sequence[Assignment],
    focus: str | None,
    kind: Kind,
) -> tuple[Thing, ...]:
    day, seen, left = now.date(), store.forms_seen(rep.id), store.unfinished(rep.id)
    if left and now - left.attempt.started_at > STALE:
        left = None
    asked = things.assigned(library, due, left, seen, day)
    if left and left.attempt.id not in [thing.resume for thing in asked]:
        asked.append(things.left_halfway(left, now))
    return tuple((asked or things.own_choice(library, focus, kind, seen))[: things.MOST])
