import threading
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from trainer.audio.errors import AudioDeviceError
from trainer.audio.portaudio import Fill, OnBlock

BLOCK = 512


class FakeMicrophone:
    """Opens as a microphone does; `speak` is what PortAudio's thread would do."""

    def __init__(self, *, rate: int = 16_000, channels: int = 1, refusal: str = "") -> None:
        self.rate, self.channels, self.latency = rate, channels, 0.0
        self.closed, self.answering = threading.Event(), threading.Event()
        self.answering.set()
        self.name = ""
        self._refusal = refusal

    def __call__(self, name: str, on_block: OnBlock, on_end: Callable[[], None]) -> "FakeMicrophone":
        if self._refusal:
            raise AudioDeviceError(self._refusal)
        self.answering.wait()
        self.name, self._on_block, self.vanish = name, on_block, on_end
        return self

    def speak(self, samples: NDArray[np.int16], *, overflow: bool = False) -> None:
        size = BLOCK * self.channels
        for at in range(0, samples.size, size):
            self._on_block(samples.reshape(-1)[at : at + size].tobytes(), overflow and at == 0)

    def close(self) -> None:
        self.closed.set()


class FakeLoudspeaker:
    """Opens as a loudspeaker does; plays as fast as it is asked to."""

    def __init__(self, *, rate: int = 0, refusal: str = "", stuck: bool = False) -> None:
        self.rate, self.channels, self.latency = rate, 1, 0.0
        self.closed = threading.Event()
        self.played: NDArray[np.float32] = np.zeros(0, np.float32)
        self._refusal, self._stuck = refusal, stuck

    def __call__(
        self, rate: int, fill_for: Callable[[int], Fill], on_end: Callable[[], None]
    ) -> "FakeLoudspeaker":
        if self._refusal:
            raise AudioDeviceError(self._refusal)
        self.rate = self.rate or rate
        self._fill, self._on_end = fill_for(self.rate), on_end
        if not self._stuck:
            self.play(1 << 30)
        return self

    def play(self, blocks: int) -> None:
        for _ in range(blocks):
            out = np.full(BLOCK, np.nan, np.float32)
            more = self._fill(out)
            self.played = np.append(self.played, out)
            if not more:
                self._on_end()
                return

    def close(self) -> None:
        self.closed.set()


def speech(seconds: float, *, rate: int = 16_000, loudness: float = 0.3) -> NDArray[np.int16]:
    """Noise, different at every sample, so that any shift or loss shows."""
    noise = np.random.default_rng(7).uniform(-loudness, loudness, round(seconds * rate))
    return (noise * 32767).astype(np.int16)
