"""What the sound of a reply says beside its words: filled pauses, and the spans of pitch and loudness."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.activity import levelled
from models.filled_pauses import filled_pauses
from models.pitch import Pitch, pitch_of
from scoring.transcript import Sound, Word

_FEWEST_FRAMES = 100  # of voice, 1.6 s; a span over less is chance
_SPAN = (5, 95)  # percentiles: a single frame that is off does not count


def sound_of(samples: NDArray[np.float32], words: Sequence[Word]) -> Sound:
    """What mono float32 samples at 16 kHz say beside the `words` that were heard in them, once a reply.

    About 5 % of the recording's length of processor time.
    """
    if not words or not len(samples):
        return Sound(filled_pauses=None, pitch_range=None, loudness_range=None)
    pitch = pitch_of(levelled(samples))  # it takes what is faint for silence
    return Sound(
        filled_pauses=filled_pauses(words, samples, pitch),
        pitch_range=_semitones(pitch, words),
        loudness_range=_decibels(pitch, words),
    )


def _semitones(pitch: Pitch, words: Sequence[Word]) -> float | None:
    voiced = pitch.hertz[pitch.voiced & _said(pitch, words)]
    return _span(12 * np.log2(voiced))


def _decibels(pitch: Pitch, words: Sequence[Word]) -> float | None:
    # Of the voiced frames: between them are the closures of "p" and "t", as quiet as the room.
    return _span(pitch.decibels[pitch.voiced & _said(pitch, words)])


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
