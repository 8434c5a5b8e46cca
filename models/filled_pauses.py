"""Filled pauses that the recogniser dropped: an "um" or "uh" where no word is, that sounds like one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.activity import BLOCK, levelled
from models.alignment.decoder import FILLERS, Span, there, with_fillers
from models.alignment.pieces import Piece, has_times, pieces
from models.pitch import Pitch
from models.recogniser import SAMPLE_RATE
from scoring.transcript import FilledPause, Word

# Set and measured with `python -m benchmarks.filled_pauses`: few recordings, so wide of what is borderline.
_PIECE = 20.0  # seconds; in shorter pieces fewer are found
_SHORTEST = 0.2  # seconds; "a" and "the" are shorter
_LONG = 0.4  # seconds; a shorter one has a pause beside it, or it is the drawn-out end of a word
_PAUSE = 0.05  # seconds
_STEADY = 0.8  # natural logarithm; the spectrum of one vowel stays, that of a word moves by more
_FLAT = 3.5  # semitones
_VOICED = 0.4  # share of frames with a pitch from which on it must be flat; a creak has none
_SPOKEN = 0.5  # share that is speech to the voice activity model; breath, coughs and keys have nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a filler fits: when, the pauses at its sides in seconds, and how it sounds.

    `spoken` is the share that is speech by voice activity, `movement` how far the shape of the spectrum moves
    within 40 ms (natural logarithm), `voiced` the share with a pitch and `bend` what that goes through in
    semitones.
    """

    start: float
    end: float
    before: float
    after: float
    spoken: float
    movement: float
    voiced: float
    bend: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    @property
    def sounds_filled(self) -> bool:
        """Whether it is a filled pause and no part of a word, breath or noise."""
        return (
            self.seconds >= _SHORTEST
            and (max(self.before, self.after) >= _PAUSE or self.seconds >= _LONG)
            and self.spoken >= _SPOKEN
            and self.movement < _STEADY
            and (self.voiced < _VOICED or self.bend < _FLAT)
        )


def filled_pauses(
    words: Sequence[Word], samples: NDArray[np.float32], speech: bytes, pitch: Pitch
) -> tuple[FilledPause, ...] | None:
    """Filled pauses in mono float32 samples at 16 kHz that are not among the words, in order.

    `speech` has a byte for each block of the samples, 1 for speech (`LiveActivity.spoken`).
    None where they can't be looked for: without pocketsphinx or word times, or where the words don't fit.
    """
    found = candidates(words, samples, speech, pitch)
    if found is None:
        return None
    return tuple(FilledPause(round(one.start, 3), round(one.end, 3)) for one in found if one.sounds_filled)


def candidates(
    words: Sequence[Word], samples: NDArray[np.float32], speech: bytes, pitch: Pitch
) -> list[Candidate] | None:
    """Wherever an "um" or "uh" fits between the words better than silence does; None as above."""
    if not has_times(words) or not there():
        return None
    loud = levelled(samples)
    found: list[Candidate] = []
    for piece in pieces(words, loud, long=_PIECE):
        if not isinstance(piece, Piece):
            return None
        said = [word for one in piece.said for word in one]
        spans = with_fillers(said, piece.sound(loud)) if said else []
        if spans is None:
            return None
        found += _candidates(_extra(spans, said), piece, _Sound(loud, pitch, speech))
    return found


@dataclass(frozen=True, slots=True)
class _Sound:
    """A recording and what is known of it."""

    samples: NDArray[np.float32]
    pitch: Pitch
    speech: bytes


def _extra(spans: Sequence[Span], said: Sequence[str]) -> list[tuple[Span, bool]]:
    """The spans, and which of them are not said; those without a pause between are one."""
    found: list[tuple[Span, bool]] = []
    at = 0
    for span in spans:
        given = at < len(said) and span.word == said[at]
        at += given
        if found and found[-1][1] and not given and span.start - found[-1][0].end < _PAUSE:
            found[-1] = (Span(span.word, found[-1][0].start, span.end), True)
        else:
            found.append((span, not given))
    return found


def _candidates(spans: Sequence[tuple[Span, bool]], piece: Piece, sound: _Sound) -> Iterator[Candidate]:
    edges = [_edge(0.0), *spans, _edge(piece.end - piece.start)]
    for (before, _), (span, extra), (after, _) in zip(edges, edges[1:], edges[2:], strict=False):
        if extra and not _other_half(before, span) and not _other_half(after, span):
            limits = piece.start + before.end, piece.start + after.start
            yield _candidate(piece.start + span.start, piece.start + span.end, limits, sound)


def _edge(at: float) -> tuple[Span, bool]:
    return Span("", at, at), False


def _candidate(start: float, end: float, limits: tuple[float, float], sound: _Sound) -> Candidate:
    first, last = (round(at * SAMPLE_RATE / BLOCK) for at in (start, end))
    blocks = sound.speech[first : max(last, first + 1)]
    voiced, bend = _voice(start, end, sound.pitch)
    return Candidate(
        start=start,
        end=end,
        before=start - limits[0],
        after=limits[1] - end,
        spoken=sum(blocks) / max(1, len(blocks)),
        movement=_movement(sound.samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]),
        voiced=voiced,
        bend=bend,
    )


def _other_half(one: Span, other: Span) -> bool:
    """Whether `one` is a filler that was heard, right beside the other."""
    return one.word in FILLERS and max(one.start - other.end, other.start - one.end) < _PAUSE


def _movement(part: NDArray[np.float32]) -> float:
    """As `Candidate.movement`, mean over 14 bands up to 4 kHz; infinite where it is too short to tell."""
    if len(part) < _SHORTEST / 2 * SAMPLE_RATE:
        return float("inf")
    frames = np.lib.stride_tricks.sliding_window_view(part, 400)[::160] * np.hanning(400)
    power = np.log(np.square(np.abs(np.fft.rfft(frames)))[:, 2:100] + 1e-6)
    bands = power.reshape(len(power), 14, 7).mean(axis=2)
    bands -= bands.mean(axis=1, keepdims=True)
    return float(np.abs(bands[4:] - bands[:-4]).mean())


def _voice(start: float, end: float, pitch: Pitch) -> tuple[float, float]:
    """The share of frames with a pitch, and its 10th to 90th percentile in semitones."""
    inside = (pitch.times >= start) & (pitch.times <= end)
    voiced = pitch.hertz[inside & pitch.voiced]
    if not len(voiced):
        return 0.0, 0.0
    low, high = np.percentile(12 * np.log2(voiced), (10, 90))
    return float(len(voiced) / inside.sum()), float(high - low)
