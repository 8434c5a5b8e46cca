"""Business figures of reps, as they were imported: one value a measure and day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from trainer.store.connection import Connections
from trainer.store.times import to_text


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of one measure on one day, such as a win rate."""

    rep_id: str
    measure: str
    day: date
    value: float


class Figures:
    """The figures of everybody."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def add(self, figures: Iterable[Figure]) -> None:
        """All of them or none; a value for the same rep, measure and day takes the older one's place."""
        imported = to_text(self._now())
        with self._connections.writing() as db:
            db.executemany(
                "INSERT INTO figures VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET value = excluded.value, imported_at = excluded.imported_at",
                [(one.rep_id, one.measure, one.day.isoformat(), one.value, imported) for one in figures],
            )

    def of_rep(self, rep_id: str) -> list[Figure]:
        """One rep's figures, by measure and day."""
        with self._connections.reading() as db:
            found = db.execute("SELECT * FROM figures WHERE rep_id = ? ORDER BY measure, day", (rep_id,))
            return [
                Figure(row["rep_id"], row["measure"], date.fromisoformat(row["day"]), row["value"])
                for row in found
            ]
