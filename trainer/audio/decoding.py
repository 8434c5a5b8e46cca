"""Files of sound as mono blocks at their own rate: soundfile where it can, PyAV for the rest."""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.audio.errors import AudioError
from trainer.audio.native_stderr import silenced

BLOCK = 4096
"""Frames a block: also the usual block of FLAC, so a broken one takes no good neighbour with it."""

STREAMED = 0x7F000000
"""A WAV header that promises this many bytes was written to a pipe and promises nothing."""

MISSING_SECONDS = 0.5
"""Headers round, and encoders pad: less than this short of what was promised is no loss."""


@dataclass
class Source:
    """An open file: its rate in Hz, its mono float32 blocks and, once they are read, whether it was whole."""

    rate: int
    blocks: Iterator[NDArray[np.float32]] = field(default_factory=lambda: iter(()))
    promised: float | None = None
    broken: bool = False

    def cut_short(self, seconds: float) -> bool:
        """Whether `seconds` of sound are less than there should have been."""
        return self.broken or (self.promised is not None and seconds < self.promised - MISSING_SECONDS)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The sound in `path`. AudioError names the file if no sound can be got from it."""
    import soundfile  # noqa: PLC0415 - with PyAV half a second that only files need

    with silenced(), contextlib.ExitStack() as stack:
        try:
            # Bytes on POSIX: a file's name need not be text there.
            file = stack.enter_context(soundfile.SoundFile(path if os.name == "nt" else os.fsencode(path)))
        except soundfile.LibsndfileError:
            file = None
        if file is None or not file.frames:  # PyAV reads on where a header was left unfinished at 0
            yield stack.enter_context(_pyav(path))
        else:
            source = Source(file.samplerate, promised=_promised(file), broken=_lacks_its_end(file.extra_info))
            source.blocks = _soundfile_blocks(file, source)
            yield source


def _soundfile_blocks(file: Any, source: Source) -> Iterator[NDArray[np.float32]]:
    import soundfile  # noqa: PLC0415

    while True:
        try:
            block = file.read(BLOCK, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            source.broken = True
            return
        if not len(block):
            return
        yield np.ascontiguousarray(block.mean(axis=1, dtype=np.float32))


def _promised(file: Any) -> float | None:
    """Seconds the header promises. libsndfile shortens a WAV to what is there, but reports both sizes."""
    data = re.search(r"^\s*data : (\d+) \(should be (\d+)\)", file.extra_info, re.MULTILINE)
    if data is None:
        return float(file.frames / file.samplerate)
    promised, there = int(data[1]), int(data[2])
    if promised >= STREAMED or not there:
        return None
    return float(file.frames / file.samplerate * promised / there)


def _lacks_its_end(report: str) -> bool:
    signs = ("lacks an end-of-stream bit", "> file length", "ended unexpectedly")
    return any(sign in report for sign in signs)


@contextlib.contextmanager
def _pyav(path: Path) -> Iterator[Source]:
    import av  # noqa: PLC0415

    try:
        with av.open(str(path)) as container:
            stream = container.streams.best("audio")
            if not isinstance(stream, av.AudioStream):
                raise AudioError(f"{path}: has no sound in it. Give a recording, or a video with sound.")
            length = container.duration
            source = Source(stream.rate or 48_000, promised=length / av.time_base if length else None)
            source.blocks = _pyav_blocks(container, stream, source)
            yield source
    except av.FFmpegError as error:
        raise AudioError(
            f"{path}: no sound could be read from it; it is no audio or video file, or lacks its beginning "
            "or end. Export it again, as WAV, FLAC or MP3 if you can."
        ) from error


def _pyav_blocks(container: Any, stream: Any, source: Source) -> Iterator[NDArray[np.float32]]:
    import av  # noqa: PLC0415

    mono = _to_mono(source.rate)
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            source.broken = True
            continue
        for frame in frames:
            try:
                parts = mono.resample(frame)
            except ValueError:  # the stream changed its format on the way
                mono = _to_mono(source.rate)
                parts = mono.resample(frame)
            for part in parts:
                yield part.to_ndarray().reshape(-1)


def _to_mono(rate: int) -> Any:
    import av  # noqa: PLC0415

    return av.AudioResampler(format="flt", layout="mono", rate=rate)
