"""A walk through a scenario for its author: any reply, any branch, back again; nothing of it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from scenarios.schema import END, Branch, Form, Scenario, Turn
from scoring.embedder import Embedder
from scoring.rubric import Rubric
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript

MOST = 999
"""Ways that are listed. A scenario that `check` accepts has a few dozen; others have them by the billion."""

Edge = tuple[str, int]
"""A turn's id and the position of the branch that was taken there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A turn that was left: what was said in it, if anything, and the position of the branch taken."""

    turn: Turn
    text: str
    card: Scorecard | None
    branch: int


class Walk:
    """Where an author is in a form: `turn`, None at the end; `text` and its `card` are the reply so far."""

    def __init__(self, scenario: Scenario, form: str, rubric: Rubric, embedder: Embedder | None) -> None:
        self.scenario, self.name, self.rubric, self.embedder = scenario, form, rubric, embedder
        self.form: Form = scenario.form(form)
        self.steps: list[Step] = []
        self.turn: Turn | None = self.form.turn(self.form.start)
        self.text = ""
        self.card: Scorecard | None = None
        self.edges: set[Edge] = set()
        self.walked: set[tuple[Edge, ...]] = set()
        self._shown = dict[tuple[str, bool], int]()

    @cached_property
    def ways(self) -> list[tuple[Edge, ...]]:
        """The ways through the form, branch by branch, in the order of the file; the first MOST of them."""
        return list(islice(_ways(self.form, self.form.start, ()), MOST))

    @property
    def branch(self) -> int | None:
        """The position of the branch that the reply takes; None before there is one."""
        if self.turn is None or self.card is None:
            return None
        return self.turn.next.index(self.turn.branch(self.card.moves))

    @property
    def last(self) -> Branch | None:
        """At the end, the branch that ended the talk."""
        if self.turn is not None or not self.steps:
            return None
        return self.steps[-1].turn.next[self.steps[-1].branch]

    def say(self, text: str) -> None:
        """Scores a reply as practice would; blank takes it back."""
        self.text, self.card = " ".join(text.split()), None
        if self.turn is not None and self.text:
            context = TurnContext(
                id=self.turn.id,
                prompt=self.turn.says,
                criteria=self.turn.criteria,
                earlier=tuple(step.text for step in self.steps if step.text),
            )
            heard = Transcript.typed(self.text)
            self.card = score(heard, context, self.rubric, embedder=self.embedder)

    def example(self, *, good: bool) -> str | None:
        """The turn's next exemplar or counter-example, after the last the first again; None without any."""
        if self.turn is None:
            return None
        texts = self.turn.exemplars if good else self.turn.counter_examples
        if not texts:
            return None
        key = (self.turn.id, good)
        number = self._shown.get(key, 0)
        self._shown[key] = number + 1
        return texts[number % len(texts)]

    def go(self, branch: int) -> None:
        """Along a branch of this turn, whatever the reply was; IndexError if there is none."""
        if self.turn is None:
            raise IndexError("the talk is over")
        target = self.turn.next[branch]
        self.steps.append(Step(self.turn, self.text, self.card, branch))
        self.edges.add((self.turn.id, branch))
        self.text, self.card = "", None
        self.turn = None if target.go == END else self.form.turn(target.go)
        if self.turn is None:
            self.walked.add(tuple((step.turn.id, step.branch) for step in self.steps))

    def back(self) -> bool:
        """To the turn before, with what was said there; False at the first."""
        if not self.steps:
            return False
        step = self.steps.pop()
        self.turn, self.text, self.card = step.turn, step.text, step.card
        return True

    def restart(self) -> None:
        """To the first turn; what was walked stays walked."""
        self.steps.clear()
        self.turn, self.text, self.card = self.form.turn(self.form.start), "", None


def _ways(form: Form, turn_id: str, before: tuple[Edge, ...]) -> Iterator[tuple[Edge, ...]]:
    for position, branch in enumerate(form.turn(turn_id).next):
        way = (*before, (turn_id, position))
        if branch.go == END:
            yield way
        else:
            yield from _ways(form, branch.go, way)


def asked(branch: Branch) -> str:
    """What a branch asks for, in a line."""
    made = [f"made {move}" for move in branch.made] + [f"missed {move}" for move in branch.missed]
    return ", ".join(made) or "otherwise"
