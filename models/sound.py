"""What the sound of a reply says beside its words: filled pauses, and the spans of pitch and loudness.

It is looked for in one stretch at a time, while the rep goes on speaking, and put together at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.activity import loudness_gain
from models.alignment.decoder import known
from models.filled_pauses import filled_pauses
from models.pitch import Pitch, pitch_of
from models.recogniser import SAMPLE_RATE
from scoring.transcript import FilledPause, Sound, Word

_FEWEST_FRAMES = 100  # of voice, 1.6 s; a span over less is chance
_SPAN = (5, 95)  # percentiles: a single frame that is off does not count


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What one stretch says beside its words.

    `filled_pauses` are timed from its beginning, None where they could not be looked for. `semitones` and
    `decibels` are those of every frame with a voice that is in a word.
    """

    filled_pauses: tuple[FilledPause, ...] | None
    semitones: NDArray[np.float64]
    decibels: NDArray[np.float64]


def warm_up() -> None:
    """Loads what it needs (0.5 s), so that no stretch waits for it."""
    known("")
    pitch_of(np.zeros(SAMPLE_RATE, np.float32))


def sound_beside(samples: NDArray[np.float32], speech: bytes, words: Sequence[Word]) -> Beside:
    """What one stretch, mono float32 samples at 16 kHz, says beside the `words` that were heard in it.

    `speech` has a byte for each block of it, 1 for speech, as voice activity heard it within the whole.
    About 3 % of its length of processor time. Holds Python's lock: see `models.aside`.
    """
    gain = loudness_gain(samples)
    if not words or not gain:
        return Beside(None if words else (), np.zeros(0), np.zeros(0))
    loud = np.clip(samples * np.float32(gain), -1.0, 1.0)
    pitch = pitch_of(loud)  # it takes what is faint for silence
    spoken = pitch.voiced & _said(pitch, words)
    return Beside(
        filled_pauses(words, samples, speech, pitch),
        12 * np.log2(pitch.hertz[spoken]),
        # Of the voiced frames: between them are the closures of "p" and "t", as quiet as the room.
        pitch.decibels[spoken] - 20 * np.log10(gain),
    )


def together(parts: Sequence[tuple[float, Beside]]) -> Sound:
    """What a whole reply says beside its words, of its stretches with words and where each begins (s)."""
    if not parts:
        return Sound(filled_pauses=None, pitch_range=None, loudness_range=None)
    return Sound(
        filled_pauses=_all_of(parts),
        pitch_range=_span(np.concatenate([part.semitones for _, part in parts])),
        loudness_range=_span(np.concatenate([part.decibels for _, part in parts])),
    )


def _all_of(parts: Sequence[tuple[float, Beside]]) -> tuple[FilledPause, ...] | None:
    found: list[FilledPause] = []
    for at, part in parts:
        if part.filled_pauses is None:  # a count of some stretches would pass for one of the reply
            return None
        found += (FilledPause(round(one.start + at, 3), round(one.end + at, 3)) for one in part.filled_pauses)
    return tuple(found)


def _span(values: NDArray[np.float64]) -> float | None:
    if len(values) < _FEWEST_FRAMES:
        return None
    low, high = np.percentile(values, _SPAN)
    return round(float(high - low), 1)


def _said(pitch: Pitch, words: Sequence[Word]) -> NDArray[np.bool_]:
    """Which frames are inside a word."""
    inside = np.zeros(len(pitch.times), bool)
    for word in words:
        if word.start is not None and word.end is not None:
            inside |= (pitch.times >= word.start) & (pitch.times <= word.end)
    return inside
