"""What this machine's person wrote and has not sent yet, as records."""

import sqlite3
from dataclasses import dataclass

from trainer.store.exchange.record import Record

_ABOUT_A_REPLY = (
    "{table} AS one JOIN replies ON replies.id = one.reply_id"
    " JOIN shown ON shown.attempt_id = replies.attempt_id"
)
_ABOUT_A_TAKE = (
    "{table} AS one JOIN takes ON takes.id = one.take_id JOIN shown ON shown.attempt_id = takes.attempt_id"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """Where records of a kind come from: `source` calls the row's table `one`, `mine` is the condition.

    `name` and `rep` are the record's id and whom it is about, in SQL.
    """

    source: str
    mine: str
    name: str = "one.id"
    rep: str = "one.rep_id"


_KINDS = {
    "attempt": _Kind("shown AS one", "one.rep_id = :me", "one.attempt_id"),
    "entry": _Kind("ledger AS one", "kind = 'attempt' AND one.author_id = :me AND one.rep_id = :me"),
    "decision": _Kind("ledger AS one", "kind <> 'attempt' AND one.author_id = :me"),
    "plan": _Kind("plans AS one", "one.author_id = :me"),
    "agreement": _Kind("agreements AS one", "one.person_id = :me"),
    "assignment": _Kind("assignments AS one", "one.manager_id = :me"),
    "session": _Kind("sessions AS one", "one.manager_id = :me"),
    "session_end": _Kind(
        "session_ends AS one JOIN sessions ON sessions.id = session_id",
        "one.author_id = :me",
        "one.session_id || ':end'",
        "sessions.rep_id",
    ),
    "reflection": _Kind(
        _ABOUT_A_REPLY.format(table="notes"),
        "one.kind = 'reflection' AND one.author_id = :me AND shown.rep_id = :me",
        rep="shown.rep_id",
    ),
    "comment": _Kind(
        _ABOUT_A_REPLY.format(table="notes"),
        "one.kind = 'comment' AND one.author_id = :me",
        rep="shown.rep_id",
    ),
    "exemplary": _Kind(_ABOUT_A_REPLY.format(table="exemplary"), "one.author_id = :me", rep="shown.rep_id"),
    "look": _Kind("looks AS one", "one.person_id = :me"),
    "recording": _Kind(
        _ABOUT_A_TAKE.format(table="stored"), "shown.rep_id = :me", "one.take_id || ':sound'", "shown.rep_id"
    ),
    "recording_gone": _Kind(
        _ABOUT_A_TAKE.format(table="recordings_gone"),
        "shown.rep_id = :me",
        "one.take_id || ':gone'",
        "shown.rep_id",
    ),
    "withdrawal": _Kind("withdrawals AS one", "one.author_id = :me"),
}
"""Parents first: what a record belongs to is sent before it where both wait. What a record says never
changes once it could be sent, or the server would see two of one id.
"""

_PARTS = {
    "takes": "SELECT * FROM takes WHERE attempt_id = ? ORDER BY recorded_at, id",
    "replies": "SELECT * FROM replies WHERE attempt_id = ? ORDER BY position, said_at, id",
    "self_marks": "SELECT self_marks.* FROM self_marks JOIN replies ON replies.id = reply_id"
    " WHERE attempt_id = ? ORDER BY marked_at, reply_id, criterion",
}


def unsent(db: sqlite3.Connection, me: str, limit: int) -> list[Record]:
    """Records that wait to be sent, at most `limit`."""
    found: list[Record] = []
    for kind, how in _KINDS.items():
        for row in db.execute(f"{_waiting(kind, how)} LIMIT :limit", {"me": me, "limit": limit - len(found)}):
            told = dict(row)
            name, rep = told.pop("record_id"), told.pop("record_rep")
            body = _whole(db, told["attempt_id"]) if kind == "attempt" else told
            found.append(Record(name, kind, me, rep, body))
        if len(found) >= limit:
            break
    return found


def waiting(db: sqlite3.Connection, me: str) -> int:
    """How many records wait to be sent."""
    counted = (f"SELECT count(*) FROM ({_waiting(kind, how)})" for kind, how in _KINDS.items())  # noqa: S608
    return sum(db.execute(one, {"me": me}).fetchone()[0] for one in counted)


def _waiting(kind: str, how: _Kind) -> str:
    return f"""
        SELECT one.*, {how.name} AS record_id, {how.rep} AS record_rep FROM {how.source}
        WHERE {how.mine}
          AND ({how.rep} = :me OR {how.rep} IN (SELECT person_id FROM team_members))
          AND NOT EXISTS (SELECT 1 FROM sent WHERE sent.kind = '{kind}' AND sent.id = {how.name})
          AND NOT EXISTS (
            SELECT 1 FROM refused WHERE by = 'server' AND refused.author_id = :me AND refused.id = {how.name}
          )
        ORDER BY record_id
    """  # noqa: S608 - the tables and columns are this file's own


def _whole(db: sqlite3.Connection, attempt_id: str) -> dict[str, object]:
    """An attempt with all that was said in it and what came of it."""
    whole: dict[str, object] = {
        "attempt": dict(db.execute("SELECT * FROM attempts WHERE id = ?", (attempt_id,)).fetchone())
    }
    for name, sql in _PARTS.items():
        whole[name] = [dict(row) for row in db.execute(sql, (attempt_id,))]
    result = db.execute("SELECT * FROM results WHERE attempt_id = ?", (attempt_id,)).fetchone()
    return {**whole, "result": dict(result)}
