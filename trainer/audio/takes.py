"""Takes on disk: raw samples while one is spoken, FLAC once it is whole.

A growing take is `<id>.raw`: little-endian 16-bit mono at 16 kHz, without a header that would need mending.
Every block goes straight to the operating system, which keeps it whatever becomes of this process. It is
not forced on to the disk block by block: on a busy disk that can take seconds, and a process killed meanwhile
would lose all that had queued up behind it. The whole take is, before its raw samples are removed.

A process that writes a take holds a lock on it, which ends with the process. A raw take that can be locked is
therefore left over from one that was killed.
"""

import errno
import hashlib
import io
import os
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio import disk
from trainer.audio.errors import AudioError, TakeError
from trainer.audio.locking import try_lock
from trainer.errors import TrainerError

RAW, KEPT, NEW = ".raw", ".flac", ".flac.new"

EMPTY_FOR = 3600.0
"""Seconds after which a take that never got a sample is taken away."""


@dataclass(frozen=True, slots=True)
class KeptTake:
    """A whole recording: its FLAC file, the file's SHA-256 in hex, and its length."""

    file: Path
    sha256: str
    seconds: float

    @property
    def id(self) -> str:
        """The id it was recorded under."""
        return self.file.stem


class TakeWriter:
    """A take that is being spoken. One thread at a time; TakeError if the disk refuses."""

    def __init__(self, folder: Path, take_id: str) -> None:
        self.raw = folder / (take_id + RAW)
        self.samples = 0
        try:
            disk.private_folder(folder)
            if self.raw.with_suffix(KEPT).exists():
                raise FileExistsError(errno.EEXIST, "there is one of that name")
            self._file = disk.created(self.raw, os.O_APPEND | os.O_EXCL)
        except OSError as error:
            raise TakeError(
                f"{folder / take_id}: the take can't be written ({disk.reason(error)})."
            ) from error
        try_lock(self._file)  # where a file system has no locks, takes are written all the same

    @property
    def seconds(self) -> float:
        """How much is on disk."""
        return self.samples / SAMPLE_RATE

    def write(self, block: NDArray[np.int16]) -> None:
        """Appends samples; when this returns, the end of this process no longer harms them."""
        try:
            disk.write(self._file, block.astype("<i2", copy=False).tobytes())
        except OSError as error:
            raise TakeError(
                f"{self.raw}: the take can't be written on ({disk.reason(error)}). "
                f"Its {self.seconds:.1f} s up to here are kept."
            ) from error
        self.samples += len(block)

    def finish(self) -> KeptTake:
        """Makes the kept take and removes the raw one.

        TakeError if there is not one sample, or if the disk refuses: then the raw take is there still, and
        `finish` may be called again.
        """
        if not self.samples:
            self.abandon()
            raise TakeError("Nothing was recorded, so there is no take to keep.")
        kept = _keep(self.raw)
        self._file.close()
        self.raw.unlink(missing_ok=True)
        return kept

    def abandon(self) -> None:
        """Removes a take that never got a sample."""
        self._file.close()
        if not self.samples:
            self.raw.unlink(missing_ok=True)


def recover(
    folder: Path,
    *,
    known: Collection[str] | None = None,
    on_trouble: Callable[[TrainerError], None] = lambda _: None,
) -> list[KeptTake]:
    """Makes kept takes of what killed processes left in `folder` and below, oldest first.

    Given the ids that are `known`, kept takes that are not come too: their process was killed before it could
    note them. What a running process still writes is left alone. A take that can't be kept now (a full disk,
    say) stays for the next time, and `on_trouble` gets the reason.
    """
    found: list[KeptTake] = []
    for raw in sorted(folder.rglob("*" + RAW), key=_age):
        try:
            if kept := _recover(raw):
                found.append(kept)
        except TakeError as error:
            on_trouble(error)
    if known is None:
        return found
    passed_over = {*known, *(take.id for take in found)}
    kept_before: list[KeptTake] = []
    for file in sorted(folder.rglob("*" + KEPT), key=_age):
        if file.stem not in passed_over:
            try:
                kept_before.append(kept_take(file))
            except AudioError as error:
                on_trouble(error)
    return kept_before + found


def kept_take(file: Path) -> KeptTake:
    """A kept take as it lies on disk; AudioError if it is not whole."""
    import soundfile  # noqa: PLC0415 - not before the first take

    try:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return KeptTake(file, digest, soundfile.info(file).frames / SAMPLE_RATE)
    except (OSError, soundfile.LibsndfileError) as error:
        raise AudioError(f"{file}: the recording can't be read ({error}).") from error


def _recover(raw: Path) -> KeptTake | None:
    # A take has its lock before its first sample: a new one without samples says nothing, and is not locked.
    try:
        if not raw.stat().st_size and time.time() - _age(raw) < EMPTY_FOR:
            return None
        with raw.open("rb") as file:
            if not try_lock(file) or not raw.exists():  # still written, or another process was quicker
                return None
            kept = _keep(raw) if raw.stat().st_size else None
        raw.unlink(missing_ok=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TakeError(f"{raw}: an unfinished take can't be kept ({disk.reason(error)}).") from error
    return kept


def _keep(raw: Path) -> KeptTake:
    """Writes the FLAC beside the raw take, reads it back, and only then gives it its name."""
    new, kept = raw.with_suffix(NEW), raw.with_suffix(KEPT)
    try:
        data = raw.read_bytes()
        samples = np.frombuffer(data[: len(data) // 2 * 2], "<i2")  # killed or refused amid a sample
        flac = _flac(samples)
        disk.write_whole(new, flac)
        new.replace(kept)
        disk.force_names(kept.parent)
    except OSError as error:
        raise TakeError(
            f"{kept}: the take can't be kept ({disk.reason(error)}). What was said is in {raw.name} "
            "beside it and is kept at the next start."
        ) from error
    return KeptTake(kept, hashlib.sha256(flac).hexdigest(), len(samples) / SAMPLE_RATE)


def _flac(samples: NDArray[np.int16]) -> bytes:
    """The samples as a FLAC file, in memory because libsndfile does not tell when a disk is full."""
    import soundfile  # noqa: PLC0415 - not before the first take

    file = io.BytesIO()
    soundfile.write(file, samples, SAMPLE_RATE, format="FLAC", subtype="PCM_16")
    file.seek(0)
    if not np.array_equal(soundfile.read(file, dtype="int16")[0], samples):
        raise OSError(errno.EIO, "FLAC gives back other samples")
    return file.getvalue()


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
