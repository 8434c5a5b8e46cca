"""Business figures beside practice, week by week. That they stand side by side says nothing about a cause."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from trainer.store.coaching.figures import Figure

LEAST_WEEKS = 8
"""From the first value to the last; before that a line is mostly chance."""

SHOWN_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Week:
    """The mean of a measure over one week (None without a value), and the assessed attempts in it."""

    monday: date
    value: float | None
    practices: int


@dataclass(frozen=True, slots=True)
class Series:
    """One measure of one rep, the last half year of it; `weeks` counts from its first value to its last."""

    measure: str
    first: Figure
    last: Figure
    weeks: int
    by_week: tuple[Week, ...]

    @property
    def too_early(self) -> bool:
        """Whether there is too little of it to look for a direction."""
        return self.weeks < LEAST_WEEKS


def beside_practice(figures: Iterable[Figure], practised: Iterable[date]) -> tuple[Series, ...]:
    """A series a measure; `figures` by measure and day, `practised` the days of the assessed attempts."""
    practices = Counter(_monday(day) for day in practised)
    return tuple(
        _series(measure, list(found), practices)
        for measure, found in groupby(figures, key=lambda one: one.measure)
    )


def _series(measure: str, figures: list[Figure], practices: Counter[date]) -> Series:
    first, last = _monday(figures[0].day), _monday(figures[-1].day)
    weeks = (last - first).days // 7 + 1
    values: dict[date, list[float]] = {}
    for one in figures:
        values.setdefault(_monday(one.day), []).append(one.value)
    shown = [last - timedelta(weeks=back) for back in reversed(range(min(weeks, SHOWN_WEEKS)))]
    return Series(
        measure=measure,
        first=figures[0],
        last=figures[-1],
        weeks=weeks,
        by_week=tuple(Week(monday, _mean(values.get(monday)), practices[monday]) for monday in shown),
    )


def _mean(values: list[float] | None) -> float | None:
    return sum(values) / len(values) if values else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
