"""What records may hold: each is checked when it comes in, whoever sent it, before it becomes rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from trainer.store.exchange.record import Parsed, Record
from trainer.team import shapes
from trainer.team.shapes import Row


class NotTakenError(Exception):
    """A record that does not hold, and why, in one line."""


class UnknownKindError(Exception):
    """A record of a kind that this version does not know; a newer one may."""


_TABLES: Mapping[str, tuple[str, type[Row]]] = {
    "entry": ("ledger", shapes.Entry),
    "decision": ("ledger", shapes.Entry),
    "assignment": ("assignments", shapes.Assignment),
    "plan": ("plans", shapes.Plan),
    "agreement": ("agreements", shapes.Agreement),
    "session": ("sessions", shapes.Session),
    "session_end": ("session_ends", shapes.SessionEnd),
    "reflection": ("notes", shapes.Note),
    "comment": ("notes", shapes.Note),
    "exemplary": ("exemplary", shapes.Exemplary),
    "look": ("looks", shapes.Look),
    "recording": ("stored", shapes.Stored),
    "recording_gone": ("recordings_gone", shapes.Gone),
    "withdrawal": ("withdrawals", shapes.Withdrawal),
}

_BELONGS: Mapping[str, str] = {
    "reply_id": "replies",
    "take_id": "takes",
    "session_id": "sessions",
    "attempt_id": "attempts",
    "assignment_id": "assignments",
}

_OF_THE_REP = frozenset({"attempt", "entry", "reflection", "recording", "recording_gone"})
_OF_A_MANAGER = frozenset(
    {"decision", "assignment", "comment", "exemplary", "look", "session", "session_end"}
)


def parse(record: Record) -> Parsed:
    """The rows of a record; NotTakenError if it does not hold, UnknownKindError for a newer version's."""
    if record.kind != "attempt" and record.kind not in _TABLES:
        raise UnknownKindError(f"this version does not know {record.kind!r}; update rep-trainer")
    own = record.author == record.rep
    if (record.kind in _OF_THE_REP and not own) or (record.kind in _OF_A_MANAGER and own):
        raise NotTakenError(f"not for its author to write of {'themself' if own else 'somebody else'}")
    try:
        parsed = _attempt(record) if record.kind == "attempt" else _row(record)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise NotTakenError(f"{place + ': ' if place else ''}{first['msg']}") from error
    for table, row in parsed.rows:
        _agrees(record, table, row)
    return parsed


def _attempt(record: Record) -> Parsed:
    whole = shapes.Whole.model_validate(dict(record.body))
    return Parsed(
        record,
        (
            ("attempts", whole.attempt.model_dump()),
            *(("takes", one.model_dump()) for one in whole.takes),
            *(("replies", one.model_dump()) for one in whole.replies),
            *(("self_marks", one.model_dump()) for one in whole.self_marks),
            ("results", whole.result.model_dump()),
        ),
    )


def _row(record: Record) -> Parsed:
    table, shape = _TABLES[record.kind]
    row = shape.model_validate(dict(record.body)).model_dump()
    if record.kind in ("entry", "decision") and (record.kind == "entry") != (row["kind"] == "attempt"):
        raise NotTakenError(f"an entry of the kind {row['kind']!r} is no {record.kind}")
    if record.kind in ("reflection", "comment") and row["kind"] != record.kind:
        raise NotTakenError(f"a {row['kind']} is no {record.kind}")
    return Parsed(record, ((table, row),), tuple(_needs(row)))


def _needs(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "of" in row:
        yield {"assignment": "assignments", "comment": "notes"}[row["kind"]], row["of"]
    for column, table in _BELONGS.items():
        if row.get(column) is not None:
            yield table, row[column]


def _agrees(record: Record, table: str, row: Mapping[str, Any]) -> None:
    """The ids in a row are those on the envelope."""
    name = {"session_ends": "session_id", "stored": "take_id", "recordings_gone": "take_id"}.get(table)
    is_it = record.id.partition(":")[0]
    if table in ("attempts", *(one for one, _ in _TABLES.values())) and row[name or "id"] != is_it:
        raise NotTakenError("its id is not that of what it holds")
    if row.get("rep_id", record.rep) != record.rep:
        raise NotTakenError("it is about somebody else than it says")
    author = next((row[one] for one in ("author_id", "person_id", "manager_id") if one in row), record.author)
    if author != record.author:
        raise NotTakenError("it is by somebody else than it says")
