"""The brief as one HTML file that needs nothing but itself: no script, no address, its sounds within it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.audio.errors import AudioError
from trainer.coaching.brief import Brief
from trainer.coaching.business import Series
from trainer.coaching.changes import Change
from trainer.coaching.holding_back import Quote
from trainer.pages import charts, wording
from trainer.pages.sound import Cut, cut

if TYPE_CHECKING:
    from jinja2 import Environment, Template

WIDE, NARROW = 520, 312
"""Pixels of a chart on a screen and on a telephone."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A quote with its sound; `missing` says why there is none."""

    quote: Quote
    place: str
    sound: Cut | None
    missing: str


def html(brief: Brief, takes: Path) -> str:
    """The page; `takes` is the folder that recordings lie in."""
    held = brief.holding_back
    return _template().render(
        brief=brief,
        say=wording,
        css=_text("brief.css"),
        heard=[_heard(one, brief, takes) for one in held.quotes] if held else [],
        scores=_each_width(lambda width: _scores(brief, width)) if len(brief.points) > 1 else "",
        bars=_bars,
        agreement=_agreement(brief),
        business=_business,
    )


def _heard(quote: Quote, brief: Brief, takes: Path) -> Heard:
    place = wording.place(quote, brief)
    if quote.file is None or quote.second is None:
        return Heard(quote, place, None, "Typed, so there is nothing to hear.")
    try:
        return Heard(quote, place, cut(takes / quote.file, quote.second), "")
    except AudioError:
        return Heard(quote, place, None, "The recording is no longer there; its words and scores are kept.")


def _each_width(drawn: Callable[[int], str]) -> str:
    """The same chart for a screen and for a telephone; the style sheet shows one of them."""
    return f'<div class="wide">{drawn(WIDE)}</div><div class="narrow">{drawn(NARROW)}</div>'


def _scores(brief: Brief, width: int) -> str:
    assert brief.focus is not None  # noqa: S101 - there are no points without a focus
    scores = [point.score for point in brief.points]
    label = f"Scores from {scores[0]} to {scores[-1]} in {len(scores)} attempts, target {brief.focus.target}"
    return charts.scores(brief.points, target=brief.focus.target, since=brief.since, label=label, width=width)


def _bars(change: Change) -> str:
    label = f"before {wording.share(change.before)}, now {wording.share(change.now)}"
    return charts.share(change.before, change.now, label=label)


def _agreement(brief: Brief) -> str:
    if brief.awareness is None:
        return ""
    return charts.agreement(brief.awareness, label=wording.awareness(brief)[0], width=NARROW)


def _business(series: Series) -> str:
    label = f"{series.measure}: {wording.business(series)}"
    return _each_width(lambda width: charts.business(series, label=label, width=width))


@lru_cache(maxsize=1)
def _template() -> "Template":
    return _environment().from_string(_text("brief.html.j2"))


def _environment() -> "Environment":
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415

    found = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    # Only what `charts` drew goes in as it is; it has escaped all words in it.
    found.filters["drawn"] = Markup
    return found


def _text(name: str) -> str:
    return (files("trainer.pages") / name).read_text(encoding="utf-8")
