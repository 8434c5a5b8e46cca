"""Records from other machines become rows: each once, in whatever order they come."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Literal

from trainer.store import rows
from trainer.store.exchange.record import Parsed, Record

Fate = Literal["new", "known", "waiting", "refused"]
By = Literal["us", "server"]

_OWNER = {
    "attempts": "SELECT rep_id FROM attempts WHERE id = ?",
    "replies": "SELECT rep_id FROM replies JOIN attempts ON attempts.id = attempt_id WHERE replies.id = ?",
    "takes": "SELECT rep_id FROM takes JOIN attempts ON attempts.id = attempt_id WHERE takes.id = ?",
    "notes": "SELECT rep_id FROM notes JOIN replies ON replies.id = reply_id"
    " JOIN attempts ON attempts.id = attempt_id WHERE notes.id = ?",
    "sessions": "SELECT rep_id FROM sessions WHERE id = ?",
    "assignments": "SELECT rep_id FROM assignments WHERE id = ?",
}
_PEOPLE = ("rep_id", "author_id", "manager_id", "person_id")


def take_in(db: sqlite3.Connection, parsed: Parsed) -> tuple[Fate, str]:
    """What became of one record, and why where it was not taken. Nothing of a refused one stays."""
    for table, wanted in parsed.needs:
        owner = db.execute(_OWNER[table], (wanted,)).fetchone()
        if owner is None:
            return "waiting", f"what it belongs to ({table} {wanted}) is not here yet"
        if owner["rep_id"] != parsed.record.rep:
            return "refused", f"it is about somebody else's {table}"
    db.execute("SAVEPOINT one_record")
    try:
        added = [_put(db, table, row) for table, row in parsed.rows]
    except (_OtherwiseError, sqlite3.IntegrityError) as error:
        db.execute("ROLLBACK TO one_record")
        return "refused", str(error)
    finally:
        db.execute("RELEASE one_record")
    return ("new" if any(added) else "known"), ""


class _OtherwiseError(Exception):
    """A row of the same key is there and says something else."""


def _put(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> bool:
    """Adds a row; False if it is there already."""
    for column in _PEOPLE:
        if row.get(column):
            _somebody(db, row[column])
    keys = {one["name"] for one in db.execute(f"PRAGMA table_info({table})") if one["pk"]}
    same = " AND ".join(f"{key} = :{key}" for key in sorted(keys))
    there = db.execute(f"SELECT * FROM {table} WHERE {same}", row).fetchone()  # noqa: S608
    if there is not None:
        # Two machines of a rep may each have noted that a recording is gone: it is, whoever was first.
        other = any(there[column] != value for column, value in row.items())
        if other and table != "recordings_gone":
            raise _OtherwiseError("another one of the same id is here, and says something else")
        return False
    if table == "ledger" and row["kind"] == "attempt" and _entered(db, row["attempt_id"]):
        return False
    rows.insert(db, table, row)
    if table == "replies":
        _judge(db, row)
    if table == "results":
        db.execute("INSERT OR IGNORE INTO arrived VALUES (?)", (row["attempt_id"],))
    return True


def _entered(db: sqlite3.Connection, attempt_id: str) -> bool:
    found = "SELECT 1 FROM ledger WHERE attempt_id = ? AND kind = 'attempt'"
    return db.execute(found, (attempt_id,)).fetchone() is not None


def _judge(db: sqlite3.Connection, reply: Mapping[str, Any]) -> None:
    """The verdicts of a reply row by row, from its scorecard."""
    card = json.loads(reply["scorecard"])
    db.executemany(
        "INSERT INTO criterion_results (reply_id, criterion, move, met, weight) VALUES (?, ?, ?, ?, ?)",
        [(reply["id"], one["id"], one["move"], one["met"], one["weight"]) for one in card["criteria"]],
    )


def _somebody(db: sqlite3.Connection, person_id: str) -> None:
    """A person one has no name of: a manager of before, say."""
    db.execute(
        "INSERT INTO people SELECT ?1, ?2, ?2, 'manager', strftime('%Y-%m-%dT%H:%M:%f000Z')"
        " WHERE NOT EXISTS (SELECT 1 FROM people WHERE id = ?1)",
        (person_id, f"somebody ({person_id[-8:]})"),
    )


def keep_waiting(db: sqlite3.Connection, record: Record, why: str) -> None:
    """Keeps a record until what it belongs to comes."""
    db.execute(
        "INSERT OR REPLACE INTO inbox VALUES (?, ?, ?, ?, ?, ?)",
        (record.author, record.id, record.rep, record.kind, rows.compact(record.body), why),
    )


def note_refused(db: sqlite3.Connection, by: By, record: Record, why: str, now: str) -> None:
    """Keeps that a record was not taken, to be shown."""
    db.execute(
        "INSERT OR IGNORE INTO refused VALUES (?, ?, ?, ?, ?, ?, ?)",
        (by, record.author, record.id, record.rep, record.kind, why, now),
    )
