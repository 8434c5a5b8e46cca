"""A reply made of its stretches: the one way from samples to words, taken live and afterwards alike."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models import sound
from models.activity import BLOCK, Stretch
from models.alignment import aligned
from models.aside import AsideError, aside
from models.confidence import calibrated
from models.recogniser import SAMPLE_RATE, Recogniser
from models.sound import Beside, sound_beside, together
from scoring.transcript import Transcript, Word
from trainer.hearing.stretches import Stretches


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A stretch of a reply, its words timed from its beginning, and what its sound says beside them."""

    stretch: Stretch
    words: tuple[Word, ...]
    beside: Beside | None = None

    @property
    def placed(self) -> tuple[Word, ...]:
        """The words, timed from the reply's beginning."""
        return tuple(_moved(word, self.stretch.start) for word in self.words)


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
    heard: list[Heard] = []
    cutter = Stretches(recogniser.cuts)
    for stretch in [*cutter.feed(samples), *cutter.finish()]:
        if cancelled():
            break
        part = part_of(stretch, samples)
        one = Heard(stretch, words_of(part, recogniser, hotwords))
        heard.append(with_sound(one, part, cutter.blocks))
        progress(stretch.end * SAMPLE_RATE / len(samples))
    else:
        progress(1.0)
    return transcript_of(heard, len(samples) / SAMPLE_RATE, recogniser)


def warm_up() -> None:
    """Loads what finds times and the sound beside the words (1 s), so that no stretch waits for it."""
    with suppress(AsideError):
        aside(sound.warm_up)


def part_of(stretch: Stretch, samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The samples of a stretch."""
    return samples[round(stretch.start * SAMPLE_RATE) : round(stretch.end * SAMPLE_RATE)]


def words_of(
    part: NDArray[np.float32], recogniser: Recogniser, hotwords: Sequence[str] = ()
) -> tuple[Word, ...]:
    """The words of one stretch, by its samples, timed from its beginning."""
    words: Sequence[Word] = recogniser.words(part, hotwords=hotwords)
    with suppress(AsideError):  # the recogniser's own times stay
        words = aside(aligned, words, part)
    return tuple(words)


def with_sound(heard: Heard, part: NDArray[np.float32], blocks: bytearray) -> Heard:
    """The stretch with what its sound says beside its words: by its samples, and the reply's `blocks`."""
    first, last = (round(at * SAMPLE_RATE / BLOCK) for at in (heard.stretch.start, heard.stretch.end))
    try:
        return replace(heard, beside=aside(sound_beside, part, bytes(blocks[first:last]), heard.words))
    except AsideError:
        return replace(heard, beside=Beside(None, np.zeros(0), np.zeros(0)))


def transcript_of(heard: Sequence[Heard], seconds: float, recogniser: Recogniser) -> Transcript:
    """A whole reply of its stretches; without `sound` where that of one of them was not looked at."""
    words = [word for one in heard for word in one.placed]
    transcript = Transcript.from_words(
        calibrated(words, recogniser.engine, recogniser.model),
        engine=recogniser.engine,
        model=recogniser.model,
        seconds=seconds,
        rough=recogniser.rough,
    )
    if any(one.beside is None for one in heard):
        return transcript
    besides = [(one.stretch.start, one.beside) for one in heard if one.words and one.beside]
    return replace(transcript, sound=together(besides))


def _moved(word: Word, seconds: float) -> Word:
    start, end = (None if at is None else at + seconds for at in (word.start, word.end))
    return replace(word, start=start, end=end)
