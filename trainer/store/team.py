"""What a manager sees: the table `shown`, which holds no warm-up, and the warm-ups that were shared."""

import sqlite3
from collections.abc import Mapping

from trainer.errors import BadInputError, command
from trainer.store import attempts, people, rows
from trainer.store.records import AttemptDetail, AttemptSummary, Person, TeamRow
from trainer.store.times import to_time

TREND = 8
"""Scores of a trend."""


def team(db: sqlite3.Connection) -> list[TeamRow]:
    """A row for every rep, by name."""
    tallies = {row["rep_id"]: row["attempts"] for row in db.execute("SELECT * FROM tallies")}
    asked: dict[str, list[str]] = {}
    for row in db.execute(
        "SELECT rep_id, skill FROM assignments WHERE id IN open_assignments"
        " ORDER BY due IS NULL, due, assigned_at, id"
    ):
        asked.setdefault(row["rep_id"], []).append(row["skill"])
    return [
        _row(db, rep, attempts=tallies.get(rep.id, 0), asked=asked.get(rep.id, []))
        for rep in people.everybody(db, "rep")
    ]


def history(
    db: sqlite3.Connection, asked: Mapping[str, str | None], *, limit: int | None
) -> list[AttemptSummary]:
    """Assessed and shared attempts that are finished, newest first, narrowed by the columns in `asked` that
    have a value.
    """
    given = {column: value for column, value in asked.items() if value is not None}
    where = " AND ".join(["true", *(f"shown.{column} = :{column}" for column in given)])
    found = db.execute(
        f"""
        SELECT one.*, shown.finished_at, shown.score, {attempts.SUMMARY}
        FROM shown CROSS JOIN attempts AS one ON one.id = shown.attempt_id
        WHERE {where} ORDER BY shown.started_at DESC, shown.attempt_id DESC LIMIT :limit
        """,  # noqa: S608
        {**given, "limit": -1 if limit is None else limit},
    ).fetchall()
    where = where.replace("shown.", "one.")
    found += db.execute(
        f"""
        SELECT one.*, results.finished_at, results.score, {attempts.SUMMARY}
        FROM shares CROSS JOIN attempts AS one ON one.id = shares.attempt_id
        JOIN results ON results.attempt_id = one.id
        WHERE {where} AND one.kind = 'warm-up'
        """,  # noqa: S608
        given,
    ).fetchall()
    found.sort(key=lambda row: (row["started_at"], row["id"]), reverse=True)
    return [rows.summary(row) for row in found[:limit]]


def detail(db: sqlite3.Connection, attempt_id: str) -> AttemptDetail:
    """One assessed or shared attempt that is finished; BadInputError for any other, as if there were none."""
    found = db.execute(
        "SELECT 1 FROM attempts JOIN shown USING (rep_id, started_at)"
        " WHERE attempts.id = ?1 AND shown.attempt_id = ?1"
        " UNION ALL SELECT 1 FROM shares JOIN results USING (attempt_id) WHERE attempt_id = ?1",
        (attempt_id,),
    )
    if not found.fetchone():
        raise BadInputError(
            f"{attempt_id}: there is no assessed attempt with this id; `{command('attempts')}` lists them."
        )
    return attempts.detail(db, attempt_id)


def _row(db: sqlite3.Connection, rep: Person, *, attempts: int, asked: list[str]) -> TeamRow:
    last = db.execute(
        "SELECT skill, score, finished_at FROM shown"
        " WHERE rep_id = ? ORDER BY started_at DESC, attempt_id DESC LIMIT ?",
        (rep.id, TREND),
    ).fetchall()
    scores = [row["score"] for row in last if row["score"] is not None]
    return TeamRow(
        rep=rep,
        focus=next(iter([*asked, *(row["skill"] for row in last)]), None),
        last_score=scores[0] if scores else None,
        trend=tuple(reversed(scores)),
        attempts=attempts,
        last_practice=to_time(max(row["finished_at"] for row in last)) if last else None,
        open_assignments=len(asked),
    )
