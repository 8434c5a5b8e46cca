"""A rep's plan as the rows of its screen."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from textual.content import Content

from trainer.app import words
from trainer.app.agenda import Line, dots, still_to_do
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.stack import BLANK, Marked
from trainer.coaching import wording
from trainer.coaching.awareness import Awareness
from trainer.coaching.comeback import ReviewDue
from trainer.coaching.plan import Path, Waypoint
from trainer.coaching.rules import rubric_of
from trainer.coaching.ways import ENOUGH, Way, Ways

LABEL = 14
STATE = 27


def path_rows(path: Path, reviews: Mapping[str, ReviewDue], now: datetime) -> Iterator[Line]:
    """A row a skill, which can be chosen, and what the focus lacks."""
    for one in path.waypoints:
        yield f"skill:{one.step.skill}", _step(one, path, reviews.get(one.step.skill), now)
    yield None, BLANK
    if path.focus:
        yield from _focus(path.focus, now)
    else:
        yield None, Content.styled("All of it is mastered: agree on the next plan.", "bold")


def own_rows(aware: Awareness | None, by: Mapping[tuple[str, str], Awareness], found: Ways) -> Iterator[Line]:
    """How the rep judges themself, and what came after drills and examples."""
    yield None, BLANK
    if aware is None:
        yield None, _fact("Your own marks", "mark a reply yourself before you see what we heard")
    else:
        differ = f"{aware.too_kind} kinder, {aware.too_hard} stricter"
        said = f"the same as ours {aware.agreed} of {aware.compared} times; {differ}"
        yield None, _fact("Your own marks", said)
        apart = [item for item in by.items() if item[1].compared >= ENOUGH and item[1].share < 1][:1]
        for (skill, criterion), one in apart:
            yield (
                None,
                _fact("", f"furthest apart: {_says(skill, criterion)}", f"{one.agreed} of {one.compared}"),
            )
    yield None, _fact("After drills", _change(found.drill))
    yield None, _fact("After examples", _change(found.example))


def agreement(one: Waypoint) -> str:
    """Who said yes to which target, in a line for the rep."""
    said = one.yes
    if said.target:
        return f"target {said.target}: you and your manager both said yes"
    if said.rep and said.manager:
        return f"you said {said.rep}, your manager {said.manager}: y says yes to {said.manager}"
    if said.manager:
        return f"your manager said yes to {said.manager}: y says yes too"
    if said.rep:
        return f"you said yes to {said.rep}; your manager has not yet"
    return f"target {one.target}: nobody said yes yet; y says yes"


def offered(one: Waypoint) -> int | None:
    """The target that the rep can say yes to now, None where they have."""
    target = one.yes.manager or one.target
    return None if one.yes.rep == target else target


def _focus(one: Waypoint, now: datetime) -> Iterator[Line]:
    yield None, Content.styled(one.title, "bold")
    yield None, _fact("Agreed", agreement(one))
    label = Content.styled("To do", "$text-muted")
    yield None, Marked(label, Content(still_to_do(one, now.date())), indent=LABEL + 2)


def _step(one: Waypoint, path: Path, review: ReviewDue | None, now: datetime) -> Row:
    here = path.focus is one
    sign = Content.styled("✓", "bold $success") if one.done else Content("●" if here else "·")
    return Row(
        cell(sign, width=1),
        cell(words.skill(one.step.skill), "bold" if here else "", width=REST),
        cell(_state(one, review, now, here=here), "$text-muted", width=STATE),
        cell(f"target {one.target}", "$text-muted", width=10, right=True),
        cell(words.count(one.step.weeks, "week"), "$text-muted", width=8, right=True, from_width=66),
    )


def _state(one: Waypoint, review: ReviewDue | None, now: datetime, *, here: bool) -> str:
    if one.standing.state == "to refresh":
        return "to refresh: one pass"
    if review:
        today = now.date()
        late = review.day < today
        back = wording.due(review.day, today) if late else f"back {wording.coming(review.day, today)}"
        return f"mastered · {back}"
    if here and one.standing.state in ("not begun", "practising"):
        return f"{dots(one)} passes in a row"
    return one.standing.state


def _change(way: Way) -> str:
    count = len(way.changes)
    if way.mean is None:
        return f"too early: {count} of {ENOUGH} scores to compare"
    sign = "+" if way.mean > 0 else words.MINUS if way.mean < 0 else ""
    return f"the score changed by {sign}{abs(way.mean):.0f} points on average (n {count})"


def _says(skill: str, criterion: str) -> str:
    rubric = rubric_of(skill)
    known = {one.id: one.says for one in rubric.criteria} if rubric else {}
    return known.get(criterion, criterion)


def _fact(label: str, text: str, right: str = "") -> Row:
    return Row(
        cell(label, "$text-muted", width=LABEL),
        cell(text, width=REST),
        cell(right, "$text-muted", right=True),
    )
