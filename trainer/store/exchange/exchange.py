"""What this machine shares with its team, and what it got from it."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.store import erasing, rows
from trainer.store.connection import Connections
from trainer.store.exchange import incoming, members, outgoing
from trainer.store.exchange.record import Cursor, Member, Parsed, Record
from trainer.store.exchange.recordings import Recordings
from trainer.store.records import Person
from trainer.store.times import to_text, to_time


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that does not hold, or that the server would not take; `about` and `author` are names."""

    kind: str
    author: str
    about: str
    why: str
    noticed_at: datetime


class Exchange:
    """One machine's side of the exchange. Nothing here knows where the others are."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now
        self.recordings = Recordings(connections, now)

    def join(self, me: Member) -> None:
        """Makes this the machine of one member; whoever else had the name here gets another."""
        with self._connections.writing() as db:
            members.put(db, me, to_text(self._now()))
            db.execute("DELETE FROM team_self")
            db.execute(
                "INSERT INTO team_self VALUES (1, ?, ?, NULL, NULL, NULL)", (me.id, to_text(self._now()))
            )

    def leave(self) -> None:
        """Ends it. What is here stays here; joined again, everything is sent and read anew."""
        with self._connections.writing() as db:
            for table in ("team_self", "team_members", "sent", "cursors", "inbox", "refused"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608

    def me(self) -> Person | None:
        """The member whose machine this is, None where no team was joined."""
        with self._connections.reading() as db:
            row = db.execute("SELECT people.* FROM team_self JOIN people ON id = person_id").fetchone()
        return None if row is None else rows.person(row)

    def synced_at(self) -> datetime | None:
        """When everything was exchanged last."""
        with self._connections.reading() as db:
            row = db.execute("SELECT synced_at FROM team_self").fetchone()
        return None if row is None or row["synced_at"] is None else to_time(row["synced_at"])

    def synced(self) -> None:
        """Notes that everything is exchanged."""
        with self._connections.writing() as db:
            db.execute("UPDATE team_self SET synced_at = ?", (to_text(self._now()),))

    def meet(self, team: Sequence[Member]) -> list[str]:
        """Takes in who is in the team now; erases here who no longer is one's own to see, and names them."""
        with self._connections.writing() as db:
            gone = members.let_go(db, {one.id for one in team})
            names = [erasing.name_of(db, one) for one in gone]
            for one in gone:
                erasing.erase(db, one)
            for member in team:
                members.put(db, member, to_text(self._now()))
        return names

    def waiting(self) -> int:
        """How many records wait to be sent; 0 where no team was joined."""
        with self._connections.reading() as db:
            row = db.execute("SELECT person_id FROM team_self").fetchone()
            return 0 if row is None else outgoing.waiting(db, row["person_id"])

    def unsent(self, limit: int) -> list[Record]:
        """Some of them, parents first."""
        with self._connections.reading() as db:
            row = db.execute("SELECT person_id FROM team_self").fetchone()
            return [] if row is None else outgoing.unsent(db, row["person_id"], limit)

    def sent(self, new: Sequence[Record], there: Sequence[Record] = ()) -> None:
        """Notes that the server has them, in the order in which they were sent."""
        with self._connections.writing() as db:
            db.executemany(
                "INSERT OR IGNORE INTO sent VALUES (?, ?)", [(one.kind, one.id) for one in (*new, *there)]
            )
            if new:
                db.execute("UPDATE team_self SET last_new = ?", (new[-1].id,))
            if there:
                db.execute("UPDATE team_self SET last_there = ?", (there[-1].id,))

    def last_sent(self) -> list[str]:
        """The ids of the records that tell whether the server still has all that it was sent."""
        with self._connections.reading() as db:
            row = db.execute("SELECT last_new, last_there FROM team_self").fetchone()
        return [] if row is None else [one for one in row if one is not None]

    def send_again(self) -> None:
        """Everything of one's own is to be sent anew: the server went back in time."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM sent")
            db.execute("UPDATE team_self SET last_new = NULL, last_there = NULL")

    def read_again(self, reps: Iterable[str]) -> None:
        """What is about these reps is to be read from the start."""
        with self._connections.writing() as db:
            db.executemany("DELETE FROM cursors WHERE rep_id = ?", [(rep,) for rep in reps])

    def cursors(self) -> dict[str, Cursor]:
        """By rep how far their records were read."""
        with self._connections.reading() as db:
            found = db.execute("SELECT * FROM cursors")
            return {
                row["rep_id"]: Cursor(row["era"], row["txid"], row["seq"], row["author_id"], row["id"])
                for row in found
            }

    def take_in(
        self,
        batch: Sequence[Parsed],
        cursors: Mapping[str, Cursor],
        *,
        unreadable: Sequence[tuple[Record, str]] = (),
        refused: Sequence[tuple[Record, str]] = (),
    ) -> Counter[incoming.Fate]:
        """Takes in what was read up to these cursors, all in one transaction; what became of how many.

        `unreadable` are of a kind this version does not know and wait for one that does, with why; `refused`
        did not hold when they were checked.
        """
        fates: Counter[incoming.Fate] = Counter()
        now = to_text(self._now())
        with self._connections.writing() as db:
            for one in batch:
                fate, why = incoming.take_in(db, one)
                fates[fate] += 1
                if fate == "waiting":
                    incoming.keep_waiting(db, one.record, why)
                elif fate == "refused":
                    incoming.note_refused(db, "us", one.record, why, now)
                else:
                    self._done(db, one.record)
            for record, why in unreadable:
                incoming.keep_waiting(db, record, why)
            for record, why in refused:
                incoming.note_refused(db, "us", record, why, now)
            fates.update({"waiting": len(unreadable), "refused": len(refused)})
            db.executemany(
                "INSERT OR REPLACE INTO cursors VALUES (?, ?, ?, ?, ?, ?)",
                [(rep, at.era, at.txid, at.seq, at.author, at.id) for rep, at in cursors.items()],
            )
        return fates

    def _done(self, db: sqlite3.Connection, record: Record) -> None:
        db.execute("DELETE FROM inbox WHERE author_id = ? AND id = ?", (record.author, record.id))
        # One's own from another machine need not be sent from this one.
        db.execute(
            "INSERT OR IGNORE INTO sent SELECT ?, ? FROM team_self WHERE person_id = ?",
            (record.kind, record.id, record.author),
        )

    def held_back(self) -> list[Record]:
        """What came before that which it belongs to, or is of a kind that was not known."""
        with self._connections.reading() as db:
            found = db.execute("SELECT * FROM inbox ORDER BY id")
            return [
                Record(row["id"], row["kind"], row["author_id"], row["rep_id"], json.loads(row["body"]))
                for row in found
            ]

    def refuse(self, refused: Iterable[tuple[Record, str]]) -> None:
        """Notes what the server would not take, and why; it waits for `offer_again`."""
        now = to_text(self._now())
        with self._connections.writing() as db:
            for record, why in refused:
                incoming.note_refused(db, "server", record, why, now)

    def offer_again(self) -> None:
        """What the server would not take is sent again: a clock or a version may have been to blame."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM refused WHERE by = 'server'")

    def refused(self) -> list[Refused]:
        """What was not taken here or there, newest first."""
        with self._connections.reading() as db:
            found = db.execute(
                """
                SELECT refused.*, author.name AS author, rep.name AS about FROM refused
                LEFT JOIN people AS author ON author.id = author_id
                LEFT JOIN people AS rep ON rep.id = rep_id
                ORDER BY noticed_at DESC, refused.id DESC
                """
            )
            return [
                Refused(
                    row["kind"],
                    row["author"] or row["author_id"],
                    row["about"] or row["rep_id"],
                    row["why"],
                    to_time(row["noticed_at"]),
                )
                for row in found
            ]
