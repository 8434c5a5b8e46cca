"""A reply cut in pauses into pieces short enough to lay words over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.alignment.decoder import known
from models.alignment.spoken import spoken
from models.recogniser import SAMPLE_RATE
from scoring.transcript import Word

_CUT = 0.3  # seconds without a word where a long recording may be cut


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words, what is said for each, and the part of the recording they are in, in seconds."""

    words: tuple[Word, ...]
    said: tuple[tuple[str, ...], ...]
    start: float
    end: float

    def sound(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Its part of the recording at 16 kHz."""
        return samples[round(self.start * SAMPLE_RATE) : round(self.end * SAMPLE_RATE)]


def has_times(words: Sequence[Word]) -> bool:
    """Whether there are words, each with its times."""
    return bool(words) and all(word.start is not None and word.end is not None for word in words)


def pieces(
    words: Sequence[Word], samples: NDArray[np.float32], *, long: float = 6.0
) -> Iterator[Piece | tuple[Word, ...]]:
    """The words, all of them with times, in pieces of the mono float32 samples at 16 kHz they are in.

    A piece ends in the first pause after `long` seconds; the search grows with its words. Bare words where it
    can't be told what is said for them.
    """
    first, start = 0, 0.0
    for at, (before, after) in enumerate(pairwise(words), 1):
        gap = _start(after) - _end(before)
        if gap >= _CUT and _end(before) - _start(words[first]) >= long:
            cut = _quietest(samples, _end(before), _start(after))
            yield _piece(words[first:at], start, cut)
            first, start = at, cut
    yield _piece(words[first:], start, len(samples) / SAMPLE_RATE)


def _piece(words: Sequence[Word], start: float, end: float) -> Piece | tuple[Word, ...]:
    said = [spoken(word.text, known) for word in words]
    whole = tuple(one for one in said if one is not None)
    return Piece(tuple(words), whole, start, end) if len(whole) == len(words) else tuple(words)


def _quietest(samples: NDArray[np.float32], start: float, end: float) -> float:
    """The middle of the quietest 100 ms between two times, in seconds; there may be a filler between."""
    frame = SAMPLE_RATE // 10
    part = samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    if len(part) < frame:
        return (start + end) / 2
    power = np.convolve(np.square(part), np.ones(frame, np.float32), mode="valid")
    return start + (int(power.argmin()) + frame / 2) / SAMPLE_RATE


def _start(word: Word) -> float:
    return word.start or 0.0


def _end(word: Word) -> float:
    return word.end or 0.0
