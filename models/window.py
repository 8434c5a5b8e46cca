"""Whisper's window of 30 s, and less of it for a short stretch."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Window = Literal["full", "short"]
"""`full` is what Whisper was trained on. `short` makes the encoder 4 to 8 times cheaper."""

_SHORT = " short"


def named(model: str, window: Window) -> str:
    """What a transcript says of the model and window it was heard with: "base.en", "base.en short"."""
    return model + (_SHORT if window == "short" else "")


def parted(name: str) -> tuple[str, Window]:
    """The model and window of such a name."""
    return (name.removesuffix(_SHORT), "short") if name.endswith(_SHORT) else (name, "full")


FEWEST = 1000
"""Frames (10 ms each) of a short window. Below some 10 s unadapted models lose the end of what was said."""
_REST = 250  # frames of silence behind the sound: without, the decoder doesn't know when to stop


class Encoder:
    """A model's `encode`, given less of the padding where `short` is set.

    faster-whisper fills every stretch up to 3000 frames with zeros before it calls this.
    """

    def __init__(self, encode: Callable[[NDArray[np.float32]], Any]) -> None:
        self._encode = encode
        self.short = False

    def __call__(self, features: NDArray[np.float32]) -> Any:
        """The encoder's output for log-mel features, `(mels, frames)`."""
        return self._encode(features[:, : frames(features)] if self.short else features)


def frames(features: NDArray[np.float32]) -> int:
    """How many frames of padded features are worth encoding: the sound and 2.5 s, 10 s at least."""
    sounding = np.flatnonzero(features.any(axis=0))
    content = int(sounding[-1]) + 1 if len(sounding) else 0
    return int(min(features.shape[1], max(FEWEST, content + _REST + content % 2)))
