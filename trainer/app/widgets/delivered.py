"""How a reply was delivered: a line of figures, what to try, and, explained, every figure."""

from collections.abc import Iterator, Mapping
from typing import Any

from textual.content import Content
from textual.visual import Visual

from scoring.bands import Band, Bands, outside
from trainer.app import words
from trainer.app.widgets.stack import BLANK, Marked, Stack

NAME = 11
"""Columns of a figure's name."""

Figures = Mapping[str, Any]


def delivered(figures: Figures, bands: Bands, *, explained: bool = False) -> Visual:
    """The figures of one reply; explained, each on its own line. They coach: no verdict hangs on them."""
    line = words.figures(figures)
    parts: list[Visual] = [Content.styled(line, "$text-muted")] if line else []
    far = list(outside(figures, bands))
    for name, value, band in far if explained else far[:1]:
        source = f" ({band.source}.)" if explained else ""
        told = Content.assemble(_told(name, value, band), (source, "$text-muted"))
        parts.append(Marked(Content.styled("→", "$accent"), told, indent=2))
    if explained and parts:
        parts.append(BLANK)
        for name, figure in _lines(figures):
            parts.append(Marked(Content.styled(name, "$text-muted"), Content(figure), indent=NAME))
    return Stack(*parts)


def _told(name: str, value: float, band: Band) -> str:
    """What is outside its band, and the band."""
    usual, pace = _usual(band), "Fast" if band.outside(value) > 0 else "Slow"
    return {
        "pace_wpm": f"{pace}: {value:.0f} words a minute; {usual} is usual.",
        "fillers_per_100_words": f"{value:.0f} fillers in 100 words; {usual} is usual. A pause does it too.",
        "longest_pause": f"A pause of {value:.1f} s; {usual} s is usual.",
        "response_latency": f"You began after {value:.1f} s; {usual} s is usual.",
        "longest_without_question_seconds": f"{value:.0f} s without a question; {usual} s is usual.",
    }[name]


def _usual(band: Band) -> str:
    if band.at_least is None:
        return f"up to {band.at_most:g}"
    return f"{band.at_least:g} and more" if band.at_most is None else f"{band.at_least:g} to {band.at_most:g}"


def _lines(figures: Figures) -> Iterator[tuple[str, str]]:
    """Each figure with its name; those that were not measured are left out."""
    if pace := figures.get("pace_wpm"):
        yield "Pace", _pace(pace, figures.get("pace_by_clause") or [])
    pauses = figures.get("pauses") or {}
    if pauses.get("count") is not None:
        yield "Pauses", _pauses(pauses)
    yield "Fillers", _fillers(figures)
    if "restarts" in figures:
        slips = figures["repetitions"], figures["restarts"]
        yield "Slips", f"{words.count(slips[0], 'word')} said twice, {words.count(slips[1], 'new start')}"
    if hedged := (figures.get("hedges") or {}).get("items"):
        yield "Hedges", f"{len(hedged)} ({', '.join(dict.fromkeys(hedged))})"
    yield "Questions", _questions(figures)
    if talk := figures.get("talk_time"):
        yield "Speech", f"{words.clock(talk)} of it"
    if (pitch := figures.get("pitch_range_semitones")) is not None:
        loudness = figures.get("loudness_range_db")
        beside = "" if loudness is None else f", level over {loudness:.0f} dB"
        yield "Voice", f"pitch over {pitch:.0f} semitones{beside}"


def _pace(pace: float, clauses: list[int]) -> str:
    by_clause = f"; clause by clause {min(clauses)} to {max(clauses)}" if len(clauses) > 1 else ""
    return f"{pace:.0f} words a minute of speech{by_clause}"


def _pauses(pauses: Figures) -> str:
    if not pauses["count"]:
        return "none of half a second"
    where = "" if pauses.get("inside") is None else f"; {pauses['inside']} inside a clause"
    return f"{pauses['count']}, the longest {pauses['longest']:.1f} s{where}"


def _fillers(figures: Figures) -> str:
    items = (figures.get("fillers") or {}).get("items") or []
    heard = f"{len(items)} ({', '.join(dict.fromkeys(items))})" if items else "none among the words"
    found = (figures.get("filled_pauses") or {}).get("in_sound")
    more = f", at least {found} more um or uh in the sound (estimated)" if found else ""
    return f"{heard}{more}"


def _questions(figures: Figures) -> str:
    asked = figures.get("questions") or {}
    seconds, run = figures.get("longest_without_question_seconds"), figures.get("longest_without_question")
    at_most = words.count(run, "word") if seconds is None and run is not None else f"{seconds or 0:.0f} s"
    return f"{asked.get('open', 0)} open, {asked.get('closed', 0)} closed; at most {at_most} without one"
