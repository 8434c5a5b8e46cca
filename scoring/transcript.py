"""What was said: words with times and confidence, and where they came from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Source = Literal["recognised", "corrected", "typed"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its start and end in seconds from the take's beginning and the recogniser's probability.

    Typed words have no times and a confidence of 1.
    """

    text: str
    start: float | None
    end: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class FilledPause:
    """An "um" or "uh" found in the sound where the recogniser has no word; in seconds of the take."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sound:
    """What the recording says beside its words, kept with them so that delivery comes out the same again.

    `filled_pauses` is None where they were not looked for. `pitch_range` is the span of the voice's pitch in
    semitones, `loudness_range` that of its level in dB, each from the 5th to the 95th percentile over speech;
    None where there is too little of it.
    """

    filled_pauses: tuple[FilledPause, ...] | None
    pitch_range: float | None
    loudness_range: float | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A reply as text. `text[a:b]` for `spans()[i] == (a, b)` is always `words[i].text`.

    `seconds` is the length of the recording (0 when typed). `rough` marks an engine whose wording is not
    to be judged unless it is very sure of it. `sound` is what was found in the recording beside the words.
    """

    text: str
    words: tuple[Word, ...]
    engine: str
    model: str
    seconds: float
    source: Source = "recognised"
    rough: bool = False
    sound: Sound | None = None

    @classmethod
    def from_words(
        cls, words: Iterable[Word], *, engine: str, model: str, seconds: float, rough: bool = False
    ) -> "Transcript":
        """A recogniser's words, joined by single blanks; blank words are left out."""
        kept = tuple(word for word in words if word.text.strip())
        text = " ".join(word.text for word in kept)
        return cls(text=text, words=kept, engine=engine, model=model, seconds=seconds, rough=rough)

    @classmethod
    def typed(cls, text: str) -> "Transcript":
        """A reply that was typed: every word certain, none with a time."""
        words = tuple(Word(match.group(), None, None, 1.0) for match in re.finditer(r"\S+", text))
        return cls(text=text, words=words, engine="typed", model="", seconds=0.0, source="typed")

    def corrected(self, text: str) -> "Transcript":
        """The same recording with the rep's own wording: certain, without times, and marked as corrected."""
        typed = Transcript.typed(text)
        return Transcript(
            text=text,
            words=typed.words,
            engine=self.engine,
            model=self.model,
            seconds=self.seconds,
            source="corrected",
            sound=self.sound,
        )

    @property
    def mean_confidence(self) -> float | None:
        """Mean word probability, None without words."""
        if not self.words:
            return None
        return sum(word.confidence for word in self.words) / len(self.words)

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The character range of each word in `text`."""
        found: list[tuple[int, int]] = []
        at = 0
        for word in self.words:
            start = self.text.index(word.text, at)
            at = start + len(word.text)
            found.append((start, at))
        return tuple(found)

    def gaps(self) -> tuple[float, ...]:
        """Seconds of silence between neighbouring words that both have times."""
        return tuple(
            max(0.0, after.start - before.end)
            for before, after in pairwise(self.words)
            if before.end is not None and after.start is not None
        )
