"""Who is in the team, as far as this machine may know: their people are the store's people."""

import sqlite3
from collections.abc import Iterator

from trainer.store.exchange.record import Member
from trainer.store.people import key


def put(db: sqlite3.Connection, member: Member, now: str) -> None:
    """Adds a member or brings their name, role and manager up to date."""
    _make_way(db, member)
    db.execute(
        "INSERT INTO people VALUES (:id, :name, :key, :role, :now)"
        " ON CONFLICT (id) DO UPDATE SET name = :name, name_key = :key, role = :role",
        {"id": member.id, "name": member.name, "key": key(member.name), "role": member.role, "now": now},
    )
    db.execute("INSERT OR REPLACE INTO team_members VALUES (?, ?)", (member.id, member.manager_id))


def let_go(db: sqlite3.Connection, there: set[str]) -> list[str]:
    """Forgets who is not among `there`; the ids of those who reported to this machine's person until now."""
    found = db.execute(
        "SELECT person_id, manager_id IN (SELECT person_id FROM team_self) AS report FROM team_members"
        " WHERE person_id NOT IN (SELECT person_id FROM team_self)"
    ).fetchall()
    gone = [row for row in found if row["person_id"] not in there]
    db.executemany("DELETE FROM team_members WHERE person_id = ?", [(row["person_id"],) for row in gone])
    return [row["person_id"] for row in gone if row["report"]]


def _make_way(db: sqlite3.Connection, member: Member) -> None:
    """Renames whoever has a member's name here and is another person."""
    other = db.execute(
        "SELECT id FROM people WHERE name_key = ? AND id <> ?", (key(member.name), member.id)
    ).fetchone()
    if other:
        free = next(
            name
            for name in _others(member.name)
            if not db.execute("SELECT 1 FROM people WHERE name_key = ?", (key(name),)).fetchone()
        )
        db.execute("UPDATE people SET name = ?, name_key = ? WHERE id = ?", (free, key(free), other["id"]))


def _others(name: str) -> Iterator[str]:
    yield f"{name} (before the team)"
    number = 2
    while True:
        yield f"{name} (before the team, {number})"
        number += 1
