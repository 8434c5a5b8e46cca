"""Recordings are deleted when they are old; words and scores stay."""

from datetime import datetime, timedelta
from pathlib import Path

from trainer.store import Store


def delete_old(store: Store, takes: Path, *, keep_days: int, now: datetime) -> int:
    """Deletes what was recorded more than `keep_days` ago (0: nothing); how many recordings that were.

    A file that can't be deleted now is tried again the next time.
    """
    if not keep_days:
        return 0
    deleted = 0
    for old in store.privacy.recordings_before(now - timedelta(days=keep_days)):
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
