"""Which skills a rep works on in which order, and that rep and manager agreed on the target."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.errors import BadInputError
from trainer.store import rows
from trainer.store.connection import Connections
from trainer.store.ids import new_id
from trainer.store.times import to_text, to_time


@dataclass(frozen=True, slots=True)
class Step:
    """One skill of a plan: the score to reach (1 to 100) and for how many weeks it is meant."""

    skill: str
    target: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A rep's path; the newest one stands. `template` names what it was made from, '' if nothing."""

    id: str
    rep_id: str
    author_id: str
    made_at: datetime
    template: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One person's yes to one skill's target."""

    id: str
    rep_id: str
    skill: str
    target: int
    person_id: str
    agreed_at: datetime


class Plans:
    """The plans of everybody."""

    def __init__(self, connections: Connections, now: Callable[[], datetime]) -> None:
        self._connections = connections
        self._now = now

    def make(self, rep_id: str, author_id: str, steps: Sequence[Step], *, template: str = "") -> Plan:
        """A new plan, which stands from now on; BadInputError without skills or with one twice."""
        skills = [step.skill for step in steps]
        if not steps or len(set(skills)) < len(skills):
            raise BadInputError("A plan needs at least one skill, and each of them once.")
        if not all(1 <= step.target <= 100 and step.weeks >= 1 for step in steps):
            raise BadInputError("A plan's targets are scores from 1 to 100, its weeks at least 1.")
        plan = Plan(new_id(), rep_id, author_id, self._now(), template, tuple(steps))
        with self._connections.writing() as db:
            rows.insert(
                db,
                "plans",
                {
                    "id": plan.id,
                    "rep_id": rep_id,
                    "author_id": author_id,
                    "made_at": to_text(plan.made_at),
                    "template": template,
                    "steps": rows.compact([[one.skill, one.target, one.weeks] for one in steps]),
                },
            )
        return plan

    def of_rep(self, rep_id: str) -> Plan | None:
        """The plan that stands, None before there is one."""
        newest = "SELECT * FROM plans WHERE rep_id = ? ORDER BY made_at DESC, id DESC LIMIT 1"
        with self._connections.reading() as db:
            row = db.execute(newest, (rep_id,)).fetchone()
        return None if row is None else _plan(row)

    def of_all(self) -> dict[str, Plan]:
        """By rep the plan that stands."""
        with self._connections.reading() as db:
            found = db.execute("SELECT * FROM plans ORDER BY made_at, id")
            newest = {row["rep_id"]: row for row in found}
        return {rep_id: _plan(row) for rep_id, row in newest.items()}

    def agree(self, rep_id: str, skill: str, target: int, person_id: str) -> Agreement:
        """That person's yes; said again it is kept again."""
        yes = Agreement(new_id(), rep_id, skill, target, person_id, self._now())
        with self._connections.writing() as db:
            rows.insert(
                db,
                "agreements",
                {
                    "id": yes.id,
                    "rep_id": rep_id,
                    "skill": skill,
                    "target": target,
                    "person_id": person_id,
                    "agreed_at": to_text(yes.agreed_at),
                },
            )
        return yes

    def agreements(self, rep_id: str, skill: str) -> list[Agreement]:
        """Who agreed to which target of a skill, oldest first."""
        found = "SELECT * FROM agreements WHERE rep_id = ? AND skill = ? ORDER BY agreed_at, id"
        with self._connections.reading() as db:
            return [_agreement(row) for row in db.execute(found, (rep_id, skill))]

    def agreements_of_all(self) -> dict[tuple[str, str], list[Agreement]]:
        """By rep and skill who agreed to which target, oldest first."""
        found: dict[tuple[str, str], list[Agreement]] = {}
        with self._connections.reading() as db:
            for row in db.execute("SELECT * FROM agreements ORDER BY agreed_at, id"):
                found.setdefault((row["rep_id"], row["skill"]), []).append(_agreement(row))
        return found


def _plan(row: sqlite3.Row) -> Plan:
    return Plan(
        id=row["id"],
        rep_id=row["rep_id"],
        author_id=row["author_id"],
        made_at=to_time(row["made_at"]),
        template=row["template"],
        steps=tuple(Step(*step) for step in json.loads(row["steps"])),
    )


def _agreement(row: sqlite3.Row) -> Agreement:
    return Agreement(
        id=row["id"],
        rep_id=row["rep_id"],
        skill=row["skill"],
        target=row["target"],
        person_id=row["person_id"],
        agreed_at=to_time(row["agreed_at"]),
    )
