"""How loud sound is, and whether a microphone can be worked with."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE

FULL_SCALE = 32768.0
SILENCE = -math.inf

Verdict = Literal["good", "dead", "silent", "clipped", "noisy"]

QUIET_DBFS = -50.0
"""Below this speech drowns in a cheap converter's own noise; at arm's length people give -35 to -20 dBFS."""

CLIPPED_SHARE = 0.001
"""One sample in a thousand at full scale is heard as crackle, and is more than a plosive makes."""

SPEECH_OVER_NOISE_DB = 15.0
"""What is loud against what is quiet in running speech; a quiet room gives 30 and more."""

FRAME = SAMPLE_RATE * 30 // 1000


@dataclass(frozen=True, slots=True)
class Judgement:
    """A trial recording in dBFS (RMS of its loud and its quiet 30 ms frames), and one line about it."""

    verdict: Verdict
    peak: float
    speech: float
    noise: float
    message: str


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


def judge(samples: NDArray[np.float32]) -> Judgement:
    """Whether somebody speaking for some seconds into this microphone can be heard well."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    levels = sorted(dbfs(frame) for frame in frames) or [SILENCE]
    noise, speech = levels[len(levels) // 10], levels[len(levels) * 9 // 10]
    peak = peak_dbfs(samples)
    clipped = float(np.mean(np.abs(samples) >= 0.999)) if len(samples) else 0.0
    verdict, message = _verdict(peak, speech, noise, clipped)
    return Judgement(verdict, peak, speech, noise, message)


def _verdict(peak: float, speech: float, noise: float, clipped: float) -> tuple[Verdict, str]:
    if peak == SILENCE:
        return "dead", "The microphone gives nothing at all: it is muted, or this program may not use it."
    if clipped > CLIPPED_SHARE:
        return "clipped", f"Too loud: {clipped:.1%} of it is cut off. Turn the microphone down or move back."
    if speech < QUIET_DBFS:
        return "silent", f"Hardly a sound ({speech:.0f} dBFS). Turn the microphone up, or choose another."
    if speech - noise < SPEECH_OVER_NOISE_DB:
        over = speech - noise
        return "noisy", f"Speech is only {over:.0f} dB above the noise. Move closer, or to a quieter place."
    return "good", f"Speech {speech:.0f} dBFS, noise {noise:.0f} dBFS."


def _decibels(value: float, dtype: np.dtype[np.int16] | np.dtype[np.float32]) -> float:
    full = FULL_SCALE if dtype.kind == "i" else 1.0
    return 20 * math.log10(value / full) if value > 0 else SILENCE
