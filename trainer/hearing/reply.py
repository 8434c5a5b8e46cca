"""A reply made of its stretches: the one way from samples to words, taken live and afterwards alike."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch
from models.alignment import aligned
from models.aside import AsideError, aside
from models.confidence import calibrated
from models.recogniser import SAMPLE_RATE, Recogniser
from models.sound import sound_of
from scoring.transcript import Sound, Transcript, Word
from trainer.hearing.stretches import Stretches


def hear(
    samples: NDArray[np.float32],
    recogniser: Recogniser,
    *,
    hotwords: Sequence[str] = (),
    on_progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Transcript:
    """The words of a recording, mono float32 at 16 kHz; none of them for silence, noise or a cough.

    `on_progress` gets the share done, 0 to 1. When `cancelled` turns true the words so far come back.
    """
    progress = on_progress or (lambda _share: None)
    words: list[Word] = []
    end = 0.0
    cutter = Stretches(recogniser.cuts)
    for stretch in [*cutter.feed(samples), *cutter.finish()]:
        if cancelled():
            return transcript_of(words, samples, recogniser)
        words += words_of(stretch, samples, recogniser, hotwords)
        end = stretch.end
        progress(stretch.end * SAMPLE_RATE / len(samples))
    progress(1.0)
    return finished(words, samples, recogniser, sound=sound_beside(words, samples, end))


def words_of(
    stretch: Stretch,
    samples: NDArray[np.float32],
    recogniser: Recogniser,
    hotwords: Sequence[str] = (),
) -> list[Word]:
    """The words of one stretch of a recording, timed from the recording's beginning."""
    part = part_of(stretch, samples)
    words: Sequence[Word] = recogniser.words(part, hotwords=hotwords)
    with suppress(AsideError):  # the recogniser's own times stay
        words = aside(aligned, words, part)
    return list(moved(words, stretch.start))


def part_of(stretch: Stretch, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The samples of a stretch."""
    return samples[round(stretch.start * SAMPLE_RATE) : round(stretch.end * SAMPLE_RATE)]


def moved(words: Iterable[Word], seconds: float) -> Iterable[Word]:
    """The words so much later."""
    for word in words:
        times = (None if at is None else at + seconds for at in (word.start, word.end))
        start, end = times
        yield replace(word, start=start, end=end)


def sound_beside(words: Sequence[Word], samples: NDArray[np.float32], end: float) -> Sound:
    """What a reply whose last stretch ends at `end` seconds says beside its words.

    Here all its words and its samples meet, once. The silence behind it is left out, so that this can be
    done in that silence.
    """
    try:
        return aside(sound_of, part_of(Stretch(0.0, end), samples), words)
    except AsideError:
        return Sound(filled_pauses=None, pitch_range=None, loudness_range=None)


def finished(
    words: Sequence[Word], samples: NDArray[np.float32], recogniser: Recogniser, *, sound: Sound
) -> Transcript:
    """A whole reply."""
    return replace(transcript_of(words, samples, recogniser), sound=sound)


def transcript_of(words: Sequence[Word], samples: NDArray[np.float32], recogniser: Recogniser) -> Transcript:
    """The words with where they come from."""
    return Transcript.from_words(
        calibrated(words, recogniser.engine, recogniser.model),
        engine=recogniser.engine,
        model=recogniser.model,
        seconds=len(samples) / SAMPLE_RATE,
        rough=recogniser.rough,
    )
