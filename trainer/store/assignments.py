"""What managers ask of reps."""

import sqlite3
from datetime import date

from trainer.errors import BadInputError
from trainer.store import rows
from trainer.store.ids import new_id
from trainer.store.records import Assignment


def add(db: sqlite3.Connection, assignment: Assignment) -> None:
    """Logs an assignment; BadInputError if its target is no score."""
    if not 1 <= assignment.target <= 100:
        raise BadInputError(f"The target {assignment.target} won't do: a score from 1 to 100 is needed.")
    rows.insert(db, "assignments", rows.assignment_row(assignment))


def of_rep(db: sqlite3.Connection, rep_id: str, *, open_only: bool) -> list[Assignment]:
    """One rep's assignments, those due first in front, those without a day last."""
    found = db.execute(
        """
        SELECT * FROM assignments WHERE rep_id = ? AND (NOT ? OR id IN open_assignments)
          AND id NOT IN (SELECT of FROM withdrawals)
        ORDER BY due IS NULL, due, assigned_at, id
        """,
        (rep_id, open_only),
    )
    return [rows.assignment(row) for row in found]


def withdraw(db: sqlite3.Connection, assignment: Assignment, author_id: str, why: str, now: str) -> None:
    """Takes an assignment back; nothing happens if it was taken back already."""
    db.execute(
        "INSERT OR IGNORE INTO withdrawals VALUES (?, ?, ?, 'assignment', ?, ?, ?)",
        (new_id(), assignment.rep_id, author_id, assignment.id, why, now),
    )


def late(db: sqlite3.Connection, today: date) -> list[Assignment]:
    """Of each rep the open assignment that was due longest before a day, those longest due first."""
    found = db.execute(
        """
        SELECT * FROM (
            SELECT *, row_number() OVER (PARTITION BY rep_id ORDER BY due, assigned_at, id) AS place
            FROM assignments WHERE due < ? AND id IN open_assignments
        ) WHERE place = 1 ORDER BY due, assigned_at, id
        """,
        (today.isoformat(),),
    )
    return [rows.assignment(row) for row in found]
