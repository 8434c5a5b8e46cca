"""The level meter: how long the take is, how loud it was just now, how loud it is."""

from collections import deque

from textual.content import Content
from textual.visual import VisualType
from textual.widget import Widget

from trainer.app import words
from trainer.app.widgets.row import REST, Row, cell

BARS = "▁▂▃▄▅▆▇█"
QUIETEST, LOUDEST = -57.0, -12.0
"""dBFS, RMS of a block; speech at arm's length gives -35 to -20, a quiet room less than -50."""
TOO_LOUD = -9.0
"""dBFS, RMS; the peaks of speech lie some 12 dB above it, so from here on they are cut off."""
OPEN = "microphone open: until you press space it holds 0.3 s, in memory"
KEPT = 200
"""Levels remembered; more than any terminal is wide."""


def bar(dbfs: float) -> str:
    """One level as one character."""
    share = (max(dbfs, QUIETEST) - QUIETEST) / (LOUDEST - QUIETEST)
    return BARS[max(0, min(len(BARS) - 1, round(share * (len(BARS) - 1))))]


class Meter(Widget):
    """Shows what `feed` hands it; still and dim while nothing is recorded."""

    DEFAULT_CSS = """
    Meter {
        height: 1;
        color: $text-muted;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.levels: deque[float] = deque(maxlen=KEPT)
        self.seconds = 0.0
        self.live = False
        self._listening = False

    @property
    def listening(self) -> bool:
        """Whether the microphone is open though nothing is recorded; the rep has a right to see that."""
        return self._listening

    @listening.setter
    def listening(self, listening: bool) -> None:
        self._listening = listening
        self.refresh()

    def clear(self) -> None:
        """As before the first take."""
        self.levels.clear()
        self.seconds = 0.0
        self.live = False
        self.refresh()

    def show(self, seconds: float) -> None:
        """The length of a take of which no levels are known."""
        self.clear()
        self.seconds = seconds

    def start(self) -> None:
        """A new take: everything from zero."""
        self.clear()
        self.live = True

    def feed(self, dbfs: float, seconds: float) -> None:
        """The level now and the length of the take so far."""
        self.levels.append(dbfs)
        self.seconds = seconds
        self.refresh()

    def stop(self) -> None:
        """The take is over; its last levels stay to be seen."""
        self.live = False
        self.refresh()

    def render(self) -> VisualType:
        """A dot and seconds, the levels, the level now."""
        if not self.live and not self.levels:
            return Content(f"○ {words.clock(self.seconds)}{f'   {OPEN}' if self._listening else ''}")
        now = self.levels[-1] if self.levels else float("-inf")
        loud = self.live and now > TOO_LOUD
        return Row(
            cell("●" if self.live else "○", "$error" if self.live else ""),
            cell(words.clock(self.seconds), "bold $foreground" if self.live else ""),
            cell(self._history(), width=REST),
            cell("too loud" if loud else words.level(now), "$error" if loud else "", width=10, right=True),
        )

    def _history(self) -> Content:
        room = max(8, self.size.width - 22)
        text = "".join(bar(one) for one in list(self.levels)[-room:])
        return Content.styled(text, "$primary" if self.live else "")
