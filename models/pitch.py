"""The pitch of a voice, frame by frame, by the small network of swift-f0."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE

if TYPE_CHECKING:
    from swift_f0 import SwiftF0

FRAME = 0.016
"""Seconds from one frame to the next."""
_LOWEST, _HIGHEST = 60.0, 500.0  # Hz; a bass at rest and a lively soprano, speaking
_VOICED = 0.5  # the network's own threshold


@dataclass(frozen=True, slots=True)
class Pitch:
    """One value a frame: its time in seconds, pitch in Hz, whether there is a voice, and its level in dB."""

    times: NDArray[np.float64]
    hertz: NDArray[np.float64]
    voiced: NDArray[np.bool_]
    decibels: NDArray[np.float64]


def pitch_of(samples: NDArray[np.float32]) -> Pitch:
    """The pitch of mono float32 samples at 16 kHz; at least one of them."""
    told = _detector().detect(samples, SAMPLE_RATE, _LOWEST, _HIGHEST)
    return Pitch(told.timestamps, told.pitch_hz, told.confidence >= _VOICED, told.loudness_db)


@cache
def _detector() -> "SwiftF0":
    """Loaded once (30 ms); safe to share between threads."""
    from swift_f0 import SwiftF0  # noqa: PLC0415  (onnxruntime, 0.3 s)

    return SwiftF0(threads=1, spin=False)
