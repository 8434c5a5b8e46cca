"""Whether what a scenario asks for can happen: its branches can be taken, its criteria can be met."""

from collections.abc import Iterator, Sequence
from functools import cache

from scenarios.examples import Tried
from scenarios.rules import Found
from scenarios.schema import Branch, Scenario, Turn
from scenarios.structure import Fault, Place
from scoring.clauses import Act
from scoring.detectors import detectors
from scoring.rubric import AUTHORED, MEASURED, MoveId, Rubric

OPEN, CLOSED = "asks_open_question", "asks_closed_question"

_ASKING: dict[str, frozenset[Act]] = {
    OPEN: frozenset({"open", "invitation"}),
    CLOSED: frozenset({"closed"}),
}
"""The clauses each of the two makes whatever its words are: none of those is another's."""


def branch_rules(scenario: Scenario, examples: Sequence[Tried]) -> Iterator[Found]:
    """Branches nothing could ever take, or of which no example shows that anything does."""
    for name, form in scenario.forms.items():
        of_form = [one for one in examples if one.form == name]
        for index, turn in enumerate(form.turns):
            at: Place = ("forms", name, "turns", index, "next")
            written = any(one.turn == turn.id for one in of_form)
            impossible = [branch for branch in turn.next if _impossible(branch)]
            for position, branch in enumerate(turn.next):
                if branch in impossible:
                    yield _never_fits(branch, (*at, position))
                elif written and not any(branch.fits(one.judged.moves) for one in of_form):
                    yield _never_shown(branch, name, (*at, position))
            if not impossible:
                yield from _no_difference(turn, of_form, at)
                yield from _open_or_closed(turn, at)


@cache
def _acts(move: str) -> frozenset[Act]:
    """The kinds of clause in which a move can be made: those of its rules, and where meaning may tell it."""
    found = detectors()
    rules = [*found.rules[move], *([found.gates[move]] if move in found.gates else [])]
    return frozenset(act for rule in rules for act in rule.acts)


def _impossible(branch: Branch) -> str | None:
    """The made move that can't go without one of the missed ones: it is said in questions alone."""
    ruled_out = frozenset(act for move in branch.missed for act in _ASKING.get(move, ()))
    return next((move for move in branch.made if _acts(move) <= ruled_out), None)


def _never_fits(branch: Branch, at: Place) -> Found:
    asked = " and ".join(move for move in branch.missed if move in _ASKING)
    what = (
        f"no reply can take this branch: {_impossible(branch)} is always asked, and {asked} is to be missed"
    )
    return Found("error", Fault(at, what, "take one of them out"))


def _never_shown(branch: Branch, form: str, at: Place) -> Found:
    asked = [f"made {move}" for move in branch.made] + [f"missed {move}" for move in branch.missed]
    what = (
        f"no example in form {form} fits this branch ({', '.join(asked)}), so nothing shows it can be taken"
    )
    return Found(
        "warning", Fault(at, what, "write an example that does, or ask for a move that replies make")
    )


def _no_difference(turn: Turn, of_form: Sequence[Tried], at: Place) -> Iterator[Found]:
    """A turn that branches although all that is written for it goes one way."""
    taken = [turn.branch(one.judged.moves) for one in of_form if one.turn == turn.id]
    kinds = {one.good for one in of_form if one.turn == turn.id}
    ways = {(branch.go, branch.closing) for branch in turn.next}
    if len(ways) > 1 and len(kinds) > 1 and len({(branch.go, branch.closing) for branch in taken}) == 1:
        where = f"to {taken[0].go!r}" if taken[0].closing is None else "to the same end"
        what = f"the good and the poor examples of {turn.id!r} all lead {where}"
        mend = "branch on a move that the good ones make and the poor ones miss"
        yield Found("warning", Fault(at, what, mend))


def _open_or_closed(turn: Turn, at: Place) -> Iterator[Found]:
    """A turn where the same reply goes elsewhere if its one question is open and not closed.

    People who labelled 216 counselling utterances agreed on open against closed with a kappa of 0.52 only
    (AnnoMI, ten people each), so no talk should hang on it alone.
    """
    others = {move for branch in turn.next for move in (*branch.made, *branch.missed)}
    for rest in _replies(turn, others):
        one = turn.branch({**rest, OPEN: True, CLOSED: False})
        other = turn.branch({**rest, OPEN: False, CLOSED: True})
        if (one.go, one.closing) != (other.go, other.closing):
            what = f"where {turn.id!r} goes on hangs on whether a question is open or closed alone"
            mend = "people often disagree on that; branch on what it asks about, or treat both alike"
            yield Found("warning", Fault(at, what, mend))
            return


def _replies(turn: Turn, moves: set[MoveId]) -> Iterator[dict[str, bool | None]]:
    """Verdicts that bring each branch into reach: just what it asks for, and all that it doesn't forbid."""
    for branch in turn.next:
        yield {move: move in branch.made for move in moves}
        yield {move: move not in branch.missed for move in moves}


def criterion_rules(scenario: Scenario, rubric: Rubric, examples: Sequence[Tried]) -> Iterator[Found]:
    """Criteria that no exemplar meets: nowhere in the scenario, or not in the turn that asks for them."""
    good = [one for one in examples if one.good]
    if not good:
        return
    yield from _attempt_criteria(rubric, good)
    nowhere = {one.id for one in rubric.criteria if _missed_by_all(one.id, good)}
    said: set[str] = set()
    for name, form in scenario.forms.items():
        for index, turn in enumerate(form.turns):
            here = [one for one in good if (one.form, one.turn) == (name, turn.id)]
            for position, criterion in enumerate(turn.criteria):
                place = ("forms", name, "turns", index, "criteria", position)
                if criterion in nowhere and criterion not in said:
                    said.add(criterion)
                    what = f"no exemplar of any turn meets {criterion!r}: it may be that no reply can"
                    yield Found("error", Fault(place, what, "write one that does, or take it out"))
                elif here and criterion not in nowhere and _missed_by_all(criterion, here):
                    what = f"no exemplar of the turn {turn.id!r} meets {criterion!r}"
                    yield Found("warning", Fault(place, what, "let one do it, or don't ask for it here"))


def _missed_by_all(criterion: str, good: Sequence[Tried]) -> bool:
    """Whether exemplars were judged by it and none met it; where none could be judged, nothing is known."""
    verdicts = [one.judged.met[criterion] for one in good if criterion in one.judged.met]
    return False in verdicts and True not in verdicts


def _attempt_criteria(rubric: Rubric, good: Sequence[Tried]) -> Iterator[Found]:
    """What is judged once over all replies must be done in one of them."""
    for one in rubric.criteria:
        asked = one.scope == "attempt" and one.wanted and one.move not in (AUTHORED, MEASURED)
        if asked and not any(reply.judged.moves.get(one.move) for reply in good):
            what = f"no exemplar does what {one.id!r} asks of the whole talk ({one.move})"
            yield Found("error", Fault(("rubric",), what, "let an exemplar do it somewhere"))
