"""The one shape in which facts travel between machines."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A fact: who wrote it (`author`), whom it is about (`rep`), both ids of people, and what it says.

    `id` is unique with its author. `body` is plain JSON: a row of the store, or the rows of one attempt.
    """

    id: str
    kind: str
    author: str
    rep: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the records about one rep were read: the place of the last one, and which that was."""

    era: int
    txid: int
    seq: int
    author: str
    id: str


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team whom this machine may know of."""

    id: str
    name: str
    role: str
    manager_id: str | None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A record that was checked, as rows of the store.

    `rows` are (table, row), parents first. `needs` are (table, id) of rows that must be there already and
    belong to the record's rep.
    """

    record: Record
    rows: tuple[tuple[str, Mapping[str, Any]], ...]
    needs: tuple[tuple[str, str], ...] = ()
