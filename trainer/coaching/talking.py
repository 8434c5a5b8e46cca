"""The end of a session: how it went, the next step and the practice that it becomes, the next date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.coaching.sessions import CoachingSession, Outcome
from trainer.store.records import Person

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Homework:
    """The practice that a next step becomes."""

    scenario: str
    skill: str
    target: int


@dataclass(frozen=True, slots=True)
class Ending:
    """What the two noted; `next_at` is the next session, None where no day was named."""

    outcome: Outcome
    next_step: str
    homework: Homework | None
    next_at: datetime | None


def to_close(sessions: Sequence[CoachingSession], now: datetime) -> CoachingSession | None:
    """The session whose end is noted next: the earliest without one, a week old at most.

    After a week without an end nobody remembers it; Team forgets it then too.
    """
    return next((one for one in sessions if not one.end and one.starts_at > now - WEEK), None)


def close(
    store: Store,
    rep: Person,
    manager: Person,
    session: CoachingSession | None,
    ending: Ending,
    now: datetime,
) -> CoachingSession | None:
    """Keeps a session's end; the next session, if one was named.

    One that nobody had planned is kept as held now. The practice is due on the day of the next session, or
    in a week. BadInputError for a next session in the past, a moved one without a day, a kept one without
    a step.
    """
    if ending.next_at is not None and ending.next_at <= now:
        raise BadInputError("The next session lies in the past; name a day to come.")
    if ending.outcome == "moved" and ending.next_at is None:
        raise BadInputError("A session that was moved needs its new day.")
    if ending.outcome == "kept" and not ending.next_step:
        raise BadInputError("A session ends with a next step: write it in your own words.")
    assigned = None
    if ending.homework:
        due = (ending.next_at or now + WEEK).astimezone(now.tzinfo).date()
        assigned = store.assign(
            rep.id,
            ending.homework.scenario,
            skill=ending.homework.skill,
            target=ending.homework.target,
            due=due,
            manager_id=manager.id,
        )
    held = session or store.sessions.plan(rep.id, manager.id, now)
    store.sessions.finish(
        held.id,
        ending.outcome,
        manager.id,
        next_step=ending.next_step,
        assignment_id=assigned.id if assigned else None,
    )
    if ending.next_at is None:
        return None
    return store.sessions.plan(rep.id, manager.id, ending.next_at, minutes=held.minutes)
