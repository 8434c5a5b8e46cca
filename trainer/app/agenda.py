"""A rep's day as the rows of Home."""

from collections.abc import Iterator
from datetime import date, datetime

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
from trainer.coaching import Thing, Today, wording
from trainer.coaching.plan import Waypoint
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
    yield from _standing(day, now)
    if day.last:
        yield None, BLANK
        for number, one in enumerate(day.last):
            label = cell("" if number else "Last", "$text-muted", width=LABEL)
            yield f"attempt:{one.attempt.id}", Row(label, *result_row(one, now).cells)


def beside(day: Today, now: datetime) -> str:
    """What stands beside the rep's name: when the next session is, else what day it is."""
    if day.session is None:
        return f"{now:%a} {now.day} {now:%b}"
    left = (day.session.starts_at.astimezone(now.tzinfo).date() - now.date()).days
    if left < 0:
        return "session not closed yet"
    return words.session(day.session.starts_at, now) + (f" · {left} days" if left > 1 else "")


def dots(waypoint: Waypoint) -> str:
    """Passes in a row as '●●○': those there are, of those it takes."""
    done = min(len(waypoint.standing.row), waypoint.rule.passes)
    return "●" * done + "○" * (waypoint.rule.passes - done)


def still_to_do(waypoint: Waypoint, today: date) -> str:
    """What keeps a skill from being signed off, in a line for the rep."""
    standing = waypoint.standing
    if standing.state == "ready for sign-off":
        return "nothing: your manager signs it off or sends it back"
    if standing.state == "waiting for the retest" and standing.retest_from:
        if standing.retest_from <= today:
            return "the retest: one more pass, today or later"
        return f"a retest, from {wording.named(standing.retest_from, today)} on"
    return ", ".join(standing.missing)


def result_row(one: AttemptSummary, now: datetime, *, comments: int = 0) -> Row:
    """One attempt in a list: score, what, which kind or how many comments, when."""
    about = words.count(comments, "comment") if comments else one.attempt.kind
    state = words.score(one.score) if one.finished_at else "left"
    return Row(
        cell(state, "bold", width=4, right=True),
        cell(f"{title_of(one.attempt.scenario)}, form {one.attempt.form}", width=REST),
        cell(about, "$primary" if comments else "$text-muted", width=10, from_width=NARROW),
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


def _standing(day: Today, now: datetime) -> Iterator[Line]:
    today = now.date()
    if (focus := day.focus) is not None:
        passes = Content.assemble(
            (words.skill(focus.step.skill), "bold"), "  ", dots(focus), (" passes in a row", "$text-muted")
        )
        yield None, _row("Focus", passes, f"target {focus.target}")
        missing = f"missing: {day.missing.replace('-', ' ')}" if day.missing else ""
        if len(day.trend) > 1 or missing:
            yield (
                None,
                _row("", words.trend(day.trend) or words.count(len(day.trend), "try", "tries"), missing),
            )
        if what := still_to_do(focus, today):
            yield None, _told("To do", Content(what), _agreement(day, focus))
    for review in day.reviews[:1]:
        when = "to refresh" if review.failed else wording.due(review.day, today)
        yield None, _row("Review", words.skill(review.skill), when)
    if step := day.next_step:
        said = Content(f"“{step.text}”") if step.agreed else Content(step.text)
        agreed = f"agreed {words.day(step.said_at, now)}" if step.agreed else ""
        yield None, _told("Next", said, agreed)


def _told(label: str, text: Content, right: str) -> Marked:
    """A row whose text may be longer than its line."""
    behind = Content.styled(right, "$text-muted")
    return Marked(Content.styled(label, "$text-muted"), text, behind, indent=LABEL + 2)


def _agreement(day: Today, focus: Waypoint) -> str:
    if not day.planned:
        return ""
    missing = focus.yes.missing(focus.yes.manager or focus.target)
    return "p: say yes to the target" if "rep" in missing else ""


def _row(label: str, text: str | Content, right: str | Content, *, bold: bool = False) -> Row:
    return Row(
        cell(label, "bold $primary" if bold else "$text-muted", width=LABEL),
        cell(text, "bold" if bold else "", width=REST),
        cell(right, "$text-muted", from_width=NARROW),
    )
