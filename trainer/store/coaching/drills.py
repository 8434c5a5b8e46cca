"""Small pieces practised again and again, and examples looked at first. Private, as warm-ups are."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from trainer.store import rows
from trainer.store.connection import Connections
from trainer.store.ids import new_id
from trainer.store.times import to_text, to_time

How = Literal["read", "heard", "exemplary"]


@dataclass(frozen=True, slots=True)
class Place:
    """The turn that a drill or an example is about."""

    skill: str
    scenario: str
    form: str
    turn: str


@dataclass(frozen=True, slots=True)
class Try:
    """One reply of a drill; `met` is None where it could not be judged."""

    tried_at: datetime
    text: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Drill:
    """One turn and one criterion, and the tries so far, oldest first."""

    id: str
    rep_id: str
    place: Place
    criterion: str
    started_at: datetime
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True)
class ExampleTaken:
    """That a rep read a model answer, heard it spoken, or heard a colleague's exemplary reply."""

    place: Place
    how: How
    taken_at: datetime


class Drills:
    """The drills of everybody."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def start(self, rep_id: str, place: Place, criterion: str) -> Drill:
        """A new drill."""
        drill = Drill(new_id(), rep_id, place, criterion, self._now())
        with self._connections.writing() as db:
            rows.insert(
                db,
                "drills",
                {
                    "id": drill.id,
                    "rep_id": rep_id,
                    **_columns(place),
                    "criterion": criterion,
                    "started_at": to_text(drill.started_at),
                },
            )
        return drill

    def add_try(self, drill_id: str, text: str, met: bool | None) -> Try:
        """Logs one reply of a drill."""
        one = Try(self._now(), text, met)
        row = {"id": new_id(), "drill_id": drill_id, "tried_at": to_text(one.tried_at)}
        with self._connections.writing() as db:
            rows.insert(db, "tries", {**row, "text": text, "met": met})
        return one

    def of_rep(self, rep_id: str, skill: str | None = None) -> list[Drill]:
        """One rep's drills, oldest first, for their own eyes."""
        with self._connections.reading() as db:
            tries: dict[str, list[Try]] = {}
            for row in db.execute(
                "SELECT tries.* FROM tries JOIN drills ON drills.id = drill_id WHERE rep_id = ?"
                " ORDER BY tried_at, tries.id",
                (rep_id,),
            ):
                tries.setdefault(row["drill_id"], []).append(_try(row))
            found = db.execute(
                "SELECT * FROM drills WHERE rep_id = ?1 AND (?2 IS NULL OR skill = ?2)"
                " ORDER BY started_at, id",
                (rep_id, skill),
            )
            return [_drill(row, tuple(tries.get(row["id"], ()))) for row in found]

    def take_example(self, rep_id: str, place: Place, how: How) -> None:
        """Logs that a rep was shown how it is done."""
        row = {"id": new_id(), "rep_id": rep_id, **_columns(place), "how": how}
        with self._connections.writing() as db:
            rows.insert(db, "examples_taken", {**row, "taken_at": to_text(self._now())})

    def examples_taken(self, rep_id: str) -> list[ExampleTaken]:
        """What a rep was shown, oldest first."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT * FROM examples_taken WHERE rep_id = ? ORDER BY taken_at, id", (rep_id,)
            )
            return [ExampleTaken(_place(row), row["how"], to_time(row["taken_at"])) for row in found]


def _columns(place: Place) -> dict[str, object]:
    return {"skill": place.skill, "scenario": place.scenario, "form": place.form, "turn": place.turn}


def _place(row: sqlite3.Row) -> Place:
    return Place(row["skill"], row["scenario"], row["form"], row["turn"])


def _try(row: sqlite3.Row) -> Try:
    met = row["met"]
    return Try(to_time(row["tried_at"]), row["text"], None if met is None else bool(met))


def _drill(row: sqlite3.Row, tries: tuple[Try, ...]) -> Drill:
    return Drill(
        id=row["id"],
        rep_id=row["rep_id"],
        place=_place(row),
        criterion=row["criterion"],
        started_at=to_time(row["started_at"]),
        tries=tries,
    )
