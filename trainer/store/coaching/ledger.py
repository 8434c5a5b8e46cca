"""The evidence for mastery: entries that are only ever added, each with the hash of the one before.

A chain runs through the entries that one author wrote about one rep, so that machines which were apart can
lay their entries together and every chain still holds.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from trainer.store import rows
from trainer.store.connection import Connections
from trainer.store.ids import new_id
from trainer.store.times import to_text, to_time

EntryKind = Literal["attempt", "signed off", "sent back", "declared mastered", "declared not mastered"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of evidence or one decision about one rep's skill.

    `facts` holds what the entry rests on (of an attempt: score, form, hashes) as plain JSON values.
    `previous` is the hash of the author's entry before, '' in the first.
    """

    id: str
    rep_id: str
    skill: str
    kind: EntryKind
    author_id: str
    written_at: datetime
    attempt_id: str | None
    reason: str
    facts: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """An entry that is not what was written, or not where it was, and how that shows."""

    entry: Entry
    what: str


class Ledger:
    """The ledger of everybody."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def write(
        self,
        rep_id: str,
        skill: str,
        kind: EntryKind,
        author_id: str,
        *,
        attempt_id: str | None = None,
        reason: str = "",
        facts: Mapping[str, Any] | None = None,
    ) -> Entry:
        """Adds an entry. An attempt that has one already keeps that one, and it is returned."""
        with self._connections.writing() as db:
            if kind == "attempt" and (there := _of_attempt(db, attempt_id)):
                return there
            last = db.execute(
                "SELECT hash FROM ledger WHERE rep_id = ?1 AND author_id = ?2 AND hash NOT IN"
                " (SELECT previous FROM ledger WHERE rep_id = ?1 AND author_id = ?2)"
                " ORDER BY written_at DESC, id DESC",  # two machines apart may each have written a last one
                (rep_id, author_id),
            ).fetchone()
            row: dict[str, object] = {
                "id": new_id(),
                "rep_id": rep_id,
                "skill": skill,
                "kind": kind,
                "author_id": author_id,
                "written_at": to_text(self._now()),
                "attempt_id": attempt_id,
                "reason": reason,
                "facts": json.dumps(facts or {}, sort_keys=True, ensure_ascii=False),
                "previous": last["hash"] if last else "",
            }
            rows.insert(db, "ledger", {**row, "hash": entry_hash(row)})
            return _entry(db.execute("SELECT * FROM ledger WHERE id = ?", (row["id"],)).fetchone())

    def of_rep(self, rep_id: str, skill: str | None = None) -> list[Entry]:
        """The entries about one rep, or about one of their skills, oldest first."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT * FROM ledger WHERE rep_id = ?1 AND (?2 IS NULL OR skill = ?2)"
                " ORDER BY written_at, id",
                (rep_id, skill),
            )
            return [_entry(row) for row in found]

    def left_out(self, rep_id: str) -> list[str]:
        """The finished assessed attempts of a rep that have no entry, oldest first.

        Not those that came from another machine: their entries come from there too.
        """
        with self._connections.reading() as db:
            found = db.execute(
                """
                SELECT attempts.id FROM attempts JOIN results ON results.attempt_id = attempts.id
                WHERE rep_id = ? AND attempts.kind = 'assessed' AND NOT EXISTS (
                    SELECT 1 FROM ledger WHERE attempt_id = attempts.id AND ledger.kind = 'attempt'
                ) AND attempts.id NOT IN (SELECT attempt_id FROM arrived)
                ORDER BY finished_at, attempts.id
                """,
                (rep_id,),
            )
            return [row["id"] for row in found]

    def decisions(self) -> list[Entry]:
        """What managers decided about anybody, oldest first."""
        with self._connections.reading() as db:
            found = db.execute("SELECT * FROM ledger WHERE kind <> 'attempt' ORDER BY written_at, id")
            return [_entry(row) for row in found]

    def attempts_since(
        self, asked: Iterable[tuple[str, str, Entry | None]], newest: int
    ) -> dict[tuple[str, str], list[Entry]]:
        """By rep and skill the attempts entered after an entry (None: ever), oldest first.

        Of each at most the `newest`: one query for a whole team. Their facts come without the hashes of the
        replies, which would be most of what there is to read.
        """
        wanted = [
            [rep_id, skill, to_text(after.written_at) if after else "", after.id if after else ""]
            for rep_id, skill, after in asked
        ]
        by_skill: dict[tuple[str, str], list[Entry]] = {}
        with self._connections.reading() as db:
            for row in db.execute(_SINCE, (json.dumps(wanted), newest)):
                by_skill.setdefault((row["rep_id"], row["skill"]), []).append(_entry(row))
        return by_skill

    def breaks(self, rep_id: str | None = None) -> list[Break]:
        """What does not hold in the chains of one rep, or of all: nothing, unless somebody meddled."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT * FROM ledger WHERE ?1 IS NULL OR rep_id = ?1 ORDER BY rep_id, author_id, id",
                (rep_id,),
            ).fetchall()
        chains: dict[tuple[str, str], set[str]] = {}
        for row in found:
            chains.setdefault((row["rep_id"], row["author_id"]), {""}).add(row["hash"])
        broken = []
        for row in found:
            if entry_hash(row) != row["hash"]:
                broken.append(Break(_entry(row), "is not what was written"))
            elif row["previous"] not in chains[row["rep_id"], row["author_id"]]:
                broken.append(Break(_entry(row), "follows an entry that is gone"))
        return broken


_SINCE = """
    SELECT json_remove(ledger.facts, '$.replies') AS facts, ledger.*
    FROM json_each(?) AS asked CROSS JOIN ledger ON ledger.id IN (
        SELECT id FROM ledger AS one
        WHERE one.rep_id = json_extract(asked.value, '$[0]')
          AND one.skill = json_extract(asked.value, '$[1]')
          AND one.written_at >= json_extract(asked.value, '$[2]')
          AND (one.written_at > json_extract(asked.value, '$[2]')
               OR one.id > json_extract(asked.value, '$[3]'))
          AND one.kind = 'attempt'
        ORDER BY one.written_at DESC, one.id DESC LIMIT ?
    )
    ORDER BY ledger.written_at, ledger.id
"""

_HASHED = (
    "id",
    "rep_id",
    "skill",
    "kind",
    "author_id",
    "written_at",
    "attempt_id",
    "reason",
    "facts",
    "previous",
)


def entry_hash(row: Mapping[str, object] | sqlite3.Row) -> str:
    """SHA-256 over the columns as they are kept, in JSON, which has one spelling for each."""
    whole = rows.compact([row[column] for column in _HASHED])
    return hashlib.sha256(whole.encode()).hexdigest()


def _of_attempt(db: sqlite3.Connection, attempt_id: str | None) -> Entry | None:
    found = "SELECT * FROM ledger WHERE attempt_id = ? AND kind = 'attempt'"
    row = db.execute(found, (attempt_id,)).fetchone()
    return None if row is None else _entry(row)


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        id=row["id"],
        rep_id=row["rep_id"],
        skill=row["skill"],
        kind=row["kind"],
        author_id=row["author_id"],
        written_at=to_time(row["written_at"]),
        attempt_id=row["attempt_id"],
        reason=row["reason"],
        facts=json.loads(row["facts"]),
        previous=row["previous"],
        hash=row["hash"],
    )
