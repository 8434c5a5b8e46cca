"""Attempts with their takes, replies and results, as their own rep sees them."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from trainer.errors import BadInputError, command
from trainer.store import people, rows
from trainer.store.records import (
    Attempt,
    AttemptDetail,
    AttemptSummary,
    Reply,
    Result,
    Take,
)
from trainer.store.times import to_time

SUMMARY = """
    (SELECT name FROM people WHERE people.id = one.rep_id) AS rep,
    (SELECT count(DISTINCT position) FROM replies WHERE replies.attempt_id = one.id) AS replies
"""
"""The columns that a summary adds to an attempt called `one`."""


def add(db: sqlite3.Connection, attempt: Attempt) -> None:
    """Logs the start of an attempt."""
    rows.insert(db, "attempts", rows.attempt_row(attempt))


def add_take(db: sqlite3.Connection, take: Take) -> None:
    """Logs a recording."""
    rows.insert(db, "takes", rows.take_row(take))


def add_reply(db: sqlite3.Connection, reply: Reply) -> None:
    """Logs a judged reply and, for queries, its verdicts row by row."""
    rows.insert(db, "replies", rows.reply_row(reply))
    db.executemany(
        "INSERT INTO criterion_results (reply_id, criterion, move, met, weight) VALUES (?, ?, ?, ?, ?)",
        [(reply.id, one.id, one.move, one.met, one.weight) for one in reply.scorecard.criteria],
    )


def finish(db: sqlite3.Connection, result: Result) -> None:
    """Logs an attempt's end; BadInputError if it has one."""
    if db.execute("SELECT 1 FROM results WHERE attempt_id = ?", (result.attempt_id,)).fetchone():
        raise BadInputError(f"The attempt {result.attempt_id} is finished already.")
    rows.insert(db, "results", rows.result_row(result))


def detail(db: sqlite3.Connection, attempt_id: str) -> AttemptDetail:
    """Everything of one attempt; BadInputError if there is none of that id."""
    row = db.execute("SELECT * FROM attempts WHERE id = ?", (attempt_id,)).fetchone()
    if row is None:
        raise BadInputError(
            f"{attempt_id}: there is no attempt with this id; `{command('attempts')}` lists them."
        )
    attempt = rows.attempt(row)
    rep = people.by_id(db, attempt.rep_id)
    assert rep is not None  # noqa: S101 - the foreign key
    replies = _replies(db, attempt_id)
    return AttemptDetail(
        attempt=attempt,
        rep=rep,
        replies=_standing(replies),
        all_replies=replies,
        takes=_takes(db, attempt_id),
        result=result(db, attempt_id),
    )


def history(
    db: sqlite3.Connection, asked: Mapping[str, str | None], *, finished: bool, limit: int | None
) -> list[AttemptSummary]:
    """Attempts of both kinds, newest first, narrowed by the columns in `asked` that have a value."""
    given = {column: value for column, value in asked.items() if value is not None}
    where = " AND ".join(["true", *(f"one.{column} = :{column}" for column in given)])
    join = "JOIN" if finished else "LEFT JOIN"
    found = db.execute(
        f"""
        SELECT one.*, results.finished_at, results.score, {SUMMARY}
        FROM attempts AS one {join} results ON results.attempt_id = one.id
        WHERE {where} ORDER BY one.started_at DESC, one.id DESC LIMIT :limit
        """,  # noqa: S608
        {**given, "limit": -1 if limit is None else limit},
    )
    return [rows.summary(row) for row in found]


def unfinished(db: sqlite3.Connection, rep_id: str) -> AttemptSummary | None:
    """The rep's newest attempt without a result whose scenario was not begun again in its kind."""
    row = db.execute(
        f"""
        SELECT one.*, NULL AS finished_at, NULL AS score, {SUMMARY}
        FROM attempts AS one
        WHERE one.rep_id = ? AND NOT EXISTS (SELECT 1 FROM results WHERE results.attempt_id = one.id)
          AND NOT EXISTS (
            SELECT 1 FROM attempts AS later
            WHERE later.rep_id = one.rep_id AND later.scenario = one.scenario AND later.kind = one.kind
              AND (later.started_at, later.id) > (one.started_at, one.id)
          )
        ORDER BY one.started_at DESC, one.id DESC LIMIT 1
        """,  # noqa: S608
        (rep_id,),
    ).fetchone()
    return None if row is None else rows.summary(row)


def forms_seen(db: sqlite3.Connection, rep_id: str) -> dict[tuple[str, str], datetime]:
    """When the rep last began each (scenario, form), whatever the kind and the end."""
    found = db.execute(
        "SELECT scenario, form, max(started_at) AS last FROM attempts"
        " WHERE rep_id = ? GROUP BY scenario, form",
        (rep_id,),
    )
    return {(row["scenario"], row["form"]): to_time(row["last"]) for row in found}


def result(db: sqlite3.Connection, attempt_id: str) -> Result | None:
    """An attempt's end, None while it has none."""
    row = db.execute("SELECT * FROM results WHERE attempt_id = ?", (attempt_id,)).fetchone()
    return None if row is None else rows.result(row)


def takes_of(db: sqlite3.Connection, rep_id: str) -> list[Take]:
    """Every recording of one person, oldest first."""
    found = db.execute(
        "SELECT takes.* FROM attempts JOIN takes ON takes.attempt_id = attempts.id"
        " WHERE attempts.rep_id = ? ORDER BY takes.recorded_at, takes.id",
        (rep_id,),
    )
    return [rows.take(row) for row in found]


def _replies(db: sqlite3.Connection, attempt_id: str) -> tuple[Reply, ...]:
    found = db.execute(
        "SELECT * FROM replies WHERE attempt_id = ? ORDER BY position, said_at, id", (attempt_id,)
    )
    return tuple(rows.reply(row) for row in found)


def _standing(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    return tuple({reply.position: reply for reply in replies}.values())


def _takes(db: sqlite3.Connection, attempt_id: str) -> tuple[Take, ...]:
    found = db.execute("SELECT * FROM takes WHERE attempt_id = ? ORDER BY recorded_at, id", (attempt_id,))
    return tuple(rows.take(row) for row in found)
