"""Replies made of the committed clips, and a recogniser that can be held."""

import threading
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.recogniser import Cuts
from scoring.transcript import Word
from tests.models.conftest import clip
from tests.models.sounds import RATE

Samples = NDArray[np.int16]


def said(*parts: str | float) -> Samples:
    """Clips by name and silences in seconds, one after another, as a microphone gives them."""
    sounds = [clip(part).samples if isinstance(part, str) else _quiet(part) for part in parts]
    return np.rint(np.concatenate(sounds) * 32767).astype(np.int16)


def floats(samples: Samples) -> NDArray[np.float32]:
    """As a take is read."""
    return samples.astype(np.float32) / np.float32(32768)


def _quiet(seconds: float) -> NDArray[np.float32]:
    hiss = np.random.default_rng(0).standard_normal(round(seconds * RATE)) * 0.0005
    return hiss.astype(np.float32)


class Named:
    """Hears in each stretch one word, its length in tenths of a second; keeps what it was asked."""

    engine, model, rough, drafts = "faster-whisper", "base.en", False, False
    cuts = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0)

    def __init__(self, *, go: threading.Event | None = None) -> None:
        self.asked: list[tuple[int, bool]] = []
        self.go = go or threading.Event()
        self.begun = threading.Event()
        self.before: Callable[[], object] = lambda: None
        if go is None:
            self.go.set()

    def warm_up(self) -> None: ...

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        self.begun.set()
        self.go.wait(20)
        self.before()
        tenths = round(len(samples) / RATE * 10)
        self.asked.append((tenths, draft))
        return [Word(f"s{tenths}", 0.1, 0.3, 0.9)]
