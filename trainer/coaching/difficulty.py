"""How hard a scenario is, measured: how many passed it the first time.

A person's first assessed attempt at the scenario counts, whatever its form: who has met one form knows what
is asked in all of them, and a later attempt says what practice did. Only attempts at what the files hold now
count: other words, or another rubric, are another conversation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from scenarios.schema import Scenario
from scoring.hashes import content_hash
from scoring.rubrics_library import load_rubric
from trainer.coaching.intervals import Z99, Interval, newcombe, of_mean, wilson
from trainer.store.coaching.firsts import First

FEWEST = 10
"""People under whom nothing is said: with ten, the interval of a share is up to 53 points wide already, and
what is said of a few is said of each of them."""


@dataclass(frozen=True, slots=True)
class Content:
    """A scenario as it is now: its forms' and its rubric's hashes, what passes, and its criteria by id."""

    id: str
    pass_mark: int
    rubric_hash: str
    forms: Mapping[str, str]
    criteria: Mapping[str, tuple[str, int]]
    """Its words and its weight."""

    def has(self, first: First) -> bool:
        """Whether this is what the attempt was made with."""
        return (first.rubric_hash, first.scenario_hash) == (self.rubric_hash, self.forms.get(first.form))


@dataclass(frozen=True, slots=True)
class Difficulty:
    """How many of the people who met it passed the first time, and the mean score, with 95 % intervals."""

    people: int
    passed: int
    share: Interval
    mean: float
    mean_score: Interval

    @property
    def says(self) -> str:
        """ "6 of 14 passed first, 21–67 %"."""
        return f"{self.counts}, {percent(self.share)}"

    @property
    def counts(self) -> str:
        """ "6 of 14 passed first"."""
        return f"{self.passed} of {self.people} passed first"


@dataclass(frozen=True, slots=True)
class Unequal:
    """Two forms that are not equally hard; `difference` is by how much fewer pass the harder one (99 %)."""

    harder: str
    easier: str
    harder_passed: tuple[int, int]
    easier_passed: tuple[int, int]
    difference: Interval

    @property
    def says(self) -> str:
        """ "form B is harder than form A: 2 of 12 passed it first, 11 of 12 the other, 27–91 points more"."""
        counts = "{} of {} passed it first, {} of {} the other".format(
            *self.harder_passed, *self.easier_passed
        )
        points = f"{round(self.difference[0] * 100)}–{round(self.difference[1] * 100)} points"
        return f"form {self.harder} is harder than form {self.easier}: {counts}, a difference of {points}"


def content_of(scenario: Scenario) -> Content:
    """What the files hold now; a millisecond."""
    rubric = load_rubric(scenario.rubric)
    return Content(
        id=scenario.id,
        pass_mark=rubric.pass_mark,
        rubric_hash=content_hash(rubric),
        forms={name: scenario.form_hash(name) for name in scenario.forms},
        criteria={one.id: (one.says, one.weight) for one in rubric.criteria},
    )


def measured(scenarios: Iterable[Scenario], firsts: Iterable[First]) -> dict[str, Difficulty]:
    """By id, the difficulty of those scenarios that enough people have met."""
    by_scenario = _grouped(firsts)
    found = {}
    for one in scenarios:
        met = by_scenario.get(one.id, [])
        if len(met) >= FEWEST and (said := difficulty(content_of(one), met)):
            found[one.id] = said
    return found


def difficulty(content: Content, firsts: Iterable[First]) -> Difficulty | None:
    """Of a scenario's first attempts; None while fewer than ten of them had a score."""
    scores = [one.score for one in firsts if content.has(one) and one.score is not None]
    if len(scores) < FEWEST:
        return None
    passed = sum(score >= content.pass_mark for score in scores)
    low, high = of_mean(scores)
    return Difficulty(
        people=len(scores),
        passed=passed,
        share=wilson(passed, len(scores)),
        mean=fmean(scores),
        mean_score=(max(0.0, low), min(100.0, high)),
    )


def unequal(content: Content, firsts: Iterable[First]) -> list[Unequal]:
    """The pairs of forms that are clearly not equally hard, of forms that ten people each met first.

    Each person is in one form alone. The interval is one of 99 %: a library has dozens of pairs, and at 95 %
    every twentieth of them would be said to differ where none does.
    """
    passes: dict[str, list[bool]] = defaultdict(list)
    for one in firsts:
        if content.has(one) and one.score is not None:
            passes[one.form].append(one.score >= content.pass_mark)
    enough = {form: (sum(of), len(of)) for form, of in sorted(passes.items()) if len(of) >= FEWEST}
    found = []
    for pair in combinations(enough, 2):
        harder, easier = sorted(pair, key=lambda form: enough[form][0] / enough[form][1])
        low, high = newcombe(*enough[easier], *enough[harder], Z99)
        if low > 0:
            found.append(Unequal(harder, easier, enough[harder], enough[easier], (low, high)))
    return found


def percent(interval: Interval) -> str:
    """ "21–67 %"."""
    return f"{round(interval[0] * 100)}–{round(interval[1] * 100)} %"


def _grouped(firsts: Iterable[First]) -> dict[str, list[First]]:
    found: dict[str, list[First]] = defaultdict(list)
    for one in firsts:
        found[one.scenario].append(one)
    return found
