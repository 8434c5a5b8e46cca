"""What can go wrong with the database file, each as one line: which file, what, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trainer.errors import BadInputError, TrainerError

BUSY_SECONDS = 5.0
"""How long a write waits for another process; writes here take milliseconds."""


class StoreError(TrainerError):
    """The database can't be used as asked; the sentence names the file and the mend."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system raise about `path` into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:  # misuse of the library, not a state of the file
            raise
        raise StoreError(f"{path}: {_what(code & 0xFF, error, path)}") from error
    except UnicodeEncodeError as error:
        raise BadInputError(f"The text {error.object!r} can't be kept: it is not proper Unicode.") from error
    except OSError as error:
        raise StoreError(f"{path}: the store can't be opened there ({error.strerror}). {_PLACE}") from error


_PLACE = "Make its folder writable, or name another one in TRAINER_HOME."


def anew(path: Path) -> str:
    """How to keep an unusable file and start with an empty one."""
    return (
        f"Nothing in it was changed. To start anew, rename it to {path.name}.broken "
        f"(and {path.name}-wal likewise, if it is there) and start again."
    )


def _what(code: int, error: sqlite3.Error, path: Path) -> str:
    match code:
        case sqlite3.SQLITE_NOTADB:
            return f"not a database. {anew(path)}"
        case sqlite3.SQLITE_CORRUPT:
            return f"the database is damaged ({error}). {anew(path)}"
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return f"can't be written ({error}). {_PLACE}"
        case sqlite3.SQLITE_FULL:
            return "the disk is full; what was there before is kept. Free some space and do it again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return (
                f"another program has kept it locked for {BUSY_SECONDS:.0f} seconds. Close it and try again."
            )
        case sqlite3.SQLITE_IOERR:
            return f"the disk didn't answer ({error}). Check the disk and its free space, then try again."
        case _:
            return f"the database refused ({error})."
