"""How far a scenario's examples are from the lines they must not cross."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.examples import Tried
from scenarios.schema import Scenario


@dataclass(frozen=True, slots=True)
class Margin:
    """One turn of one form: the scores of its exemplars and counter-examples, None where not assessable.

    `over` is the points of the worst exemplar over 80, `under` those of the best counter-example under 50;
    None where there is none or one could not be judged.
    """

    form: str
    turn: str
    exemplars: tuple[int | None, ...]
    counter_examples: tuple[int | None, ...]
    over: int | None
    under: int | None


def margins(scenario: Scenario, examples: Sequence[Tried]) -> list[Margin]:
    """The margins of all turns, in the order of the file."""
    return [_of(examples, name, turn.id) for name, form in scenario.forms.items() for turn in form.turns]


def _of(examples: Sequence[Tried], form: str, turn: str) -> Margin:
    here = [one for one in examples if (one.form, one.turn) == (form, turn)]
    good, poor = [one for one in here if one.good], [one for one in here if not one.good]
    return Margin(
        form,
        turn,
        tuple(one.judged.score for one in good),
        tuple(one.judged.score for one in poor),
        _least(good),
        _least(poor),
    )


def _least(examples: Sequence[Tried]) -> int | None:
    found = [one.margin for one in examples]
    known = [one for one in found if one is not None]
    return min(known) if known and len(known) == len(found) else None
