"""Plays a take, a line of the prospect, or the evidence in a reply."""

import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio.decoding import opened
from trainer.audio.errors import AudioDeviceError
from trainer.audio.portaudio import Fill, OpenLoudspeaker, Stream, open_loudspeaker
from trainer.audio.reading import check
from trainer.audio.resampling import Resampler
from trainer.audio.waiting import in_time

Sound = NDArray[np.float32]

TRAILING_SILENCE = 0.3
"""PortAudio cuts off the last 50 to 270 ms of what it plays."""

OPENING_SECONDS = 3.0
STALLED_SECONDS = 1.0


class Player:
    """A loudspeaker that plays one thing at a time. Any thread may call; a new sound ends the one before."""

    def __init__(self, opener: OpenLoudspeaker = open_loudspeaker) -> None:
        self._opener = opener
        self._lock = threading.Lock()
        self._now: _Playback | None = None

    @property
    def playing(self) -> bool:
        """Whether something is to be heard."""
        now = self._now
        return now is not None and not now.over.is_set()

    def play(self, sound: Path | str | Sound, start: float = 0.0, end: float | None = None) -> None:
        """Plays a file, or samples at 16 kHz, from second `start` to `end`, and returns when it begins.

        That takes some tens of milliseconds, 3 s at worst. AudioError for a file without sound,
        AudioDeviceError where there is no loudspeaker.
        """
        samples, rate = (sound, SAMPLE_RATE) if isinstance(sound, np.ndarray) else _load(Path(sound))
        samples = samples[round(start * rate) : None if end is None else round(end * rate)]
        with self._lock:
            if self._now:
                self._now.stop()
            self._now = _Playback(self._opener, samples, rate)
            self._now.begin()

    def stop(self) -> None:
        """Silence, now; also what is only about to play, so without waiting for it."""
        if now := self._now:
            now.stop()


class _Playback:
    """One sound on its way."""

    def __init__(self, opener: OpenLoudspeaker, samples: Sound, rate: int) -> None:
        self.over = threading.Event()
        self._opener, self._samples, self._rate = opener, samples, rate
        self._end = threading.Event()
        self._at = 0

    def begin(self) -> None:
        try:
            stream = in_time(self._open, OPENING_SECONDS, late=lambda too_late: too_late.close())
        except AudioDeviceError:
            self.stop()
            raise
        # A daemon: nobody must have to wait for what it does in the end, which is closing the device.
        threading.Thread(target=self._run, args=(stream,), name="player", daemon=True).start()

    def stop(self) -> None:
        self._end.set()
        self.over.set()

    def _open(self) -> Stream:
        return self._opener(self._rate, self._fill_for, self._end.set)

    def _run(self, stream: Stream) -> None:
        self._wait(stream)
        self.over.set()
        stream.close()

    def _wait(self, stream: Stream) -> None:
        """Until it is played, stopped, or the device takes no more (of which nothing else tells)."""
        at = -1
        while at != self._at:
            at = self._at
            if self._end.wait(STALLED_SECONDS + stream.latency):
                return

    def _fill_for(self, rate: int) -> Fill:
        samples = self._samples
        if rate != self._rate:
            samples = Resampler(self._rate, rate, np.float32)(samples, last=True)
        samples = np.append(samples, np.zeros(round(TRAILING_SILENCE * rate), np.float32))

        def fill(out: Sound) -> bool:
            part = samples[self._at : self._at + len(out)]
            out[: len(part)] = part
            out[len(part) :] = 0
            self._at += len(part)
            return self._at < len(samples) and not self._end.is_set()

        return fill


def _load(path: Path) -> tuple[Sound, int]:
    """A file at its own rate: a voice at 22 kHz should not lose its treble on the way."""
    check(path)
    with opened(path) as source:
        return np.concatenate([np.zeros(0, np.float32), *source.blocks]), source.rate
