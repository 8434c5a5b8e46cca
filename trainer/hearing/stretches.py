"""A reply cut into stretches at its pauses, as it is spoken."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from models.activity import BLOCK, Blocks, LiveActivity, Stretch
from models.recogniser import SAMPLE_RATE, Cuts

LONG_PAUSE = 2.0
"""Seconds after which a short stretch is not waited for any longer: recognisers make words up in silence."""

_SHORTEST = 0.2  # seconds; less than that is what a cut through the middle of speech leaves over


class Stretches:
    """Gives each stretch as soon as it is certain where it ends.

    It looks at one block at a time and at nothing that comes later, so that feeding a whole recording gives
    what was given while it was spoken.
    """

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._activity = LiveActivity(pause=cuts.pause, padding=cuts.padding)
        self._blocks = Blocks()
        self._joined: Stretch | None = None  # speech that has ended and is not enough yet
        self._cut_at = 0.0  # where speech was cut that did not pause
        self._power: list[float] = []  # of each block so far
        self.spoken = False

    @property
    def silent_for(self) -> float:
        """Seconds since the last sound of speech; 0 while it sounds."""
        return self._activity.silent_for

    @property
    def blocks(self) -> bytearray:
        """For each block of 32 ms so far 1 if it is speech, else 0; it grows with what is fed."""
        return self._activity.spoken

    @property
    def pending(self) -> Stretch | None:
        """In a pause: the stretch that comes if nobody goes on speaking. None while somebody speaks."""
        return self._joined if self._activity.speaking_since is None else None

    def feed(self, samples: NDArray[np.float32]) -> list[Stretch]:
        """The stretches that these next samples complete; mono float32 at 16 kHz."""
        return [stretch for block in self._blocks.of(samples) for stretch in self._look(block)]

    def finish(self) -> list[Stretch]:
        """What is left when the reply is over; the object is done after that."""
        parts = [*self._activity.feed(self._blocks.rest), *self._activity.finish()]
        found = [stretch for part in parts for stretch in self._join(part)]
        rest, self._joined = self._joined, None
        return [*found, rest] if rest else found

    def _look(self, block: NDArray[np.float32]) -> Iterator[Stretch]:
        self._power.append(float(np.dot(block, block)))
        for part in self._activity.feed(block):
            yield from self._join(part)
        since = self._activity.speaking_since
        if since is None:
            if self._joined and self.silent_for >= LONG_PAUSE:
                yield self._joined
                self._joined = None
            return
        self.spoken = True
        start = self._joined.start if self._joined else max(since, self._cut_at)
        if self._activity.seconds - start >= self._cuts.longest:
            self._cut_at = self._quietest(start + self._cuts.longest / 2)
            self._joined = None
            yield Stretch(start, self._cut_at)

    def _join(self, part: Stretch) -> Iterator[Stretch]:
        start = self._joined.start if self._joined else max(part.start, self._cut_at)
        joined = Stretch(start, part.end)
        enough = joined.seconds >= self._cuts.enough
        self._joined = None if enough or joined.seconds < _SHORTEST else joined
        if enough:
            yield joined

    def _quietest(self, since: float) -> float:
        """The middle of the quietest block from `since` until now, in seconds."""
        first = round(since * SAMPLE_RATE / BLOCK)
        quietest = first + int(np.argmin(self._power[first:]))
        return (quietest + 0.5) * BLOCK / SAMPLE_RATE
