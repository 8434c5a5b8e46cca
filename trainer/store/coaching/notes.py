"""What people say about a reply: the rep's own marks and thoughts, comments, and what is exemplary."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trainer.store import rows
from trainer.store.connection import Connections
from trainer.store.ids import new_id
from trainer.store.times import to_text, to_time

NoteKind = Literal["reflection", "comment"]


@dataclass(frozen=True, slots=True)
class Note:
    """A thought of the rep or a comment; `at_second` of the recording, None for the reply as a whole."""

    id: str
    reply_id: str
    author_id: str
    kind: NoteKind
    at_second: float | None
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class SelfMark:
    """What a rep said of one criterion before the verdict was shown, and the verdict."""

    reply_id: str
    skill: str
    criterion: str
    said: bool
    verdict: bool | None
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class Exemplary:
    """A reply that others may learn from."""

    reply_id: str
    attempt_id: str
    scenario: str
    form: str
    turn: str
    skill: str
    take_id: str | None


class Notes:
    """What was said about replies."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def mark_self(self, reply_id: str, marks: Mapping[str, bool]) -> None:
        """The rep's own verdict on each criterion; the first one stays."""
        with self._connections.writing() as db:
            db.executemany(
                "INSERT INTO self_marks VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [(reply_id, one, said, to_text(self._now())) for one, said in marks.items()],
            )

    def self_marks(
        self, rep_id: str, *, skill: str | None = None, assessed_only: bool = False
    ) -> list[SelfMark]:
        """How a rep judged themself, oldest first; a manager's view asks for assessed attempts alone.

        Marks of a reply whose words were corrected count once, with the verdicts on the right words.
        """
        with self._connections.reading() as db:
            found = db.execute(
                """
                SELECT self_marks.*, criterion_results.met AS verdict, attempts.skill
                FROM attempts JOIN replies ON replies.attempt_id = attempts.id
                JOIN self_marks ON self_marks.reply_id = replies.id
                LEFT JOIN criterion_results USING (reply_id, criterion)
                WHERE rep_id = ?1 AND (?2 IS NULL OR skill = ?2) AND (NOT ?3 OR kind = 'assessed')
                  AND NOT EXISTS (
                      SELECT 1 FROM replies AS later JOIN self_marks AS own ON own.reply_id = later.id
                      WHERE later.attempt_id = attempts.id AND later.take_id = replies.take_id
                        AND (later.said_at, later.id) > (replies.said_at, replies.id)
                  )
                ORDER BY marked_at, reply_id, criterion
                """,
                (rep_id, skill, assessed_only),
            )
            return [_mark(row) for row in found]

    def write(
        self, reply_id: str, author_id: str, kind: NoteKind, text: str, *, at_second: float | None = None
    ) -> Note:
        """Adds a note."""
        note = Note(new_id(), reply_id, author_id, kind, at_second, text, self._now())
        with self._connections.writing() as db:
            rows.insert(
                db,
                "notes",
                {
                    "id": note.id,
                    "reply_id": reply_id,
                    "author_id": author_id,
                    "kind": kind,
                    "at_second": at_second,
                    "text": text,
                    "written_at": to_text(note.written_at),
                },
            )
        return note

    def of_attempt(self, attempt_id: str) -> list[Note]:
        """Everything said about the replies of one attempt, in the order of the recording."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT notes.* FROM notes JOIN replies ON replies.id = notes.reply_id"
                " WHERE attempt_id = ? AND notes.id NOT IN (SELECT of FROM withdrawals)"
                " ORDER BY position, at_second, written_at",
                (attempt_id,),
            )
            return [_note(row) for row in found]

    def comments(self, rep_id: str) -> dict[str, int]:
        """By attempt of a rep how many comments there are, where there is one."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT attempt_id, count(*) AS comments FROM notes"
                " JOIN replies ON replies.id = notes.reply_id JOIN attempts ON attempts.id = attempt_id"
                " WHERE notes.kind = 'comment' AND rep_id = ?"
                " AND notes.id NOT IN (SELECT of FROM withdrawals) GROUP BY attempt_id",
                (rep_id,),
            )
            return {row["attempt_id"]: row["comments"] for row in found}

    def mark_exemplary(self, reply_id: str, author_id: str, *, stands: bool = True) -> None:
        """Makes a reply an example for others, or takes that back."""
        with self._connections.writing() as db:
            rows.insert(
                db,
                "exemplary",
                {
                    "id": new_id(),
                    "reply_id": reply_id,
                    "author_id": author_id,
                    "stands": stands,
                    "marked_at": to_text(self._now()),
                },
            )

    def exemplary(self, scenario: str, turn: str) -> list[Exemplary]:
        """The examples of one turn in any form, newest first."""
        with self._connections.reading() as db:
            found = db.execute(
                """
                SELECT replies.id AS reply_id, attempt_id, scenario, form, turn, skill, take_id
                FROM attempts JOIN replies ON replies.attempt_id = attempts.id
                WHERE scenario = ? AND turn = ? AND (
                    SELECT stands FROM exemplary WHERE exemplary.reply_id = replies.id
                    ORDER BY marked_at DESC, exemplary.id DESC LIMIT 1
                )
                ORDER BY said_at DESC
                """,
                (scenario, turn),
            )
            return [Exemplary(**dict(row)) for row in found]


def _mark(row: sqlite3.Row) -> SelfMark:
    verdict = row["verdict"]
    return SelfMark(
        reply_id=row["reply_id"],
        skill=row["skill"],
        criterion=row["criterion"],
        said=bool(row["met"]),
        verdict=None if verdict is None else bool(verdict),
        marked_at=to_time(row["marked_at"]),
    )


def _note(row: sqlite3.Row) -> Note:
    return Note(
        id=row["id"],
        reply_id=row["reply_id"],
        author_id=row["author_id"],
        kind=row["kind"],
        at_second=row["at_second"],
        text=row["text"],
        written_at=to_time(row["written_at"]),
    )
