"""How loud sound is."""

import math

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE

FULL_SCALE = 32768.0
SILENCE = -math.inf

FRAME = SAMPLE_RATE * 30 // 1000


def dbfs(samples: NDArray[np.int16] | NDArray[np.float32]) -> float:
    """RMS against full scale in dB: 0 for a square wave at the limits, -inf for silence or no samples."""
    if not len(samples):
        return SILENCE
    values = samples.astype(np.float64)
    power = float(np.dot(values, values)) / len(values)
    return _decibels(math.sqrt(power), samples.dtype)


def peak_dbfs(samples: NDArray[np.int16] | NDArray[np.float32]) -> float:
    """The largest sample against full scale in dB, -inf for silence or no samples."""
    if not len(samples):
        return SILENCE
    return _decibels(float(np.abs(samples.astype(np.float64)).max()), samples.dtype)


def floor(samples: NDArray[np.float32]) -> float:
    """How loud it is between other sounds: the RMS that a tenth of all 30 ms frames stay below, in dBFS."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    levels = sorted(dbfs(frame) for frame in frames) or [SILENCE]
    return levels[len(levels) // 10]


def clipped_share(samples: NDArray[np.float32]) -> float:
    """The share of samples that lie at full scale, 0 to 1."""
    return float(np.mean(np.abs(samples) >= 0.999)) if len(samples) else 0.0


def _decibels(value: float, dtype: np.dtype[np.int16] | np.dtype[np.float32]) -> float:
    full = FULL_SCALE if dtype.kind == "i" else 1.0
    return 20 * math.log10(value / full) if value > 0 else SILENCE
