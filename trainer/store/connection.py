"""One SQLite connection a thread, opened when the thread first needs it."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from trainer.store.errors import BUSY_SECONDS, StoreError, explained


@dataclass(slots=True)
class _Mine:
    """A thread's connection; the lock lets `close` wait for the thread that is using it."""

    db: sqlite3.Connection
    thread: threading.Thread
    lock: threading.RLock = field(default_factory=threading.RLock)


class Connections:
    """Connections to one file for as many threads as ask; all SQLite errors leave as StoreError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._lock = threading.Lock()
        self._all: list[_Mine] = []
        self._closed = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection."""
        with explained(self.path):
            mine = self._mine()
            with mine.lock:
                yield mine.db

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection in a transaction: all of the block is kept, or none of it."""
        with self.reading() as db:
            # Not `Database.atomic()`: a deferred transaction that reads first fails at once, without
            # waiting, when another process writes before it does.
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def close(self) -> None:
        """Closes every thread's connection, each when its thread is done with it."""
        with self._lock:
            self._closed = True
            for mine in self._all:
                with mine.lock:
                    mine.db.close()
            self._all.clear()

    def _mine(self) -> _Mine:
        if self._closed:
            raise StoreError(f"{self.path}: the store is closed.")
        mine: _Mine | None = getattr(self._local, "mine", None)
        if mine is None:
            mine = self._local.mine = _Mine(connect(self.path), threading.current_thread())
            with self._lock:
                for other in [other for other in self._all if not other.thread.is_alive()]:
                    other.db.close()
                    self._all.remove(other)
                self._all.append(mine)
        return mine


def create_file(path: Path) -> None:
    """An empty file that only its owner can read, unless there is one; SQLite gives -wal the same rights."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def connect(path: Path) -> sqlite3.Connection:
    """A connection in autocommit mode with rows by name, foreign keys held, each commit on disk."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        db.close()
        raise
    return db


def use_wal(db: sqlite3.Connection) -> None:
    """Lets readers go on while somebody writes; the file keeps the mode."""
    # SQLite doesn't wait for others when it changes the mode, so two first starts at once have to.
    deadline = time.monotonic() + BUSY_SECONDS
    while db.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
