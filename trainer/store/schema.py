"""Which tables a file has: none yet, ours of some version, a newer one's, or another program's."""

import sqlite3
from pathlib import Path

from trainer.store.connection import use_wal
from trainer.store.errors import StoreError, anew

VERSION = 7
"""How many migrations there are."""

APPLICATION_ID = 0x52657054
"""Marks a file as ours (SQLite's application_id): "RepT"."""

OLDEST = (3, 37, 0)
"""The first SQLite with strict tables (sqlite.org/stricttables.html)."""


def bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    """Creates or migrates the tables, all steps or none; StoreError for a file that isn't ours to change."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreError(
            f"{path}: Python's SQLite {sqlite3.sqlite_version} is too old for it, 3.37 is needed. "
            "Use a newer Python; nothing in the file was changed."
        )
    if _current(db, path):
        return
    use_wal(db)
    db.execute("BEGIN IMMEDIATE")
    try:
        if not _current(db, path):  # another process may just have done it
            _migrate(db)
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _current(db: sqlite3.Connection, path: Path) -> bool:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID and version > VERSION:
        raise StoreError(
            f"{path}: written by a newer rep-trainer (tables {version}, this one knows {VERSION}). "
            "Nothing in it was changed; update this rep-trainer."
        )
    if application != APPLICATION_ID and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise StoreError(f"{path}: the database of another program. {anew(path)}")
    return bool(application == APPLICATION_ID and version == VERSION)


def _migrate(db: sqlite3.Connection) -> None:
    # Half a second to import, and only a new or an old file needs it.
    from sqlite_utils import Database  # noqa: PLC0415

    from trainer.store.migrations import migrations  # noqa: PLC0415

    migrations.apply(Database(db, execute_plugins=False))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")
