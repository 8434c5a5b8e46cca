"""First assessed attempts, by scenario and without names: what says how hard a scenario is for people."""

import json
from dataclasses import dataclass
from datetime import datetime

from trainer.store.connection import Connections
from trainer.store.times import to_text, to_time


@dataclass(frozen=True, slots=True)
class First:
    """Somebody's first assessed attempt at a scenario that they finished; whose it was is not in it.

    `score` is None where nothing could be assessed. `best` and `tried` are about all assessed attempts of the
    same person at the scenario. `verdicts` are criterion and verdict, where they were asked for.
    """

    scenario: str
    form: str
    scenario_hash: str
    rubric_hash: str
    score: int | None
    best: int | None
    tried: int
    verdicts: tuple[tuple[str, bool | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Practised:
    """How often a scenario was practised, assessed and to the end: since when, when last, and lately."""

    scenario: str
    first: datetime
    last: datetime
    attempts: int
    lately: int


class Firsts:
    """What the assessed attempts of everybody here say about scenarios; no warm-up is ever in it."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self, *, verdicts: bool = False) -> list[First]:
        """One for each person and scenario."""
        # One pass over `shown`, which is small, and then one look each for the attempts that were first:
        # 1.4 s for a million attempts of 1000 people. `first` is the time and, behind it, the attempt.
        sql = f"""
            SELECT one.scenario, one.form, one.scenario_hash, one.rubric_hash,
                   results.score, best, tried{", results.card" if verdicts else ""}
            FROM (
                SELECT min(started_at || ' ' || attempt_id) AS first, max(score) AS best, count(*) AS tried
                FROM shown GROUP BY rep_id, scenario
            ) CROSS JOIN attempts AS one ON one.id = substr(first, instr(first, ' ') + 1)
            JOIN results ON results.attempt_id = one.id
            ORDER BY first
        """  # noqa: S608 - no word of it comes from outside
        with self._connections.reading() as db:
            return [
                First(
                    scenario=row["scenario"],
                    form=row["form"],
                    scenario_hash=row["scenario_hash"],
                    rubric_hash=row["rubric_hash"],
                    score=row["score"],
                    best=row["best"],
                    tried=row["tried"],
                    verdicts=_verdicts(row["card"]) if verdicts else (),
                )
                for row in db.execute(sql)
            ]

    def practised(self, since: datetime) -> list[Practised]:
        """Every scenario that anybody practised; `lately` counts from `since` on."""
        with self._connections.reading() as db:
            found = db.execute(
                "SELECT scenario, min(started_at) AS first, max(started_at) AS last, count(*) AS attempts,"
                " sum(started_at >= ?) AS lately FROM shown GROUP BY scenario ORDER BY scenario",
                (to_text(since),),
            )
            return [
                Practised(
                    row["scenario"],
                    to_time(row["first"]),
                    to_time(row["last"]),
                    row["attempts"],
                    row["lately"],
                )
                for row in found
            ]

    def people(self) -> int:
        """How many people have an assessed attempt here."""
        with self._connections.reading() as db:
            return int(db.execute("SELECT count(*) FROM tallies WHERE attempts > 0").fetchone()[0])


def _verdicts(card: str) -> tuple[tuple[str, bool | None], ...]:
    return tuple((one["id"], one["met"]) for one in json.loads(card)["criteria"])
