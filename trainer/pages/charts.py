"""The brief's charts as SVG: drawn here, so that they take the page's own colours by day, by night, on paper.

A chart is drawn for one width in CSS pixels and never scaled: its letters stay as large as those around it.
Marks carry classes; the colours are in the style sheet. What a chart shows is in words beside it as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from trainer.coaching.awareness import Awareness
from trainer.coaching.brief import Point
from trainer.coaching.business import Series
from trainer.coaching.changes import Tally
from trainer.pages.wording import day, figure

LEFT, RIGHT, TOP, BOTTOM = 34, 14, 14, 26
"""Pixels around what is drawn: labels stand there."""

COLUMNS = 24
"""Pixels for the columns below a business figure."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing area of a chart, and the scales of its two axes."""

    width: int
    height: int
    first: float
    last: float
    low: float
    high: float

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.width - RIGHT

    def x(self, value: float) -> float:
        """Pixels from the left."""
        span = self.last - self.first
        share = (value - self.first) / span if span else 0.5
        return round(LEFT + share * (self.right - LEFT), 1)

    def y(self, value: float) -> float:
        """Pixels from the top."""
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return round(self.height - BOTTOM - share * (self.height - TOP - BOTTOM), 1)


def scores(
    points: Sequence[Point], *, target: int, since: datetime, label: str, width: int, height: int = 190
) -> str:
    """The scores over time, the target as a line, the time since the last session as a field."""
    frame = Frame(width, height, points[0].at.timestamp(), points[-1].at.timestamp(), 0, 100)
    marks = [*_field(frame, since), *_target(frame, target), *_points(frame, points, target)]
    return _svg(width, height, label, marks)


def _field(frame: Frame, since: datetime) -> Iterator[str]:
    begin = max(frame.first, since.timestamp())
    if begin < frame.last:
        x, top = frame.x(begin), TOP - 8
        yield _mark("rect", "since", x=x, y=top, width=frame.right + 6 - x, height=frame.y(0) - top)


def _target(frame: Frame, target: int) -> Iterator[str]:
    for value in (0, 50, 100):
        yield from _grid(frame, value, str(value))
    y = frame.y(target)
    yield _mark("line", "target", x1=LEFT, x2=frame.right, y1=y, y2=y)
    yield _words(f"target {target}", LEFT + 4, y - 5)


def _points(frame: Frame, points: Sequence[Point], target: int) -> Iterator[str]:
    places = [(frame.x(one.at.timestamp()), frame.y(one.score)) for one in points]
    yield _line(places)
    for (x, y), one in zip(places, points, strict=True):
        reached = "pass" if one.score >= target else "short"
        said = f"{day(one.at.date(), points[-1].at.date())}: {one.score}"
        yield _mark("circle", f"dot {reached}", said, cx=x, cy=y, r=4.5)
    x, y = places[-1]
    yield _words(str(points[-1].score), x, y - 9, "strong", anchor="end")
    yield from _days(frame, points[0].at.date(), points[-1].at.date())


def share(before: Tally, now: Tally, *, label: str, width: int = 150) -> str:
    """Two bars under each other: how often before, how often now, each of the whole width."""
    bars = []
    for y, tally, name in ((2, before, "before"), (12, now, "now")):
        bars.append(_mark("rect", "track", x=0, y=y, width=width, height=8, rx=4))
        if tally.met:
            bars.append(_mark("rect", name, x=0, y=y, width=max(8.0, width * tally.share), height=8, rx=4))
    return _svg(width, 22, label, bars)


def agreement(one: Awareness, *, label: str, width: int) -> str:
    """One bar: the marks that were the same as the verdict, those that were too kind, those too hard."""
    bars, x = [], 0.0
    for number, name in ((one.agreed, "now"), (one.too_kind, "kind"), (one.too_hard, "hard")):
        wide = width * number / one.compared
        if number:
            bars.append(_mark("rect", name, x=x, y=0, width=max(2.0, wide - 2), height=14, rx=3))
        x += wide
    return _svg(width, 14, label, bars)


def business(series: Series, *, label: str, width: int, height: int = 150) -> str:
    """A measure week by week as a line; below it a column a week for the assessed attempts."""
    weeks = series.by_week
    known = [(number, week.value) for number, week in enumerate(weeks) if week.value is not None]
    low, high = _round_scale([value for _, value in known])
    frame = Frame(width, height - COLUMNS, 0, len(weeks) - 1, low, high)
    places = [(frame.x(number), frame.y(value)) for number, value in known]
    marks = [
        *_grid(frame, low, figure(low)),
        *_grid(frame, high, figure(high)),
        _line(places),
        *(_mark("circle", "dot pass", cx=x, cy=y, r=3.5) for x, y in places),
        *_days(frame, weeks[0].monday, weeks[-1].monday),
        *_columns(frame, [week.practices for week in weeks], height - 2),
    ]
    return _svg(width, height, label, marks)


def _columns(frame: Frame, counts: Sequence[int], floor: int) -> Iterator[str]:
    most = max([*counts, 1])
    wide = min(14.0, 0.6 * (frame.right - LEFT) / max(1, len(counts) - 1))
    for number, found in enumerate(counts):
        if tall := (COLUMNS - 4) * found / most:
            x = frame.x(number) - wide / 2
            yield _mark("rect", "practice", x=x, y=floor - tall, width=wide, height=tall)
    yield _mark("line", "grid", x1=LEFT, x2=frame.right, y1=floor + 0.5, y2=floor + 0.5)
    yield _words(str(most), LEFT - 6, floor - COLUMNS + 12, anchor="end")


def _grid(frame: Frame, value: float, name: str) -> Iterator[str]:
    y = frame.y(value)
    yield _mark("line", "grid", x1=LEFT, x2=frame.right, y1=y, y2=y)
    yield _words(name, LEFT - 6, y + 4, anchor="end")


def _days(frame: Frame, first: date, last: date) -> Iterator[str]:
    y = frame.height - BOTTOM + 17
    if first < last:
        yield _words(day(first, last), LEFT, y)
    yield _words(day(last, last), frame.right, y, anchor="end")


def _round_scale(values: Sequence[float]) -> tuple[float, float]:
    """Round numbers around the values, so that the axis reads well: 17 to 31 becomes 10 to 40."""
    low, high = min(values), max(values)
    span = (high - low) or abs(high) or 1.0
    step = float(f"1e{f'{span:e}'.split('e')[1]}")
    below, above = low // step * step, -(-high // step) * step
    return round(below, 9), round(above if above > below else below + step, 9)


def _line(places: Sequence[tuple[float, float]]) -> str:
    return _mark("polyline", "line", points=" ".join(f"{x},{y}" for x, y in places))


def _words(text: str, x: float, y: float, kind: str = "quiet", *, anchor: str = "start") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(text)}</text>'


def _mark(name: str, kind: str, title: str = "", **places: float | str) -> str:
    """One element; numbers to a tenth of a pixel."""
    said = " ".join(
        f'{key}="{value if isinstance(value, str) else round(value, 1)}"' for key, value in places.items()
    )
    inside = f"<title>{escape(title)}</title>" if title else ""
    return f'<{name} class="{kind}" {said}>{inside}</{name}>'


def _svg(width: int, height: int, label: str, marks: Sequence[str]) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg role="img" aria-label="{escape(label)}" {size}>{"".join(marks)}</svg>'
