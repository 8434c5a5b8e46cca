"""Who agreed to what, who may see it, who looked, which recordings are gone, and erasing a person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Literal

from trainer.store import rows
from trainer.store.connection import Connections
from trainer.store.ids import new_id
from trainer.store.times import to_text, to_time

Why = Literal["retention", "asked", "missing"]


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody opened something of a rep's; `who` is a name."""

    who: str
    what: str
    which: str
    looked_at: datetime


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording that nobody deleted; `elsewhere`: it was made on another machine."""

    take_id: str
    file: str
    recorded_at: datetime
    elsewhere: bool = False


OTHERS_FIRST = timedelta(days=7)
"""How much longer a recording is left to the machine that made it, before another of the rep's deletes it."""


class Privacy:
    """What people agreed to and what was done with what is theirs."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def answer(self, person_id: str, wording: str, *, agreed: bool) -> None:
        """Logs a person's yes or no to the words with the hash `wording`."""
        row = {"id": new_id(), "person_id": person_id, "wording": wording, "agreed": agreed}
        with self._connections.writing() as db:
            rows.insert(db, "consents", {**row, "answered_at": to_text(self._now())})

    def agreed(self, person_id: str, wording: str) -> bool | None:
        """The last answer to these words, None if they were never asked."""
        last = (
            "SELECT agreed FROM consents WHERE person_id = ? AND wording = ?"
            " ORDER BY answered_at DESC, id DESC LIMIT 1"
        )
        with self._connections.reading() as db:
            row = db.execute(last, (person_id, wording)).fetchone()
        return None if row is None else bool(row["agreed"])

    def agreed_since(self, person_id: str, wording: str) -> datetime | None:
        """Since when the person agrees to these words without a no since; None if they don't now."""
        with self._connections.reading() as db:
            answers = db.execute(
                "SELECT agreed, answered_at FROM consents WHERE person_id = ? AND wording = ?"
                " ORDER BY answered_at DESC, id DESC",
                (person_id, wording),
            ).fetchall()
        since = [row["answered_at"] for row in takewhile(lambda row: row["agreed"], answers)]
        return to_time(since[-1]) if since else None

    def share(self, attempt_id: str) -> None:
        """Shows a warm-up to the manager, for good."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT INTO shares VALUES (?, ?) ON CONFLICT DO NOTHING", (attempt_id, to_text(self._now()))
            )

    def shared(self, rep_id: str) -> set[str]:
        """The ids of a rep's warm-ups that the manager may see."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT attempt_id FROM shares JOIN attempts ON attempts.id = attempt_id WHERE rep_id = ?",
                (rep_id,),
            )
            return {row["attempt_id"] for row in found}

    def look(self, person_id: str, rep_id: str, what: str, which: str = "") -> None:
        """Logs that somebody opened something of a rep's; the rep's own looks are not logged."""
        if person_id == rep_id:
            return
        row = {"id": new_id(), "person_id": person_id, "rep_id": rep_id, "what": what, "which": which}
        with self._connections.writing() as db:
            rows.insert(db, "looks", {**row, "looked_at": to_text(self._now())})

    def looks(self, rep_id: str, limit: int = 100) -> list[Look]:
        """Who opened what of a rep's, newest first."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT looks.*, people.name FROM looks JOIN people ON people.id = person_id"
                " WHERE rep_id = ? ORDER BY looked_at DESC, looks.id DESC LIMIT ?",
                (rep_id, limit),
            )
            return [Look(row["name"], row["what"], row["which"], to_time(row["looked_at"])) for row in found]

    def overdue_since(self, now: datetime) -> datetime | None:
        """When recordings were first found too old; None where that is later than now: a clock was wrong."""
        with self._connections.reading() as db:
            row = db.execute("SELECT noticed_at FROM overdue").fetchone()
        noticed = None if row is None else to_time(row["noticed_at"])
        return None if noticed is None or noticed > now else noticed

    def note_overdue(self, now: datetime | None) -> None:
        """Notes that recordings are too old, as of now; None that none are."""
        with self._connections.writing() as db:
            db.execute("DELETE FROM overdue")
            if now is not None:
                db.execute("INSERT INTO overdue VALUES (1, ?)", (to_text(now),))

    def recordings_before(self, moment: datetime) -> list[Recording]:
        """The recordings made before a moment that nobody deleted, oldest first; no exemplary ones.

        Of those made on other machines only the rep's own that lie where others may fetch them, and a week
        later: the machine that made them comes first, and it may be lost.
        """
        with self._connections.reading() as db:
            found = db.execute(
                """
                SELECT id, file, recorded_at, elsewhere FROM (
                  SELECT takes.*, attempt_id IN (SELECT attempt_id FROM arrived) AS elsewhere FROM takes
                ) AS takes
                WHERE recorded_at < CASE elsewhere WHEN 0 THEN :before ELSE :others_before END
                  AND (NOT elsewhere OR id IN (SELECT take_id FROM stored) AND attempt_id IN (
                    SELECT id FROM attempts WHERE rep_id = (SELECT person_id FROM team_self)
                  ))
                  AND id NOT IN (SELECT take_id FROM recordings_gone)
                  AND NOT EXISTS (
                    SELECT 1 FROM replies WHERE replies.take_id = takes.id AND (
                        SELECT stands FROM exemplary WHERE exemplary.reply_id = replies.id
                        ORDER BY marked_at DESC, exemplary.id DESC LIMIT 1
                    )
                  )
                ORDER BY recorded_at
                """,
                {"before": to_text(moment), "others_before": to_text(moment - OTHERS_FIRST)},
            )
            return [
                Recording(row["id"], row["file"], to_time(row["recorded_at"]), bool(row["elsewhere"]))
                for row in found
            ]

    def gone(self, take_id: str, why: Why) -> None:
        """Logs that a recording was deleted; its words and scores stay."""
        with self._connections.writing() as db:
            db.execute(
                "INSERT INTO recordings_gone VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (take_id, why, to_text(self._now())),
            )

    def why_gone(self, take_id: str) -> Why | None:
        """Why a recording is not there any more, None if nobody deleted it."""
        with self._connections.reading() as db:
            row = db.execute("SELECT why FROM recordings_gone WHERE take_id = ?", (take_id,)).fetchone()
        return None if row is None else row["why"]

    def erase(self, person_id: str) -> dict[str, int]:
        """Takes away every row about a person, all or none; how many of which table. Files are not its work.

        Their comments on others go too; their sign-offs of others stay, with no name, for they are evidence.
        """
        from trainer.store.erasing import erase  # noqa: PLC0415 - rare

        with self._connections.writing() as db:
            went = erase(db, person_id)
        with self._connections.reading() as db:  # what was deleted is still in the file until it is rewritten
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return went
