"""What was agreed in the last session, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Assignment, AttemptSummary

STILL_ON = timedelta(hours=12)
"""A session that began so long ago and has no end noted may still be the one that is prepared."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What was done since, in all skills, on so many days; what was asked, and how much of it is reached."""

    attempts: int
    days: int
    best: int | None
    asked: tuple[Assignment, ...]
    reached: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class LastStep:
    """What was agreed at the end of the last session, and what came of it.

    `kept` is None where no practice was tied to it. `tries` are the assessed attempts at it since.
    """

    text: str
    agreed_at: datetime
    kept: bool | None
    target: int | None
    tries: int
    best: int | None


@dataclass(frozen=True, slots=True)
class Cadence:
    """How the sessions went: `unnoted` ones are over, and nobody wrote whether they took place."""

    kept: int
    missed: int
    moved: int
    unnoted: int


def cadence(sessions: Sequence[CoachingSession], now: datetime) -> Cadence:
    """Counted over all sessions."""
    outcomes = [one.end.outcome for one in sessions if one.end]
    over = [one for one in sessions if not one.end and one.starts_at <= now - STILL_ON]
    return Cadence(outcomes.count("kept"), outcomes.count("missed"), outcomes.count("moved"), len(over))


def last_step(
    last: CoachingSession | None,
    seen: Sequence[AttemptSummary],
    asked: Sequence[Assignment],
    still_open: Sequence[Assignment],
) -> LastStep | None:
    """What the last session ended with; None without one, or where no step was written."""
    if last is None or last.end is None or not last.end.next_step:
        return None
    tied = next((one for one in asked if one.id == last.end.assignment_id), None)
    if tied is None:
        return LastStep(last.end.next_step, last.end.noted_at, None, None, 0, None)
    tries = [
        one
        for one in seen
        if one.attempt.scenario == tied.scenario and one.attempt.started_at >= tied.assigned_at
    ]
    return LastStep(
        text=last.end.next_step,
        agreed_at=last.end.noted_at,
        kept=tied not in still_open,
        target=tied.target,
        tries=len(tries),
        best=_best(tries),
    )


def practice(
    seen: Sequence[AttemptSummary],
    asked: Sequence[Assignment],
    still_open: Sequence[Assignment],
    since: datetime,
) -> Practice:
    """Asked for since then, or before and still open."""
    done = [one for one in seen if one.attempt.started_at >= since]
    wanted = [one for one in asked if one.assigned_at >= since or one in still_open]
    return Practice(
        attempts=len(done),
        days=len({one.attempt.started_at.astimezone(since.tzinfo).date() for one in done}),
        best=_best(done),
        asked=tuple(wanted),
        reached=tuple(one for one in wanted if one not in still_open),
    )


def _best(found: Sequence[AttemptSummary]) -> int | None:
    return max((one.score for one in found if one.score is not None), default=None)
