"""The linter's rules that need no scorer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from scenarios.finding import Severity
from scenarios.schema import END, Activity, Branch, Form, Scenario, Turn
from scenarios.structure import Fault, Place, nearest
from scoring.rubric import Rubric

SHORTEST = 3
"""Turns on the shortest way: fewer is a question and an answer, not a conversation."""

DEEPEST = 3
"""Turns with a choice on one way: with more, nobody can write, check or rehearse all that may happen."""


@dataclass(frozen=True, slots=True)
class Found:
    """A fault and how much it matters."""

    severity: Severity
    fault: Fault


def shape_rules(scenario: Scenario) -> Iterator[Found]:
    """Ways that are too short or branch too often, turns and branches nobody gets to, forms that differ."""
    for name, form in scenario.forms.items():
        at: Place = ("forms", name)
        yield from _unreachable(form, at)
        yield from _lengths(form, at)
        for index, turn in enumerate(form.turns):
            yield from _never_taken(turn, (*at, "turns", index))
    yield from _parallel(scenario)


def _unreachable(form: Form, at: Place) -> Iterator[Found]:
    reached, waiting = set[str](), [form.start]
    while waiting:
        turn_id = waiting.pop()
        if turn_id not in reached and turn_id != END:
            reached.add(turn_id)
            waiting.extend(branch.go for branch in form.turn(turn_id).next)
    for index, turn in enumerate(form.turns):
        if turn.id not in reached:
            place = (*at, "turns", index)
            yield _error(place, f"no branch leads to the turn {turn.id!r}", "let one lead there or remove it")


def _lengths(form: Form, at: Place) -> Iterator[Found]:
    shortest: dict[str, int] = {END: 0}
    choices: dict[str, int] = {END: 0}

    def measure(turn_id: str) -> None:
        if turn_id in shortest:
            return
        turn = form.turn(turn_id)
        for branch in turn.next:
            measure(branch.go)
        shortest[turn_id] = 1 + min(shortest[branch.go] for branch in turn.next)
        choices[turn_id] = _is_choice(turn) + max(choices[branch.go] for branch in turn.next)

    measure(form.start)
    if shortest[form.start] < SHORTEST:
        what = f"one way through has only {shortest[form.start]} turns"
        yield _error((*at, "start"), what, f"make every way at least {SHORTEST} turns long")
    if choices[form.start] > DEEPEST:
        what = f"one way through branches {choices[form.start]} times"
        yield _error((*at, "start"), what, f"branch at most {DEEPEST} times on a way")
    if choices[form.start] == 0:
        yield _error((*at, "start"), "nothing the rep does changes the talk", "give a turn a second branch")


def _is_choice(turn: Turn) -> bool:
    return len({(branch.go, branch.closing) for branch in turn.next}) > 1


def _never_taken(turn: Turn, at: Place) -> Iterator[Found]:
    for index, branch in enumerate(turn.next):
        for earlier in turn.next[:index]:
            if _covers(earlier, branch):
                what = "this branch is never taken: an earlier one asks for no more than it does"
                yield _error((*at, "next", index), what, "put it before the other or ask for something else")
                break


def _covers(earlier: Branch, later: Branch) -> bool:
    return set(earlier.made) <= set(later.made) and set(earlier.missed) <= set(later.missed)


def _parallel(scenario: Scenario) -> Iterator[Found]:
    first, *others = scenario.forms
    if not others:
        yield _warning(("forms",), "there is only one form", "add a form B, so that a retest is honest")
    asked = {turn.id: set(turn.criteria) for turn in scenario.forms[first].turns}
    for name in others:
        form = scenario.forms[name]
        if missing := asked.keys() - {turn.id for turn in form.turns}:
            what = f"form {name} lacks the turn {min(missing)!r} of form {first}"
            yield _error(("forms", name, "turns"), what, "give all forms the same turns")
        for index, turn in enumerate(form.turns):
            if asked.get(turn.id) != set(turn.criteria):
                what = f"form {first} does not judge the turn {turn.id!r} by the same criteria"
                mend = "give all forms the same turns with the same criteria"
                yield _error(("forms", name, "turns", index, "criteria"), what, mend)


def rubric_rules(scenario: Scenario, rubric: Rubric) -> Iterator[Found]:
    """The skill and the criteria are the rubric's."""
    if scenario.skill != rubric.skill:
        what = f"the rubric {rubric.id!r} is for the skill {rubric.skill!r}"
        yield _error(("skill",), what, f"write skill: {rubric.skill}")
    known = [criterion.id for criterion in rubric.criteria if criterion.scope == "turn"]
    for name, form in scenario.forms.items():
        for index, turn in enumerate(form.turns):
            for position, criterion in enumerate(turn.criteria):
                if criterion not in known:
                    place = ("forms", name, "turns", index, "criteria", position)
                    what = f"the rubric {rubric.id!r} has no criterion {criterion!r} for a turn"
                    yield _error(place, what, nearest(criterion, known))


def age_rules(scenario: Scenario, today: date | None, *, shipped: bool) -> Iterator[Found]:
    """Where in the work of selling it belongs, and by when somebody should read it again; both are the
    library's duty. Without `today` nothing is due."""
    if shipped and scenario.activity is None:
        yield _error((), "'activity' is missing", "add one of " + ", ".join(get_args(Activity)))
    if scenario.review_by is None:
        add = "add review_by: and a day, about a year from now"
        yield (_error if shipped else _warning)(
            (), "'review_by' is missing, so nobody will read it again", add
        )
    elif today and scenario.review_by < today:
        what = f"due: it was to be read again by {scenario.review_by}"
        yield _warning(("review_by",), what, "read it, mend what is no longer so, write the next day")


def _error(place: Place, what: str, mend: str) -> Found:
    return Found("error", Fault(place, what, mend))


def _warning(place: Place, what: str, mend: str) -> Found:
    return Found("warning", Fault(place, what, mend))
