"""Where somebody speaks: the Silero model that ships inside faster-whisper, block by block."""

import heapq
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
_FORGETS = (
    2.0  # seconds of silence; after 100 s of it the model hears a voice 0.3 s late, a fresh one at once
)
_QUIET_VOICE = 0.002  # -54 dBFS; what is quieter is not brought up to a voice's level before one was heard


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of speech, in seconds from the start of the recording."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


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
    live = LiveActivity(pause=pause, padding=padding)
    return [*live.feed(samples), *live.finish()]


class Blocks:
    """Samples cut into whole blocks as they come; `rest` is what is not a whole one yet."""

    def __init__(self) -> None:
        self.rest = np.zeros(0, np.float32)

    def of(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The blocks that these next samples complete, `(blocks, BLOCK)`."""
        waiting = np.concatenate([self.rest, samples])
        whole = len(waiting) // BLOCK * BLOCK
        self.rest = waiting[whole:]
        return waiting[:whole].reshape(-1, BLOCK)


class LiveActivity:
    """Voice activity while the sound comes in. It knows nothing of what is still to come, not even how loud
    it will be: so a finished recording and one that is being spoken give the same stretches.
    """

    def __init__(self, *, pause: float = 0.3, padding: float = 0.2) -> None:
        self._model = _model()
        self._state = np.zeros((2, 1, 1, 128), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._blocks = Blocks()
        self._forgot_at = 0.0
        self._level = _Level()
        self._cutter = _Cutter(pause=pause, padding=padding)
        self.spoken = bytearray()
        """For each block so far 1 if it is speech, else 0."""

    @property
    def seconds(self) -> float:
        """How much was looked at."""
        return self._cutter.now

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
        return [stretch for block in self._blocks.of(samples) for stretch in self._look(block)]

    def finish(self) -> list[Stretch]:
        """What is still open at the end of the recording; the object is done after that."""
        rest = len(self._blocks.rest)
        seconds = self.seconds + rest / SAMPLE_RATE
        closed = self.feed(np.zeros(BLOCK - rest, np.float32)) if rest else []
        return [*closed, *self._cutter.finish(seconds)]

    def _look(self, block: NDArray[np.float32]) -> Iterator[Stretch]:
        probability = self._probability(block)
        on = bool(self.spoken) and bool(self.spoken[-1])
        self.spoken.append(probability >= (_NOT_SPEECH if on else _SPEECH))
        return self._cutter.push(probability)

    def _probability(self, block: NDArray[np.float32]) -> float:
        # One block at a time, always: then whole recordings give what blocks gave, to the last bit.
        if self.silent_for - self._forgot_at >= _FORGETS or not self.silent_for:
            self._forgot_at = self.silent_for
            if self.silent_for:
                self._state = np.zeros_like(self._state)
        loud = self._level.brought_up(block)
        told, h, c = self._model.run(
            None,
            {"input": np.hstack([self._context, loud])[None], "h": self._state[0], "c": self._state[1]},
        )
        self._context, self._state = loud[-_CONTEXT:], np.stack([h, c])
        return float(np.ravel(told)[0])


class _Level:
    """Brings each block up by how loud it has been so far: by the tenth loudest block, never to clipping."""

    def __init__(self) -> None:
        self._loudest: list[float] = []  # peaks, a heap

    def brought_up(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        peak = float(np.abs(block).max())
        push = heapq.heappush if len(self._loudest) < _LOUD_BLOCKS else heapq.heappushpop
        push(self._loudest, peak)
        loud: NDArray[np.float32] = block * np.float32(_LOUD / max(peak, self._loudest[0], _QUIET_VOICE))
        return loud


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
    def now(self) -> float:
        return self.blocks * BLOCK / SAMPLE_RATE

    @property
    def open_since(self) -> float | None:
        return None if self._start is None else max(self._start - self._padding, self._last_end)

    @property
    def silent_for(self) -> float:
        if self._start is None:
            return self.now - max(0.0, self._last_end - self._padding)
        return 0.0 if self._quiet_since is None else self.now - self._quiet_since

    def push(self, probability: float) -> Iterator[Stretch]:
        at = self.now
        self.blocks += 1
        if probability >= _SPEECH:
            self._quiet_since = None
            if self._start is None:
                self._start = at
        elif self._start is not None and probability < _NOT_SPEECH:
            if self._quiet_since is None:
                self._quiet_since = at
            if self.now - self._quiet_since >= self._pause:
                yield from self._close(self._quiet_since, limit=self.now)

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
