"""A copy of records as a database of its own, to look through with other programs."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from trainer.store.errors import explained

SEARCHED = {"replies": ("text",), "notes": ("text",), "sessions": ("next_step",), "ledger": ("reason",)}
"""The columns that words are looked for in."""


def write_copy(file: Path, tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, int]:
    """Each table with its rows in a new SQLite file (lists and dicts as JSON); how many rows it has."""
    import sqlite_utils  # noqa: PLC0415

    with explained(file):
        db = sqlite_utils.Database(file)
        try:
            counts = {name: _insert(db, name, rows) for name, rows in tables.items()}
            for name, columns in SEARCHED.items():
                if counts.get(name):
                    db.table(name).enable_fts(columns, tokenize="porter")
        finally:
            db.close()
    return counts


def _insert(db: Any, name: str, rows: Iterable[Mapping[str, Any]]) -> int:
    table = db.table(name)
    table.insert_all(rows)
    return int(table.count) if table.exists() else 0
