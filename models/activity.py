"""Where somebody speaks: the Silero model that ships inside faster-whisper, run whole or block by block."""

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import RecogniserError
from models.recogniser import SAMPLE_RATE

BLOCK = 512
"""Samples the model looks at a time (32 ms)."""
_CONTEXT = 64  # samples of the block before that the model wants in front of each block
_SPEECH, _NOT_SPEECH = 0.5, 0.35  # Silero's own thresholds: begin above the one, end below the other
_SHORTEST = 0.2  # seconds; a click or a cough is shorter, "yes" is longer
_LOUD = 0.95  # the model depends on level: peaks are brought here
_LOUD_BLOCKS = 10  # 0.3 s of speech, more than a few clicks
_FAINTEST_PEAK = 0.001  # -60 dBFS; below it a microphone gives its own noise and nobody's voice


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of speech, in seconds from the start of the recording."""

    start: float
    end: float


def loudness_gain(samples: NDArray[np.float32]) -> float:
    """The factor that brings the peaks of `samples` to 0.95; 0 where they are fainter than -60 dBFS.

    The peak is that of the tenth loudest block, so that a key pressed or a bumped microphone doesn't count.
    """
    peaks = np.abs(samples[: len(samples) // BLOCK * BLOCK]).reshape(-1, BLOCK).max(axis=1)
    if len(peaks) < _LOUD_BLOCKS:
        return 0.0
    peak = float(np.partition(peaks, -_LOUD_BLOCKS)[-_LOUD_BLOCKS])
    return _LOUD / peak if peak >= _FAINTEST_PEAK else 0.0


def levelled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """`samples` at the level recognisers want, in -1..1; zeros if they are too faint to hold speech."""
    loud: NDArray[np.float32] = np.clip(samples * np.float32(loudness_gain(samples)), -1.0, 1.0)
    return loud


def speech_stretches(
    samples: NDArray[np.float32], *, pause: float = 0.3, padding: float = 0.2
) -> list[Stretch]:
    """Where somebody speaks in mono float32 `samples` at 16 kHz.

    A pause of `pause` seconds ends a stretch; `padding` seconds are added at both ends. 300 and 200 ms are
    what was measured to cut replies well.
    """
    gain = loudness_gain(samples)
    if not gain:
        return []
    live = LiveActivity(gain=gain, pause=pause, padding=padding)
    return [*live.feed(samples), *live.finish()]


class LiveActivity:
    """Voice activity while the audio comes in; block by block it finds what `speech_stretches` finds.

    `gain` brings the microphone's level to what the model wants (see `loudness_gain`).
    """

    def __init__(self, *, gain: float = 1.0, pause: float = 0.3, padding: float = 0.2) -> None:
        self._gain = np.float32(gain)
        self._model = _model()
        self._state = np.zeros((2, 1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._waiting = np.zeros(0, np.float32)
        self._cutter = _Cutter(pause=pause, padding=padding)

    @property
    def speaking_since(self) -> float | None:
        """Where the stretch that is still open began, in seconds; None in a pause."""
        return self._cutter.open_since

    @property
    def silent_for(self) -> float:
        """Seconds since the last sound of speech; 0 while it sounds."""
        return self._cutter.silent_for

    def feed(self, samples: NDArray[np.float32]) -> list[Stretch]:
        """The stretches that these next samples bring to their end."""
        self._waiting = np.concatenate([self._waiting, np.clip(samples * self._gain, -1.0, 1.0)])
        whole = len(self._waiting) // BLOCK * BLOCK
        blocks, self._waiting = self._waiting[:whole], self._waiting[whole:]
        return [stretch for p in self._probabilities(blocks) for stretch in self._cutter.push(p)]

    def finish(self) -> list[Stretch]:
        """What is still open at the end of the recording; the object is done after that."""
        rest = len(self._waiting)
        seconds = (self._cutter.blocks * BLOCK + rest) / SAMPLE_RATE
        closed = self.feed(np.zeros(BLOCK - rest, np.float32)) if rest else []
        return [*closed, *self._cutter.finish(seconds)]

    def _probabilities(self, samples: NDArray[np.float32]) -> Iterator[float]:
        if not len(samples):
            return
        blocks = samples.reshape(-1, BLOCK)
        before = np.vstack([self._context, blocks[:-1, -_CONTEXT:]])
        self._context = blocks[-1, -_CONTEXT:]
        told, h, c = self._model.run(
            None, {"input": np.hstack([before, blocks]), "h": self._state[0], "c": self._state[1]}
        )
        self._state = np.stack([h, c])
        yield from (float(p) for p in np.ravel(told))


class _Cutter:
    """Probabilities of speech, one a block, cut into stretches."""

    def __init__(self, *, pause: float, padding: float) -> None:
        self._pause = pause
        self._padding = padding
        self._start: float | None = None
        self._quiet_since: float | None = None
        self._last_end = 0.0
        self.blocks = 0

    @property
    def _now(self) -> float:
        return self.blocks * BLOCK / SAMPLE_RATE

    @property
    def open_since(self) -> float | None:
        return None if self._start is None else max(self._start - self._padding, self._last_end)

    @property
    def silent_for(self) -> float:
        if self._start is None:
            return self._now - max(0.0, self._last_end - self._padding)
        return 0.0 if self._quiet_since is None else self._now - self._quiet_since

    def push(self, probability: float) -> Iterator[Stretch]:
        at = self._now
        self.blocks += 1
        if probability >= _SPEECH:
            self._quiet_since = None
            if self._start is None:
                self._start = at
        elif self._start is not None and probability < _NOT_SPEECH:
            if self._quiet_since is None:
                self._quiet_since = at
            if self._now - self._quiet_since >= self._pause:
                yield from self._close(self._quiet_since, limit=self._now)

    def finish(self, seconds: float) -> Iterator[Stretch]:
        if self._start is not None:
            yield from self._close(self._quiet_since or seconds, limit=seconds)

    def _close(self, end: float, *, limit: float) -> Iterator[Stretch]:
        start, since = self._start or 0.0, self.open_since or 0.0
        self._start = self._quiet_since = None
        if end - start >= _SHORTEST:
            self._last_end = min(end + self._padding, limit)
            yield Stretch(since, self._last_end)


@cache
def _model() -> Any:
    """An onnxruntime session, safe to share: the state is handed in and out."""
    import onnxruntime  # noqa: PLC0415  (0.3 s)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(_weights()), options, providers=["CPUExecutionProvider"])


def _weights() -> Path:
    # The package itself isn't imported: that costs half a second and the model is only a file in it.
    spec = importlib.util.find_spec("faster_whisper")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        if (file := Path(place) / "assets" / "silero_vad_v6.onnx").is_file():
            return file
    raise RecogniserError(
        "faster-whisper's voice activity model is missing. Install the project again: ./run sets it up."
    )
