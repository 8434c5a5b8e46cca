"""A rep's progress as the rows of their page."""

from collections.abc import Iterator
from datetime import datetime

from textual.content import Content
from textual.visual import VisualType

from trainer.app import words
from trainer.app.agenda import Line, result_row
from trainer.app.titles import title_of
from trainer.app.widgets.chart import Chart
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.stack import BLANK, Marked
from trainer.app.widgets.verdicts import mark
from trainer.coaching import wording
from trainer.coaching.mastery import Standing
from trainer.coaching.plan import Waypoint
from trainer.coaching.progress import Course, Progress
from trainer.coaching.trend import BARS

LABEL = 11
LOWER = BARS[:-1]
"""Bars that leave a gap to the line above, where many lines of them stand below each other."""
WIDE = 90


def page(found: Progress, now: datetime) -> Iterator[Line]:
    """Where they stand, how it went, what was agreed, the plan, the attempts."""
    yield from _focus(found, now)
    yield None, BLANK
    yield from _agreed(found, now)
    if found.path:
        yield None, BLANK
        yield None, Content.styled("Plan", "$text-muted")
        for one in found.path.waypoints:
            yield f"step:{one.step.skill}", _step(one, found, now)
    if found.open:
        yield None, BLANK
        yield None, Content.styled("Asked for", "$text-muted")
        for asked in found.open:
            until = words.due(asked.due, now)
            yield (
                None,
                Row.of_two(
                    title_of(asked.scenario), f"target {asked.target}{' · ' + until if until else ''}"
                ),
            )
    yield None, BLANK
    heading = "Attempts" if found.attempts else "No assessed attempt yet; a asks for one."
    yield None, Content.styled(heading, "$text-muted")
    for attempt in found.attempts:
        comments = found.comments.get(attempt.attempt.id, 0)
        yield f"attempt:{attempt.attempt.id}", result_row(attempt, now, comments=comments)


def state(standing: Standing, now: datetime) -> str:
    """Where somebody stands with a skill, and what is missing, in a line for their manager or themselves."""
    if standing.state == "waiting for the retest" and standing.retest_from:
        today = now.astimezone().date()
        comes = f"from {wording.named(standing.retest_from, today)} on"
        return f"waiting for the retest, {'due now' if standing.retest_from <= today else comes}"
    if standing.state == "mastered" and standing.mastered_at:
        return f"mastered {words.day(standing.mastered_at, now)}"
    missing = ", ".join(standing.missing)
    return f"{standing.state}: {missing}" if missing else standing.state


def agreement(one: Waypoint) -> str:
    """Who said yes to which target, in a few words for the manager."""
    said = one.yes
    if said.target:
        return f"target {said.target}, agreed"
    if said.rep and said.manager:
        return f"you said {said.manager}, they {said.rep}; y says yes to {said.rep}"
    if said.rep:
        return f"they said yes to {said.rep}; y says yes too"
    if said.manager:
        return f"you said yes to {said.manager}, they have not yet"
    return f"target {one.target}; y says yes to it"


def offered(found: Progress) -> int | None:
    """The target that the manager can say yes to now, None without a plan or where they have."""
    if found.path is None or found.path.focus is None:
        return None
    one = found.path.focus
    target = one.yes.rep or one.target
    return None if one.yes.manager == target else target


def _focus(found: Progress, now: datetime) -> Iterator[Line]:
    focus = found.focus
    if focus is None:
        yield None, Content.styled("Nothing assessed yet.", "bold")
        return
    yield (
        None,
        Row.of_two(
            Content.styled(words.skill(focus.step.skill), "bold"),
            agreement(focus) if found.path else f"target {focus.target}",
        ),
    )
    ready = focus.standing.state == "ready for sign-off"
    said = state(focus.standing, now)
    yield None, Content.styled(f"{said}; s shows the evidence" if ready else said, "bold" if ready else "")
    if not found.plotted:
        return
    yield None, BLANK
    first, last = (words.day(one.at, now) for one in (found.plotted[0], found.plotted[-1]))
    scores = [one.score for one in found.plotted]
    yield None, Chart(scores, focus.target, first=first, last=last if len(scores) > 1 else "")
    yield None, BLANK
    for course in found.courses:
        yield f"criterion:{course.criterion}", _course(course)


def _course(one: Course) -> Row:
    bars = "".join("·" if share is None else LOWER[round(share * (len(LOWER) - 1))] for share in one.shares)
    judged = [share for share in one.shares if share is not None]
    full = sum(share == 1 for share in judged)
    return Row(
        cell(mark(one.now), width=1),
        cell(one.says, width=REST),
        cell(bars, "$text-muted", width=len(one.shares)),
        cell(f"{full} of {len(judged)}", "$text-muted", width=8, right=True),
    )


def _agreed(found: Progress, now: datetime) -> Iterator[Line]:
    if aware := found.awareness:
        differ = [
            f"{aware.too_kind} kinder" if aware.too_kind else "",
            f"{aware.too_hard} stricter" if aware.too_hard else "",
        ]
        said = f"judged as the scorer did in {aware.agreed} of {aware.compared}"
        rest = ", ".join(one for one in differ if one)
        yield None, _fact("Themselves", f"{said}; {rest}" if rest else said)
    reached = len(found.asked) - len(found.open)
    late = sum(one.due is not None and one.due < now.astimezone().date() for one in found.open)
    practice = f"{reached} of {len(found.asked)} asked for reached" if found.asked else "none asked for yet"
    yield None, _fact("Practice", f"{practice}; {late} late" if late else practice)
    yield None, _fact("Sessions", _sessions(found))
    if step := found.last_step:
        came = {True: "reached", False: "not reached yet", None: ""}[step.kept]
        when = f"agreed {words.day(step.agreed_at, now)}{' · ' + came if came else ''}"
        label = Content.styled("Next step", "$text-muted")
        yield (
            None,
            Marked(label, Content(f"“{step.text}”"), Content.styled(when, "$text-muted"), indent=LABEL + 2),
        )


def _sessions(found: Progress) -> str:
    how = found.cadence
    counted = [(how.kept, "kept"), (how.missed, "missed"), (how.moved, "moved"), (how.unnoted, "not closed")]
    said = ", ".join(f"{count} {what}" for count, what in counted if count)
    return said or "none held yet"


def _step(one: Waypoint, found: Progress, now: datetime) -> VisualType:
    here = found.path is not None and found.path.focus is one
    sign = Content.styled("✓", "$success") if one.done else Content("●" if here else "·")
    return Row(
        cell(sign, width=1),
        cell(words.skill(one.step.skill), "bold" if here else "", width=18),
        cell(state(one.standing, now), "$text-muted", width=REST),
        cell(f"target {one.target}", "$text-muted", width=10, right=True, from_width=WIDE),
    )


def _fact(label: str, text: str) -> Row:
    return Row(cell(label, "$text-muted", width=LABEL), cell(text, width=REST))
