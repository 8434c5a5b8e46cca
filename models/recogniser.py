"""What a speech recogniser is to the rest of the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.errors import RecogniserError
from scoring.transcript import Word

__all__ = ["SAMPLE_RATE", "Cuts", "Recogniser", "RecogniserError"]

SAMPLE_RATE = 16_000
"""Hz; every recogniser takes mono float32 samples in -1..1 at this rate."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """How an engine wants a reply cut, in seconds.

    `pause`: what ends speech; `padding`: what is left around it (no more than `pause`); `enough`: speech is
    joined until a stretch has this much, for words in a row are heard better; `longest`: none is longer.
    """

    pause: float
    padding: float
    enough: float
    longest: float


class Recogniser(Protocol):
    """Speech to words, on this machine, a stretch at a time. One thread at a time.

    `drafts` says whether it can hear a stretch more cheaply, and perhaps less well, where the words are not
    to stay. `trainer.hearing` makes a whole reply of the stretches.
    """

    engine: str
    model: str
    rough: bool
    cuts: Cuts
    drafts: bool

    def warm_up(self) -> None:
        """Loads what it needs (up to 3 s), so that no reply waits for it; RecogniserError if it can't."""
        ...

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        """The words of one stretch of speech, timed from its beginning. The same samples, the same words."""
        ...
