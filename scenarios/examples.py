"""A scenario's examples run through the scorer: good replies must come out good, poor ones poor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from scenarios.judging import Judge, Judgement
from scenarios.rules import Found
from scenarios.schema import Scenario, Turn
from scenarios.structure import Fault, Place
from scoring.rubric import Rubric

GOOD = 80
"""An exemplar's least score: the pass mark of the shipped rubrics."""

POOR = 50
"""A counter-example scores less than this."""

FEWEST = 2
"""Examples of either kind that a turn should have."""

EXEMPLARS, COUNTER_EXAMPLES = "exemplars", "counter_examples"


@dataclass(frozen=True, slots=True)
class Tried:
    """One example as the scorer judged it, in one turn of one form."""

    form: str
    turn: str
    place: Place
    kind: Literal["exemplar", "counter-example"]
    text: str
    judged: Judgement

    @property
    def good(self) -> bool:
        """Whether it is meant as a good reply."""
        return self.kind == "exemplar"

    @property
    def margin(self) -> int | None:
        """Points to the line it must not cross: over 80 for an exemplar, under 50 for a counter-example.

        An exemplar at 80 has 0 and a counter-example at 49 has 1; None where it could not be judged.
        """
        score = self.judged.score
        if score is None:
            return None
        return score - GOOD if self.good else POOR - score

    @property
    def right(self) -> bool:
        """Whether the score is where an example of its kind must be."""
        return self.margin is not None and self.margin >= (0 if self.good else 1)


def tried(scenario: Scenario, rubric: Rubric, judge: Judge) -> Iterator[Tried]:
    """Every example of the scenario with its verdicts, in the order of the file."""
    for name, form in scenario.forms.items():
        for index, turn in enumerate(form.turns):
            at: Place = ("forms", name, "turns", index)
            for position, text in enumerate(turn.exemplars):
                judged = judge(text, turn, rubric)
                yield Tried(name, turn.id, (*at, EXEMPLARS, position), "exemplar", text, judged)
            for position, text in enumerate(turn.counter_examples):
                judged = judge(text, turn, rubric)
                yield Tried(name, turn.id, (*at, COUNTER_EXAMPLES, position), "counter-example", text, judged)


def example_rules(scenario: Scenario, examples: Sequence[Tried]) -> Iterator[Found]:
    """Examples that come out wrong, and turns with too few."""
    for name, form in scenario.forms.items():
        for index, turn in enumerate(form.turns):
            yield from _enough(turn, ("forms", name, "turns", index))
    for one in examples:
        if not one.right:
            yield Found("error", Fault(one.place, _what(one), _mend(one)))


def _enough(turn: Turn, at: Place) -> Iterator[Found]:
    for key, examples in ((EXEMPLARS, turn.exemplars), (COUNTER_EXAMPLES, turn.counter_examples)):
        if len(examples) < FEWEST:
            what = f"the turn {turn.id!r} has {len(examples)} of {key}"
            yield Found("warning", Fault((*at, key), what, f"write at least {FEWEST}"))


def _what(one: Tried) -> str:
    judged = one.judged
    wrong = [criterion for criterion, met in judged.met.items() if met is not one.good]
    scored = "is not assessable" if judged.score is None else f"scores {judged.score}"
    flags = f" ({', '.join(judged.flags)})" if judged.flags else ""
    state = "not met" if one.good else "met"
    return f"the {one.kind} {scored}{flags}, {state}: {', '.join(wrong) or 'nothing'}"


def _mend(one: Tried) -> str:
    if one.good:
        return f"say it so that it reaches {GOOD}, or ask for less in this turn"
    return f"say it so that it stays under {POOR}, or ask for more in this turn"
