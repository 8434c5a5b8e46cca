"""When background work is due again: often while it works, less and less often while it fails."""

from collections.abc import Callable

OFTEN = 60.0
"""Seconds until others are asked again, though nothing of one's own waits."""

LONGEST_WAIT = 900.0
"""Seconds: who can't be reached is tried less and less often, but at least this often."""


class Turns:
    """Due from the start. `now` counts seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next = now()
        self._wait = OFTEN
        self.failing = False

    @property
    def due(self) -> bool:
        """Whether it is time."""
        return self._now() >= self._next

    def worked(self, *, again_at_once: bool = False) -> None:
        """It was done."""
        self.failing, self._wait = False, OFTEN
        self._next = self._now() + (0.0 if again_at_once else OFTEN)

    def failed(self) -> None:
        """It could not be done; the next wait is twice as long."""
        self.failing = True
        self._next, self._wait = self._now() + self._wait, min(self._wait * 2, LONGEST_WAIT)

    def hurry(self) -> None:
        """It is due now, unless it is failing: then it keeps its pace."""
        if not self.failing:
            self._next = self._now()
