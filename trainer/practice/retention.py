"""Recordings are deleted when they are old; words and scores stay."""

from datetime import datetime, timedelta
from pathlib import Path

from trainer.store import Store

AGAIN = timedelta(hours=20)
"""Between the start that finds recordings too old and the one that deletes them: another day."""


def delete_old(store: Store, takes: Path, *, keep_days: int, now: datetime) -> int:
    """Deletes what was recorded more than `keep_days` ago (0: nothing); how many recordings that were.

    Only if it was too old at a start on an earlier day too: a clock that is wrong at one start deletes
    nothing. A file that can't be deleted now is tried again the next time.
    """
    found = store.privacy.recordings_before(now - timedelta(days=keep_days)) if keep_days else []
    since = store.privacy.overdue_since(now)
    if not found or since is None:
        store.privacy.note_overdue(now if found else None)
        return 0
    if now - since < AGAIN:
        return 0
    deleted = 0
    for old in found:
        file = takes / old.file
        there = file.exists()
        try:
            file.unlink(missing_ok=True)
        except OSError:
            continue
        store.privacy.gone(old.take_id, "retention" if there or old.elsewhere else "missing")
        deleted += there
    return deleted


def delete_asked(store: Store, takes: Path, take_id: str) -> bool:
    """Deletes one recording because its rep asks for it; False if the file can't be deleted now.

    The note comes first: whatever breaks off, nobody gets the recording any more.
    """
    if (sound := store.exchange.recordings.sound(take_id)) is None:
        return True
    store.privacy.gone(take_id, "asked")
    try:
        (takes / sound.file).unlink(missing_ok=True)
    except OSError:
        return False
    return True
