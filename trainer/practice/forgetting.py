"""Erasing a person: their recordings, their rows, and a word on what can't be reached from here."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import TrainerError
from trainer.store import Store
from trainer.store.records import Person

UNREACHED = (
    "copies that were saved elsewhere: briefs, exports, calendars, label files, pictures of a screen",
    "backups of this machine",
    "other machines this person practised or was looked at on: run the command there too",
    "a manager's sign-offs of others, which stay with those others, without the name",
)
"""What this command can't erase."""


class ForgetError(TrainerError):
    """Something of the person could not be deleted; running the command again goes on."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went: recordings as files, and rows by table."""

    name: str
    recordings: int
    rows: Mapping[str, int]


def forget(store: Store, person: Person, takes: Path) -> Forgotten:
    """Erases a person for good. Files go first, so that a crash half-way is mended by doing it again."""
    folders = [takes / one.attempt.id for one in store.attempts(person.id)]
    # Recordings that were played in with a command have no folder of their attempt.
    beside = [takes / file for file in store.exchange.recordings.files_of(person.id) if "/" not in file]
    recordings = sum(file.exists() for file in beside)
    try:
        for folder in folders:
            recordings += sum(1 for file in folder.rglob("*") if file.suffix in (".flac", ".wav"))
            if folder.exists():
                shutil.rmtree(folder)
        for file in beside:
            for one in file.parent.glob(f"{file.stem}.*"):
                one.unlink(missing_ok=True)
    except OSError as error:
        raise ForgetError(
            f"{error.filename}: can't be deleted ({error.strerror}). Close what uses it and do it again."
        ) from error
    return Forgotten(person.name, recordings, store.privacy.erase(person.id))
