"""When each word of a reply was said: the recogniser's words, laid over the sound by forced alignment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.activity import levelled
from models.alignment.decoder import Span, align, known, shortest, there
from models.alignment.spoken import spoken
from models.recogniser import SAMPLE_RATE
from scoring.transcript import Word

__all__ = ["aligned"]

_CUT = 0.3  # seconds without a word where a long recording may be cut
_PIECE = 12.0  # seconds of words in one go; the search grows with the words
_MARGIN = 0.4  # seconds around a piece: the recogniser's own times are that far off now and then
_SQUEEZED = 0.35


@dataclass(frozen=True, slots=True)
class _Piece:
    """Neighbouring words and the part of the recording they are in, in seconds."""

    words: tuple[Word, ...]
    start: float
    end: float


def aligned(words: Sequence[Word], samples: NDArray[np.float32]) -> list[Word]:
    """The same words with times from forced alignment, the recogniser's own where that fails.

    `samples` are mono float32 at 16 kHz, times are in seconds from their beginning. Word starts are within
    10 ms (median) on clear speech; it takes a few percent of the sound's length. Words without times, or
    in a script that has no pronunciation here, come back as they are; so do all without pocketsphinx.
    """
    given = list(words)
    if not given or any(word.start is None or word.end is None for word in given) or not there():
        return given
    loud = levelled(samples)
    return [word for piece in _pieces(given, len(samples) / SAMPLE_RATE) for word in _timed(piece, loud)]


def _pieces(words: Sequence[Word], seconds: float) -> Iterator[_Piece]:
    first, start = 0, 0.0
    for at, (before, after) in enumerate(pairwise(words), 1):
        gap = _start(after) - _end(before)
        if gap >= _CUT and _end(before) - _start(words[first]) >= _PIECE / 2:
            middle = _end(before) + gap / 2
            yield _Piece(tuple(words[first:at]), start, middle)
            first, start = at, middle
    yield _Piece(tuple(words[first:]), start, seconds)


def _timed(piece: _Piece, samples: NDArray[np.float32]) -> list[Word]:
    said = [spoken(word.text, known) for word in piece.words]
    if any(one is None for one in said):
        return list(piece.words)
    counts = [len(one or ()) for one in said]
    start = max(piece.start, _start(piece.words[0]) - _MARGIN)
    end = min(piece.end, _end(piece.words[-1]) + _MARGIN)
    part = samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    spans = align([word for one in said for word in one or ()], part)
    if spans is None or not _likely(spans):
        return list(piece.words)
    return list(_with_times(piece.words, counts, spans, start))


def _with_times(
    words: Sequence[Word], counts: Sequence[int], spans: Sequence[Span], offset: float
) -> Iterator[Word]:
    at, last = 0, offset
    for word, count in zip(words, counts, strict=True):
        if count:
            start, last = offset + spans[at].start, offset + spans[at + count - 1].end
            yield replace(word, start=round(start, 3), end=round(last, 3))
        else:  # a dash: said by nobody, where the word before it ends
            yield replace(word, start=round(last, 3), end=round(last, 3))
        at += count


def _likely(spans: Sequence[Span]) -> bool:
    """Not so if many words got the shortest time there is: they were squeezed in beside what was really said.

    Right words were at most a third that short in 66 recordings of people, other sentences laid over them up
    to 44 %: it finds the worst cases only.
    """
    squeezed = sum(span.end - span.start <= shortest(span.word) for span in spans)
    return squeezed <= max(1, _SQUEEZED * len(spans))


def _start(word: Word) -> float:
    return word.start or 0.0


def _end(word: Word) -> float:
    return word.end or 0.0
