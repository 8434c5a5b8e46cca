"""Who uses the program."""

import sqlite3

from trainer.errors import BadInputError
from trainer.store.records import Person, Role
from trainer.store.rows import insert
from trainer.store.rows import person as to_person
from trainer.store.times import to_text


def add(db: sqlite3.Connection, person: Person) -> None:
    """Adds somebody; BadInputError if the name is empty or taken."""
    if not person.name:
        raise BadInputError("A person needs a name.")
    if by_name(db, person.name):
        raise BadInputError(f"{person.name!r}: somebody has that name already; choose another.")
    insert(
        db,
        "people",
        {
            "id": person.id,
            "name": person.name,
            "name_key": key(person.name),
            "role": person.role,
            "created_at": to_text(person.created_at),
        },
    )


def by_name(db: sqlite3.Connection, name: str) -> Person | None:
    """The person of that name, whatever its case and the blanks around it."""
    row = db.execute("SELECT * FROM people WHERE name_key = ?", (key(name),)).fetchone()
    return None if row is None else to_person(row)


def by_id(db: sqlite3.Connection, person_id: str) -> Person | None:
    """The person of that id."""
    row = db.execute("SELECT * FROM people WHERE id = ?", (person_id,)).fetchone()
    return None if row is None else to_person(row)


def everybody(db: sqlite3.Connection, role: Role | None) -> list[Person]:
    """All people or those of one role, by name."""
    rows = db.execute("SELECT * FROM people WHERE ?1 IS NULL OR role = ?1 ORDER BY name_key", (role,))
    return [to_person(row) for row in rows]


def key(name: str) -> str:
    """What two names share that are the same whatever their case and blanks."""
    return " ".join(name.split()).casefold()
