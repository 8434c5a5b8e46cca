"""A rep's day as the rows of Home."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content
from textual.visual import VisualType

from scenarios.errors import ScenarioError
from scenarios.loader import load
from scoring.errors import RubricError
from scoring.rubrics_library import load_rubric
from trainer.app import words
from trainer.app.titles import title_of
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.stack import BLANK, Marked
from trainer.coaching import Thing, Today
from trainer.store.records import AttemptSummary

LABEL = 7
"""Cells for the word at the left of a row."""
NARROW = 66
"""Below this many cells, what is said on the right of a row gives way."""

Line = tuple[str | None, VisualType]


def agenda(day: Today, now: datetime) -> Iterator[Line]:
    """What to do, where you stand, what was last; rows with an id can be opened."""
    yield None, Content.styled(_headline(day), "bold")
    yield None, BLANK
    for number, thing in enumerate(day.things):
        yield f"thing:{number}", _thing(thing, now)
    if not day.things:
        yield "library", _row("Choose", "a scenario from the library", "")
    yield None, BLANK
    yield from _standing(day)
    if day.last:
        yield None, BLANK
        yield None, Content.styled("Last", "$text-muted")
        for one in day.last:
            yield f"attempt:{one.attempt.id}", result_row(one, now)


def result_row(one: AttemptSummary, now: datetime) -> Row:
    """One attempt in a list: score, what, which kind, when."""
    state = words.score(one.score) if one.finished_at else "left"
    return Row(
        cell(state, "bold", width=4, right=True),
        cell(f"{title_of(one.attempt.scenario)}, form {one.attempt.form}", width=REST),
        cell(one.attempt.kind, "$text-muted", width=8, from_width=NARROW),
        cell(words.day(one.finished_at or one.attempt.started_at, now), "$text-muted", width=11, right=True),
    )


def _headline(day: Today) -> str:
    if day.first is None:
        return "Nothing is due today."
    if day.first.resume:
        return "Today: finish what you began."
    try:
        scenario = load(day.first.scenario)
        aim = load_rubric(scenario.rubric).title
    except (ScenarioError, RubricError):  # said where it is opened
        return "Today: one practice."
    return f"Today, in about {words.count(scenario.minutes, 'minute')}: {aim[0].lower()}{aim[1:]}."


def _thing(thing: Thing, now: datetime) -> Row:
    verb = "Go on" if thing.resume else "Start"
    late = thing.due is not None and thing.due <= now.date()
    style = "$warning" if late else "$text-muted"
    return _row(verb, title_of(thing.scenario), Content.styled(thing.reason, style), bold=True)


def _standing(day: Today) -> Iterator[Line]:
    if day.focus is None:
        return
    passes = f"{words.count(day.passes, 'pass', 'passes')} in a row · " if day.passes else ""
    yield None, _row("Focus", words.skill(day.focus), f"{passes}target {day.target}")
    if len(day.trend) > 1:
        yield None, _row("Trend", words.trend(day.trend), "")
    if day.next_step:
        text = Content.styled("Next", "$text-muted"), Content(day.next_step.text)
        yield None, Marked(*text, indent=LABEL + 2)


def _row(label: str, text: str, right: str | Content, *, bold: bool = False) -> Row:
    return Row(
        cell(label, "bold $primary" if bold else "$text-muted", width=LABEL),
        cell(text, "bold" if bold else "", width=REST),
        cell(right, "$text-muted", from_width=NARROW),
    )
