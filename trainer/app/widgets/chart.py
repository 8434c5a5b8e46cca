"""Scores over time, plotted in a few lines: a bar an attempt, the target as a line, each score below."""

from collections.abc import Sequence

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

EIGHTHS = " ▁▂▃▄▅▆▇█"
AXIS = 5
"""Cells for the numbers at the left."""
BAR, GAP = 3, 1
HALF = 4
"""Eighths from which a hatched line is drawn: there is no hatching of a part of one."""
LOW = 25
"""Hundredths of a line up to which something lies at its foot."""


class Chart(Visual):
    """`scores` (0 to 100, None where nothing could be assessed), oldest first; the newest fit the width.

    Passes are filled bars and the others hatched, so that colour is never alone.
    """

    def __init__(
        self, scores: Sequence[int | None], target: int, *, first: str = "", last: str = "", lines: int = 5
    ) -> None:
        self.scores, self.target, self.first, self.last, self.lines = scores, target, first, last, lines

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """See Visual."""
        shown = list(self.scores)[-max(1, (width - AXIS) // (BAR + GAP)) :]
        rows = [self._line(row, shown) for row in reversed(range(self.lines))]
        rows += [self._numbers(shown), self._days(len(shown) * (BAR + GAP) - GAP)]
        strips = [row.render_strips(width, 1, style, options)[0] for row in rows]
        return strips[:height]

    def _line(self, row: int, shown: list[int | None]) -> Content:
        """One line of the plot; the target is drawn where nothing stands."""
        at = row == min(self.target * self.lines // 100, self.lines - 1)
        label = str(self.target) if at else "100" if row == self.lines - 1 else "0" if row == 0 else ""
        axis = Content.styled(f"{label:>{AXIS - 1}} ", "$text-muted")
        low = self.target * self.lines % 100 < LOW  # the line's own cell begins at about the target
        empty = (("▁" if low else "╌") if at else " ", "$text-muted")
        parts: list[Content] = [axis]
        for score in shown:
            parts += [self._bar(score, row, empty), Content.styled(empty[0] * GAP, empty[1])]
        return Content("").join(parts)

    def _bar(self, score: int | None, row: int, empty: tuple[str, str]) -> Content:
        filled = 0 if score is None else round(max(score, 1) * self.lines * 8 / 100) - row * 8
        eighths = max(0, min(8, filled))
        passed = score is not None and score >= self.target
        if eighths == 0 or (not passed and row and eighths < HALF):  # 63 must not look like the target's 80
            return Content.styled(empty[0] * BAR, empty[1])
        full = "█" if passed else "▒"
        sign = full if eighths == 8 or not passed else EIGHTHS[eighths]
        return Content.styled(sign * BAR, "$success" if passed else "$warning")

    def _numbers(self, shown: list[int | None]) -> Content:
        said = (" " * GAP).join(f"{'–' if one is None else one:^{BAR}}" for one in shown)
        return Content.styled(" " * AXIS + said, "bold")

    def _days(self, width: int) -> Content:
        gap = max(2, width - len(self.first) - len(self.last))
        return Content.styled(" " * AXIS + self.first + " " * gap + self.last, "$text-muted")

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Visual's
        """See Visual."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Visual's
        """See Visual."""
        return self.lines + 2
