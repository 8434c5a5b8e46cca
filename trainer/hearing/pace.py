"""How fast the recogniser is on this machine, measured on the way."""

from typing import Literal

from models.recogniser import Cuts

Work = Literal["stretch", "draft", "sound"]
"""Words that stay, words that need not, and what the sound of a stretch says beside them."""

_NEWEST = 0.4
"""How much the newest stretch counts: a machine that gets busy shows within two or three."""


class Pace:
    """What stretches cost, and whether there is time for a guess.

    A recogniser can't be interrupted: a guess that the rep's next words make worthless must be over before a
    stretch is complete, or the words that count would wait for it.
    """

    def __init__(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._cost: dict[Work, float] = {}  # seconds

    def took(self, seconds: float, *, what: Work = "stretch") -> None:
        """Some work took so many seconds."""
        before = self._cost.get(what, seconds)
        self._cost[what] = before + _NEWEST * (seconds - before)

    def fits(self, spoken: float, what: Work = "stretch") -> bool:
        """Whether a guess is over before the stretch, open for `spoken` seconds now, can be complete.

        That is when there is enough of it and a pause behind it.
        """
        spare = max(0.0, self._cuts.enough - spoken) + self._cuts.pause
        return self._cost.get(what, 0.0) <= spare
