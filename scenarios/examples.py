"""A scenario's examples run through the scorer: good replies must come out good, poor ones poor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scenarios.rules import Found
from scenarios.schema import Scenario, Turn
from scenarios.structure import Fault, Place
from scoring.embedder import Embedder
from scoring.rubric import Rubric
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript

GOOD = 80
"""An exemplar's least score: the pass mark of the shipped rubrics."""

POOR = 50
"""A counter-example scores less than this."""

FEWEST = 2
"""Examples of either kind that a turn should have."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One example as the scorer judged it."""

    place: Place
    kind: Literal["exemplar", "counter-example"]
    text: str
    card: Scorecard

    @property
    def right(self) -> bool:
        """Whether the score is where an example of its kind must be."""
        if self.card.score is None:
            return False
        return self.card.score >= GOOD if self.kind == "exemplar" else self.card.score < POOR


def tried(scenario: Scenario, rubric: Rubric, embedder: Embedder | None = None) -> Iterator[Tried]:
    """Every example of the scenario with its scorecard; by patterns alone without an embedder."""
    for name, form in scenario.forms.items():
        for index, turn in enumerate(form.turns):
            at: Place = ("forms", name, "turns", index)
            context = TurnContext(id=turn.id, prompt=turn.says, criteria=turn.criteria)
            for position, text in enumerate(turn.exemplars):
                card = score(Transcript.typed(text), context, rubric, embedder=embedder)
                yield Tried((*at, "exemplars", position), "exemplar", text, card)
            for position, text in enumerate(turn.counter_examples):
                card = score(Transcript.typed(text), context, rubric, embedder=embedder)
                yield Tried((*at, "counter_examples", position), "counter-example", text, card)


def example_rules(scenario: Scenario, rubric: Rubric, embedder: Embedder | None) -> Iterator[Found]:
    """Examples that come out wrong, and turns with too few."""
    for name, form in scenario.forms.items():
        for index, turn in enumerate(form.turns):
            yield from _enough(turn, ("forms", name, "turns", index))
    for one in tried(scenario, rubric, embedder):
        if not one.right:
            yield Found("error", Fault(one.place, _what(one), _mend(one)))


def _enough(turn: Turn, at: Place) -> Iterator[Found]:
    for key, examples in (("exemplars", turn.exemplars), ("counter_examples", turn.counter_examples)):
        if len(examples) < FEWEST:
            what = f"the turn {turn.id!r} has {len(examples)} of {key}"
            yield Found("warning", Fault((*at, key), what, f"write at least {FEWEST}"))


def _what(one: Tried) -> str:
    wrong = [result.id for result in one.card.criteria if result.met is not (one.kind == "exemplar")]
    scored = "is not assessable" if one.card.score is None else f"scores {one.card.score}"
    flags = f" ({', '.join(one.card.flags)})" if one.card.flags else ""
    state = "not met" if one.kind == "exemplar" else "met"
    return f"the {one.kind} {scored}{flags}, {state}: {', '.join(wrong) or 'nothing'}"


def _mend(one: Tried) -> str:
    if one.kind == "exemplar":
        return f"say it so that it reaches {GOOD}, or ask for less in this turn"
    return f"say it so that it stays under {POOR}, or ask for more in this turn"
