"""What a rep does today: one thing first, never more than three, and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.coaching import things
from trainer.coaching.comeback import ReviewDue, reviews
from trainer.coaching.plan import Waypoint, next_session, path, waypoint
from trainer.coaching.things import Choice, Thing
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Assignment, AttemptSummary, Person

TREND = 8
"""Scores of a trend."""

LAST = 3
"""Results that Home lists."""

STALE = timedelta(days=7)
"""A practice that was left longer ago is no longer offered."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to try next: agreed in the last session, or from the attempt that said so."""

    text: str
    said_at: datetime
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """A rep's day. `first` is the one thing to do first, None with an empty library.

    `planned` says that the focus comes from a plan. `trend` has the focus skill's last scores, oldest first,
    warm-ups too: it is for the rep's own eyes. `missing` is a criterion that the last attempt of the focus
    skill did not meet. `reviews` are the mastered skills, the one due first in front. `last` is newest first.
    """

    focus: Waypoint | None
    planned: bool
    things: tuple[Thing, ...]
    due: tuple[Assignment, ...]
    reviews: tuple[ReviewDue, ...]
    session: CoachingSession | None
    last: tuple[AttemptSummary, ...]
    trend: tuple[int, ...]
    missing: str | None
    next_step: NextStep | None

    @property
    def first(self) -> Thing | None:
        """What to do first."""
        return self.things[0] if self.things else None


def today(store: Store, rep: Person, now: datetime, library: Sequence[Choice]) -> Today:
    """What `rep` does on the day of `now`, which is in the rep's own time zone.

    `library` is the scenarios in their order. The focus skill is the plan's first one that is not mastered;
    without a plan that of the open assignment due first, else the one last practised, else the library's
    first.
    """
    due = tuple(store.assignments(rep.id))
    last = store.attempts(rep.id, limit=LAST, finished=True)
    ledger = store.ledger.of_rep(rep.id)
    focus, planned = focus_now(store, rep, library)
    skill = focus.step.skill if focus else None
    practised = store.attempts(rep.id, skill=skill, limit=TREND, finished=True) if skill else []
    missing, next_step = _lesson(store, practised or last)
    sessions = store.sessions.of_rep(rep.id)
    comeback = reviews(ledger, now)
    return Today(
        focus=focus,
        planned=planned,
        things=_things(store, rep, now, library, due, focus, practised, comeback),
        due=due,
        reviews=comeback,
        session=next_session(sessions, now),
        last=tuple(last),
        trend=tuple(one.score for one in reversed(practised) if one.score is not None),
        missing=missing,
        next_step=_agreed(sessions) or next_step,
    )


def focus_now(store: Store, rep: Person, library: Sequence[Choice]) -> tuple[Waypoint | None, bool]:
    """The focus skill, and whether a plan names it; None with nothing to choose from.

    Where no plan does, the target that was asked for is the one to reach.
    """
    plan = path(store, rep)
    if plan and plan.focus:
        return plan.focus, True
    due = store.assignments(rep.id)
    last = store.attempts(rep.id, limit=1, finished=True)
    skills = [one.skill for one in due] + [one.attempt.skill for one in last] + [one.skill for one in library]
    if not skills:
        return None, False
    target = next((one.target for one in due if one.skill == skills[0]), 0)
    return waypoint(store, rep, Step(skills[0], target, 1), store.ledger.of_rep(rep.id)), False


def _lesson(store: Store, practised: Sequence[AttemptSummary]) -> tuple[str | None, NextStep | None]:
    result = store.result(practised[0].attempt.id) if practised else None
    if result is None:
        return None, None
    missing = next((one.id for one in result.score.criteria if one.met is False), None)
    step = result.score.next_step
    return missing, NextStep(step, result.finished_at) if step else None


def _agreed(sessions: Sequence[CoachingSession]) -> NextStep | None:
    """What the last session that took place ended with: it stands until the next one."""
    ends = [one.end for one in sessions if one.end and one.end.outcome == "kept"]
    if not ends or not ends[-1].next_step:
        return None
    return NextStep(ends[-1].next_step, ends[-1].noted_at, agreed=True)


def _things(
    store: Store,
    rep: Person,
    now: datetime,
    library: Sequence[Choice],
    due: Sequence[Assignment],
    focus: Waypoint | None,
    practised: Sequence[AttemptSummary],
    comeback: Sequence[ReviewDue],
) -> tuple[Thing, ...]:
    day, seen, left = now.date(), store.forms_seen(rep.id), store.unfinished(rep.id)
    if left and now - left.attempt.started_at > STALE:
        left = None
    found = things.assigned(library, due, left, seen, day)
    if left and left.attempt.id not in [thing.resume for thing in found]:
        found.append(things.left_halfway(left, now))
    back = things.reviewed(library, comeback, seen, day)
    own: list[Thing] = []
    if focus is None or not {one.scenario for one in found} & _of_skill(library, focus.step.skill):
        own = things.own_choice(library, focus, practised, seen, day)
    waits = focus is not None and things.waits(focus.standing, day)
    found += [*back, *own] if waits else [*own, *back]
    first_of_each = {one.scenario: one for one in reversed(found)}
    return tuple(one for one in found if first_of_each[one.scenario] is one)[: things.MOST]


def _of_skill(library: Sequence[Choice], skill: str) -> set[str]:
    return {one.id for one in library if one.skill == skill}
