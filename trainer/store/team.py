"""What a manager sees. Everything here reads the view `assessed`, which holds no warm-up."""

import sqlite3
from collections.abc import Mapping

from trainer.errors import BadInputError
from trainer.store import attempts, people, rows
from trainer.store.assignments import OPEN
from trainer.store.records import AttemptDetail, AttemptSummary, Person, TeamRow
from trainer.store.times import to_time

TREND = 8
"""Scores of a trend."""


def team(db: sqlite3.Connection) -> list[TeamRow]:
    """A row for every rep, by name."""
    return [_row(db, rep) for rep in people.everybody(db, "rep")]


def history(
    db: sqlite3.Connection, asked: Mapping[str, str | None], *, limit: int | None
) -> list[AttemptSummary]:
    """Assessed and finished attempts, newest first, narrowed by the columns in `asked` that have a value."""
    given = {column: value for column, value in asked.items() if value is not None}
    where = " AND ".join(["true", *(f"one.{column} = :{column}" for column in given)])
    found = db.execute(
        f"""
        SELECT one.*, {attempts.SUMMARY} FROM assessed AS one
        WHERE {where} ORDER BY one.started_at DESC, one.id DESC LIMIT :limit
        """,  # noqa: S608
        {**given, "limit": -1 if limit is None else limit},
    )
    return [rows.summary(row) for row in found]


def detail(db: sqlite3.Connection, attempt_id: str) -> AttemptDetail:
    """One assessed and finished attempt; BadInputError for any other, as if it did not exist."""
    if not db.execute("SELECT 1 FROM assessed WHERE id = ?", (attempt_id,)).fetchone():
        raise BadInputError(
            f"{attempt_id}: there is no assessed attempt with this id; `trainer attempts` lists them."
        )
    return attempts.detail(db, attempt_id)


def _row(db: sqlite3.Connection, rep: Person) -> TeamRow:
    last = db.execute(
        "SELECT skill, score, finished_at FROM assessed WHERE rep_id = ? ORDER BY started_at DESC LIMIT ?",
        (rep.id, TREND),
    ).fetchall()
    asked = db.execute(
        f"SELECT skill FROM assignments WHERE rep_id = ? AND {OPEN} ORDER BY due IS NULL, due, assigned_at",  # noqa: S608
        (rep.id,),
    ).fetchall()
    count = db.execute("SELECT count(*) FROM assessed WHERE rep_id = ?", (rep.id,)).fetchone()[0]
    scores = [row["score"] for row in last if row["score"] is not None]
    return TeamRow(
        rep=rep,
        focus=next((row["skill"] for row in [*asked, *last]), None),
        last_score=scores[0] if scores else None,
        trend=tuple(reversed(scores)),
        attempts=count,
        last_practice=max((to_time(row["finished_at"]) for row in last), default=None),
        open_assignments=len(asked),
    )
