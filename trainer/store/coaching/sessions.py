"""The weekly talks of rep and manager: when, whether they took place, and what was agreed at the end."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trainer.errors import BadInputError
from trainer.store import rows
from trainer.store.connection import Connections
from trainer.store.ids import new_id
from trainer.store.times import to_text, to_time

Outcome = Literal["kept", "missed", "moved"]


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """How a session ended; `assignment_id` is the practice that the next step became."""

    outcome: Outcome
    next_step: str
    assignment_id: str | None
    author_id: str
    noted_at: datetime


@dataclass(frozen=True, slots=True)
class CoachingSession:
    """A session that was planned, and its end once it has one."""

    id: str
    rep_id: str
    manager_id: str
    starts_at: datetime
    minutes: int
    planned_at: datetime
    end: SessionEnd | None = None


class Sessions:
    """The sessions of everybody."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def plan(
        self, rep_id: str, manager_id: str, starts_at: datetime, *, minutes: int = 30
    ) -> CoachingSession:
        """A session to come."""
        session = CoachingSession(new_id(), rep_id, manager_id, starts_at, minutes, self._now())
        with self._connections.writing() as db:
            rows.insert(
                db,
                "sessions",
                {
                    "id": session.id,
                    "rep_id": rep_id,
                    "manager_id": manager_id,
                    "starts_at": to_text(starts_at),
                    "minutes": minutes,
                    "planned_at": to_text(session.planned_at),
                },
            )
        return session

    def finish(
        self,
        session_id: str,
        outcome: Outcome,
        author_id: str,
        *,
        next_step: str = "",
        assignment_id: str | None = None,
    ) -> SessionEnd:
        """Notes a session's end; BadInputError if it has one."""
        end = SessionEnd(outcome, next_step, assignment_id, author_id, self._now())
        with self._connections.writing() as db:
            if db.execute("SELECT 1 FROM session_ends WHERE session_id = ?", (session_id,)).fetchone():
                raise BadInputError("This session has ended already; plan the next one.")
            rows.insert(
                db,
                "session_ends",
                {
                    "session_id": session_id,
                    "outcome": outcome,
                    "next_step": next_step,
                    "assignment_id": assignment_id,
                    "author_id": author_id,
                    "noted_at": to_text(end.noted_at),
                },
            )
        return end

    def of_rep(self, rep_id: str) -> list[CoachingSession]:
        """One rep's sessions, the earliest first."""
        with self._connections.reading() as db:
            found = db.execute(f"{_ALL} WHERE rep_id = ? ORDER BY starts_at, id", (rep_id,))
            return [_session(row) for row in found]

    def next_of_all(self, after: datetime) -> dict[str, CoachingSession]:
        """By rep the earliest session from `after` on that has not ended."""
        with self._connections.reading() as db:
            found = db.execute(
                f"{_ALL} WHERE starts_at >= ? AND outcome IS NULL ORDER BY starts_at DESC, id DESC",
                (to_text(after),),
            )
            return {row["rep_id"]: _session(row) for row in found}


_ALL = "SELECT * FROM sessions LEFT JOIN session_ends ON session_ends.session_id = sessions.id"


def _session(row: sqlite3.Row) -> CoachingSession:
    return CoachingSession(
        id=row["id"],
        rep_id=row["rep_id"],
        manager_id=row["manager_id"],
        starts_at=to_time(row["starts_at"]),
        minutes=row["minutes"],
        planned_at=to_time(row["planned_at"]),
        end=None
        if row["outcome"] is None
        else SessionEnd(
            outcome=row["outcome"],
            next_step=row["next_step"],
            assignment_id=row["assignment_id"],
            author_id=row["author_id"],
            noted_at=to_time(row["noted_at"]),
        ),
    )
