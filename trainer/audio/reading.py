"""Any file with sound in it, as what a recogniser takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio.decoding import Source, opened
from trainer.audio.errors import AudioError
from trainer.audio.resampling import Resampler

REPLY_SECONDS = 300.0
"""The longest reply: 5 minutes, recorded or read."""

RATES = range(1_000, 1_000_000)
"""Hz that sound is stored at; anything else is a broken header."""

__all__ = ["REPLY_SECONDS", "SAMPLE_RATE", "AudioError", "Recording", "read"]


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Mono float32 samples at 16 kHz within -1..1; `note` says what the file lacked, if anything."""

    samples: NDArray[np.float32]
    note: str = ""

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / SAMPLE_RATE


def read(path: Path | str, *, limit: float = REPLY_SECONDS) -> Recording:
    """The sound in an audio or video file; stereo is mixed down, any rate becomes 16 kHz.

    Stops as soon as `limit` seconds are exceeded, so memory is bounded by 64 kB a second of `limit`.
    A file that is cut short gives what it has, and a note. AudioError: one line with the file and the mend.
    """
    path = Path(path)
    check(path)
    try:
        with opened(path) as source:
            if source.rate not in RATES:
                raise AudioError(f"{path}: claims {source.rate} samples a second. Export it again.")
            samples = _collect(path, source, limit)
            seconds = len(samples) / SAMPLE_RATE
            note = f"{path}: is cut short or damaged; its first {seconds:.1f} s were read."
            return Recording(samples, note if source.cut_short(seconds) else "")
    except OSError as error:
        raise AudioError(f"{path}: can't be read ({error.strerror or error}).") from error


def check(path: Path) -> None:
    """AudioError unless `path` is a file with something in it."""
    try:
        if path.is_dir():
            raise AudioError(f"{path}: is a folder. Name one audio file in it.")
        if not path.exists():
            raise AudioError(f"{path}: there is no such file. Check its name.")
        if not path.is_file():
            raise AudioError(f"{path}: is a device or a pipe. Save the sound to a file first.")
        with path.open("rb") as file:
            if not file.read(1):
                raise AudioError(f"{path}: is empty (0 bytes). Record or export it again.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AudioError(f"{path}: can't be opened ({reason}). Check its name and permissions.") from error


def _collect(path: Path, source: Source, limit: float) -> NDArray[np.float32]:
    """Everything the source has, in one growing buffer (a list of blocks would need twice the memory)."""
    gathered = bytearray()
    for block in _at_16_khz(source):
        gathered += np.clip(block, -1.0, 1.0).tobytes()
        if len(gathered) > limit * SAMPLE_RATE * 4:
            raise AudioError(f"{path}: is longer than {_length(limit)}, the most that is taken here. Cut it.")
    if not gathered:
        raise AudioError(f"{path}: has no sound in it (0 seconds). Record or export it again.")
    return np.frombuffer(gathered, np.float32)


def _at_16_khz(source: Source) -> Iterator[NDArray[np.float32]]:
    # A single value that is no number would be all that a resampler gives from there on.
    blocks = (np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0) for block in source.blocks)
    if source.rate == SAMPLE_RATE:
        yield from blocks
        return
    resample = Resampler(source.rate, SAMPLE_RATE, np.float32)
    for block in blocks:
        yield resample(block)
    yield resample(np.zeros(0, np.float32), last=True)


def _length(seconds: float) -> str:
    return f"{seconds / 60:g} minutes" if seconds >= 60 else f"{seconds:g} seconds"
