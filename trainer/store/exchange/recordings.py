"""Which recordings are to be sent, where the sent ones lie, and which are to be deleted there."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from trainer.store.connection import Connections
from trainer.store.times import to_text, to_time


@dataclass(frozen=True, slots=True)
class Sound:
    """The recording of a take: where its file belongs in the folder of recordings, and the file's SHA-256."""

    take_id: str
    rep_id: str
    file: str
    sha256: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a recording lies for others: under its own SHA-256, `bytes` long, sealed with `key`."""

    take_id: str
    address: str
    key: str
    bytes: int


_SOUND = (
    "SELECT takes.id AS take_id, rep_id, file, sha256, recorded_at FROM takes"
    " JOIN attempts ON attempts.id = takes.attempt_id"
)
_GONE = "EXISTS (SELECT 1 FROM recordings_gone WHERE take_id = takes.id)"


class Recordings:
    """Rows about recordings. Files and places are not the store's."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def to_store(self, rep_id: str, since: datetime) -> list[Sound]:
        """A rep's recordings that others wait for, oldest first.

        Those of replies in finished assessed practices that were sent, recorded from `since` on, neither
        stored nor deleted.
        """
        with self._connections.reading() as db:
            found = db.execute(
                f"""
                {_SOUND} WHERE rep_id = ? AND kind = 'assessed' AND recorded_at >= ?
                  AND EXISTS (SELECT 1 FROM sent WHERE sent.kind = 'attempt' AND sent.id = attempts.id)
                  AND EXISTS (SELECT 1 FROM replies WHERE replies.take_id = takes.id)
                  AND NOT EXISTS (SELECT 1 FROM stored WHERE stored.take_id = takes.id) AND NOT {_GONE}
                ORDER BY recorded_at, takes.id
                """,  # noqa: S608 - both are this file's own
                (rep_id, to_text(since)),
            )
            return [_sound(row) for row in found]

    def sound(self, take_id: str) -> Sound | None:
        """The recording of a take, None if the take is not known here."""
        with self._connections.reading() as db:
            row = db.execute(f"{_SOUND} WHERE takes.id = ?", (take_id,)).fetchone()
        return None if row is None else _sound(row)

    def add(self, stored: Stored) -> None:
        """Notes where a recording lies now."""
        row = (stored.take_id, stored.address, stored.key, stored.bytes, to_text(self._now()))
        with self._connections.writing() as db:
            db.execute("INSERT INTO stored VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", row)

    def stored(self, take_id: str) -> Stored | None:
        """Where a recording lies, None if nobody has said so."""
        with self._connections.reading() as db:
            row = db.execute("SELECT * FROM stored WHERE take_id = ?", (take_id,)).fetchone()
        return None if row is None else _stored(row)

    def to_delete(self, rep_id: str) -> list[Stored]:
        """A rep's recordings that lie there and are deleted here."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT stored.* FROM stored JOIN recordings_gone USING (take_id)"
                " JOIN takes ON takes.id = take_id JOIN attempts ON attempts.id = attempt_id"
                " WHERE rep_id = ? ORDER BY stored_at",
                (rep_id,),
            )
            return [_stored(row) for row in found]

    def stored_of(self, rep_id: str) -> list[str]:
        """The takes of a rep whose recordings lie there."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT take_id FROM stored JOIN takes ON takes.id = take_id"
                " JOIN attempts ON attempts.id = attempt_id WHERE rep_id = ? ORDER BY take_id",
                (rep_id,),
            )
            return [row["take_id"] for row in found]

    def deleted(self, take_id: str) -> None:
        """Nothing lies there any more: where it lay, and its key, are forgotten."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM stored WHERE take_id = ?", (take_id,))

    def gone(self) -> list[Sound]:
        """Every recording that was deleted by its rep or for its age, on whatever machine."""
        with self._connections.reading() as db:
            return [_sound(row) for row in db.execute(f"{_SOUND} WHERE {_GONE}")]

    def files_of(self, person_id: str) -> list[str]:
        """Where the files of a person's recordings belong."""
        with self._connections.reading() as db:
            return [row["file"] for row in db.execute(f"{_SOUND} WHERE rep_id = ?", (person_id,))]

    def unknown(self, take_ids: Iterable[str]) -> set[str]:
        """Those that are takes of nobody here (any more)."""
        with self._connections.reading() as db:
            known = "SELECT 1 FROM takes WHERE id = ?"
            return {one for one in take_ids if db.execute(known, (one,)).fetchone() is None}


def _sound(row: sqlite3.Row) -> Sound:
    return Sound(row["take_id"], row["rep_id"], row["file"], row["sha256"], to_time(row["recorded_at"]))


def _stored(row: sqlite3.Row) -> Stored:
    return Stored(row["take_id"], row["address"], row["key"], row["bytes"])
