"""The wording and the rubric that attempts were made with, kept as they were by their content hash.

Scenarios and rubrics are files that change and go; a score can be made again only from what it was made
with. They lie beside the database, a file each, written once and never changed.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from trainer.store.errors import StoreError
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Script


class Scripts:
    """One folder of JSON documents, named by their hash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, digest: str, document: Mapping[str, Any]) -> None:
        """Keeps a document unless it is there already; StoreError if it can't be."""
        file = self._folder / f"{digest}.json"
        if file.exists():
            return
        part = file.with_name(f".{new_id()}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with part.open("w", encoding="utf-8") as opened:
                json.dump(document, opened, ensure_ascii=False, separators=(",", ":"))
                opened.flush()
                os.fsync(opened.fileno())
            part.replace(file)
        except OSError as error:
            with suppress(OSError):
                part.unlink()
            raise StoreError(
                f"{self._folder}: what is practised can't be kept there ({error.strerror}). "
                "Free some space or make the folder writable."
            ) from error

    def of(self, attempt: Attempt) -> Script:
        """What is kept of an attempt's scenario and rubric; whoever uses it checks it against the hash."""
        return Script(self._read(attempt.scenario_hash), self._read(attempt.rubric_hash))

    def _read(self, digest: str) -> dict[str, Any] | None:
        if not digest.isalnum():  # it may come from elsewhere, and names a file here
            return None
        try:
            found = json.loads((self._folder / f"{digest}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not kept, or no longer whole: as if it had not been kept
            return None
        return found if isinstance(found, dict) else None
