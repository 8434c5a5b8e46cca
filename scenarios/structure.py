"""What makes a form playable: every branch leads somewhere, no way turns in a circle, every way ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from scenarios.schema import END, Branch, Form, Scenario, Turn

Place = tuple[str | int, ...]
"""Keys and positions that lead to a place in the file: ("forms", "A", "turns", 0, "says")."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a scenario from being played, where it stands, and what would mend it."""

    place: Place
    what: str
    mend: str


def faults(scenario: Scenario) -> Iterator[Fault]:
    """All that keeps the scenario from being played, in the order of the file."""
    for name, form in scenario.forms.items():
        found = list(_form_faults(form, ("forms", name)))
        yield from found
        if not found:
            yield from _circles(form, ("forms", name))


def _form_faults(form: Form, at: Place) -> Iterator[Fault]:
    ids = [turn.id for turn in form.turns]
    if form.start not in ids:
        yield Fault(
            (*at, "start"), f"there is no turn {form.start!r} to start with", nearest(form.start, ids)
        )
    for index, turn in enumerate(form.turns):
        place = (*at, "turns", index, "id")
        if turn.id == END:
            yield Fault(place, "'end' is no turn but the talk's end", "give the turn another id")
        if turn.id in ids[:index]:
            yield Fault(place, f"the turn {turn.id!r} is there twice", "rename one of them")
    for index, turn in enumerate(form.turns):
        yield from _turn_faults(turn, ids, (*at, "turns", index))


def _turn_faults(turn: Turn, ids: list[str], at: Place) -> Iterator[Fault]:
    for index, one in enumerate(turn.criteria):
        if one in turn.criteria[:index]:
            yield Fault((*at, "criteria", index), f"the criterion {one!r} is listed twice", "remove one")
    for index, branch in enumerate(turn.next):
        yield from _branch_faults(branch, ids, (*at, "next", index))
        if branch.otherwise and index < len(turn.next) - 1:
            yield Fault(
                (*at, "next", index),
                "this branch asks for nothing, so those after it are never taken",
                "put it last or give it 'made' or 'missed'",
            )
    if not turn.next[-1].otherwise:
        yield Fault(
            (*at, "next"),
            f"the turn {turn.id!r} has no otherwise",
            "end its 'next' with a branch that has a 'go' and neither 'made' nor 'missed'",
        )


def _branch_faults(branch: Branch, ids: list[str], at: Place) -> Iterator[Fault]:
    if both := set(branch.made) & set(branch.missed):
        yield Fault(at, f"{min(both)!r} is to be made and missed at once", "take it out of one of the two")
    if branch.go == END and branch.closing is None:
        yield Fault(at, "the talk ends here without a last line", "add 'closing' with what the buyer says")
    if branch.go != END and branch.closing is not None:
        yield Fault((*at, "closing"), "a last line, but the talk goes on", "remove it or let it 'go: end'")
    if branch.go != END and branch.go not in ids:
        yield Fault((*at, "go"), f"there is no turn {branch.go!r} to go to", nearest(branch.go, [*ids, END]))


def _circles(form: Form, at: Place) -> Iterator[Fault]:
    """The first branch that leads back to a turn on its own way, if there is one."""
    position = {turn.id: index for index, turn in enumerate(form.turns)}
    done: set[str] = set()

    def walk(turn_id: str, way: tuple[str, ...]) -> Fault | None:
        if turn_id == END or turn_id in done:
            return None
        for index, branch in enumerate(form.turn(turn_id).next):
            if branch.go in (*way, turn_id):
                circle = [*way, turn_id]
                text = " -> ".join([*circle[circle.index(branch.go) :], branch.go])
                place = (*at, "turns", position[turn_id], "next", index, "go")
                return Fault(place, f"the branches turn in a circle: {text}", "let one of them go on or end")
            if fault := walk(branch.go, (*way, turn_id)):
                return fault
        done.add(turn_id)
        return None

    for turn in form.turns:
        if fault := walk(turn.id, ()):
            yield fault
            return


def nearest(wrong: str, right: list[str]) -> str:
    """A mend for a name that is not known: the closest known ones, or all of them when none is close."""
    right = list(dict.fromkeys(right))
    close = get_close_matches(wrong.lower(), right, n=3, cutoff=0.5)
    if close:
        return "did you mean " + " or ".join(repr(one) for one in close) + "?"
    return "there are " + ", ".join(repr(one) for one in right[:12])


def ways(form: Form) -> Iterator[tuple[str, ...]]:
    """Every way through the form as turn ids from the start, the end left out."""

    def onward(turn_id: str, way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if turn_id == END:
            yield way
            return
        for target in dict.fromkeys(branch.go for branch in form.turn(turn_id).next):
            yield from onward(target, (*way, turn_id))

    yield from onward(form.start, ())
