"""When each word of a reply was said: the recogniser's words, laid over the sound by forced alignment."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.activity import levelled
from models.alignment.decoder import Span, align, shortest, there
from models.alignment.pieces import Piece, has_times, pieces
from scoring.transcript import Word

__all__ = ["aligned"]

_MARGIN = 0.4  # seconds around the words; the recogniser's own times are that far off now and then
_SQUEEZED = 0.35


def aligned(words: Sequence[Word], samples: NDArray[np.float32]) -> list[Word]:
    """The same words with times from forced alignment, the recogniser's own where that fails.

    `samples` are mono float32 at 16 kHz, times are in seconds from their beginning. Word starts are within
    10 ms (median) on clear speech; it takes a few percent of the sound's length. Words without times, or
    in a script that has no pronunciation here, come back as they are; so do all without pocketsphinx.
    """
    if not has_times(words) or not there():
        return list(words)
    loud = levelled(samples)
    found: list[Word] = []
    for piece in pieces(words, loud):
        found += _timed(piece, loud) if isinstance(piece, Piece) else piece
    return found


def _timed(piece: Piece, samples: NDArray[np.float32]) -> Sequence[Word]:
    near = replace(
        piece,
        start=max(piece.start, (piece.words[0].start or 0.0) - _MARGIN),
        end=min(piece.end, (piece.words[-1].end or 0.0) + _MARGIN),
    )
    spans = align([word for one in near.said for word in one], near.sound(samples))
    return list(_with_times(near, spans)) if spans and _likely(spans) else piece.words


def _with_times(piece: Piece, spans: Sequence[Span]) -> Iterator[Word]:
    at, last = 0, piece.start
    for word, said in zip(piece.words, piece.said, strict=True):
        if said:
            start, last = piece.start + spans[at].start, piece.start + spans[at + len(said) - 1].end
            yield replace(word, start=round(start, 3), end=round(last, 3))
        else:  # a dash: said by nobody, where the word before it ends
            yield replace(word, start=round(last, 3), end=round(last, 3))
        at += len(said)


def _likely(spans: Sequence[Span]) -> bool:
    """Not so if many words got the shortest time there is: they were squeezed in beside what was really said.

    Right words were at most a third that short in 66 recordings of people, other sentences laid over them up
    to 44 %: it finds the worst cases only.
    """
    squeezed = sum(span.end - span.start <= shortest(span.word) for span in spans)
    return squeezed <= max(1, _SQUEEZED * len(spans))
