"""From places in a reply to quotations with offsets and times, and to how sure the recogniser was there."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from scoring.scorecard import Evidence
from scoring.transcript import Transcript

SURE = 0.5
"""A word below this probability can't decide a verdict: it is as likely wrong as right. On people read and
talking pocketsphinx's own probability crosses one half here (0.25 to 0.5: 43 % right, 0.5 to 0.7: 50 %);
Whisper's is taken at its word until `python -m benchmarks.confidence` has measured a map."""


@dataclass(frozen=True)
class Heard:
    """A transcript as evidence is taken from it."""

    transcript: Transcript

    @cached_property
    def _spans(self) -> tuple[tuple[int, int], ...]:
        return self.transcript.spans()

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self._spans]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self._spans]

    def quote(self, start: int, end: int) -> Evidence:
        """The text between two offsets, with the times of its first and last word."""
        words = self._words(start, end)
        first = self.transcript.words[words.start] if words else None
        last = self.transcript.words[words.stop - 1] if words else None
        return Evidence(
            quote=self.transcript.text[start:end],
            start_char=start,
            end_char=end,
            start=first.start if first else None,
            end=last.end if last else None,
        )

    def unsure(self, start: int, end: int) -> bool:
        """Whether the recogniser guessed too much between two offsets: a third of the words, or more."""
        words = self.transcript.words[self._words(start, end).start : self._words(start, end).stop]
        return 3 * sum(word.confidence < SURE for word in words) >= len(words) > 0

    def _words(self, start: int, end: int) -> range:
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))
