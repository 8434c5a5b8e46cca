"""Sessions, due dates and reviews, as somebody has them in their calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from scenarios.headings import headings
from trainer.coaching.comeback import reviews
from trainer.store import Store
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Assignment, Person

BACK = timedelta(weeks=12)
"""How long what is over stays in it, so that an entry handed out before is brought up to date."""

State = Literal["to come", "kept", "missed", "moved", "not noted", "reached"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing with a time (`minutes` long) or, where `minutes` is None, with a day.

    `uid` stays what it is whatever happens, `revision` counts what happened to it, `changed` is when last.
    """

    uid: str
    title: str
    starts: datetime | date
    minutes: int | None
    state: State
    revision: int
    changed: datetime
    note: str = ""

    @property
    def day(self) -> date:
        """Its day, in the zone that it was asked for in."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts


def entries(store: Store, reps: Iterable[Person], reader: Person | None, now: datetime) -> list[Entry]:
    """Everything of these reps, the earliest first; `reader` is the one whose calendar it is, if known."""
    people = {one.id: one for one in store.people()}
    found: list[Entry] = []
    for rep in reps:
        whose = "" if reader == rep else f" · {rep.name}"
        found += _sessions(store.sessions.of_rep(rep.id), rep, people, reader, now)
        found += _assignments(store, rep, whose, now)
        found += _reviews(store, rep, whose, now)
    return sorted(found, key=lambda one: (one.day, one.minutes is not None, str(one.starts), one.title))


def _sessions(
    sessions: Sequence[CoachingSession],
    rep: Person,
    people: dict[str, Person],
    reader: Person | None,
    now: datetime,
) -> Iterator[Entry]:
    for one in sessions:
        if one.starts_at < now - BACK:
            continue
        manager = people.get(one.manager_id)
        other = manager.name if reader == rep and manager else rep.name
        over: State = "not noted" if one.starts_at + timedelta(minutes=one.minutes) < now else "to come"
        yield Entry(
            uid=one.id,
            title=f"Coaching session with {other}",
            starts=one.starts_at.astimezone(now.tzinfo),
            minutes=one.minutes,
            state=one.end.outcome if one.end else over,
            revision=int(one.end is not None),
            changed=one.end.noted_at if one.end else one.planned_at,
            note=one.end.next_step if one.end else "",
        )


def _assignments(store: Store, rep: Person, whose: str, now: datetime) -> Iterator[Entry]:
    still_open = store.assignments(rep.id)
    titles = {one.id: one.title for one in headings()}
    for one in store.assignments(rep.id, open_only=False):
        if one.due is None or (one not in still_open and one.due < (now - BACK).date()):
            continue
        reached = None if one in still_open else _reached(store, one)
        yield Entry(
            uid=one.id,
            title=f"Due: {titles.get(one.scenario, one.scenario)}{whose}",
            starts=one.due,
            minutes=None,
            state="reached" if reached else "to come",
            revision=int(reached is not None),
            changed=reached or one.assigned_at,
            note=f"To reach {one.target}.",
        )


def _reached(store: Store, asked: Assignment) -> datetime | None:
    """When the target was first reached."""
    passed = [
        one.finished_at
        for one in store.team_attempts(asked.rep_id, scenario=asked.scenario)
        if one.finished_at
        and one.attempt.kind == "assessed"
        and one.attempt.started_at >= asked.assigned_at
        and (one.score or 0) >= asked.target
    ]
    return min(passed, default=None)


def _reviews(store: Store, rep: Person, whose: str, now: datetime) -> Iterator[Entry]:
    ledger = store.ledger.of_rep(rep.id)
    for one in reviews(ledger, now):
        of_skill = [entry for entry in ledger if entry.skill == one.skill]
        yield Entry(
            uid=f"{rep.id}-{one.skill}",
            title=f"Review: {one.title}{whose}",
            starts=one.day,
            minutes=None,
            state="to come",
            revision=len(of_skill),
            changed=of_skill[-1].written_at,
        )
