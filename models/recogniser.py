"""What a speech recogniser is to the rest of the program."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import RecogniserError
from scoring.transcript import Transcript

__all__ = ["SAMPLE_RATE", "Recogniser", "RecogniserError"]

SAMPLE_RATE = 16_000
"""Hz; every recogniser takes mono float32 samples in -1..1 at this rate."""


class Recogniser(Protocol):
    """Speech to words, on this machine. One thread at a time."""

    engine: str
    model: str
    rough: bool

    def warm_up(self) -> None:
        """Loads what it needs (up to 3 s), so that no reply waits for it; RecogniserError if it can't."""
        ...

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        hotwords: Sequence[str] = (),
        on_progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Transcript:
        """The words of mono float32 `samples` at 16 kHz; none of them for silence, noise or a cough.

        `on_progress` gets the share done, 0 to 1. When `cancelled` turns true the words so far come back.
        """
        ...
