"""What a pack's update changes, for whoever is in the middle of something."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.loader import load
from scenarios.schema import Scenario
from scoring.errors import RubricError
from scoring.hashes import content_hash
from scoring.rubric import Criterion, Rubric
from scoring.rubrics_library import load_rubric
from trainer.store import Store
from trainer.store.records import Person


@dataclass(frozen=True, slots=True)
class Version:
    """A pack's scenarios by id, each with its rubric; what can't be used is left out."""

    scenarios: Mapping[str, tuple[Scenario, Rubric]]

    @property
    def skills(self) -> dict[str, str]:
        """The skill of each scenario."""
        return {one: scenario.skill for one, (scenario, _) in self.scenarios.items()}


@dataclass(frozen=True, slots=True)
class Change:
    """One scenario that another version has, lacks or has otherwise; `what` says it, a line each."""

    scenario: str
    kind: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody who is in the middle of something a change touches, in words."""

    person: str
    what: str


def version_in(files: Mapping[str, Path]) -> Version:
    """The scenarios in these files, with their rubrics."""
    found = {}
    for scenario_id, file in files.items():
        try:
            scenario = load(file)
            found[scenario_id] = (scenario, load_rubric(scenario.rubric))
        except (ScenarioError, RubricError):  # an installed one that was broken by hand since
            continue
    return Version(found)


def changes(before: Version, after: Version) -> Iterator[Change]:
    """The scenarios that are new, gone or changed, in what a rep meets or in how it is judged."""
    for one in sorted({*before.scenarios, *after.scenarios}):
        if one not in before.scenarios:
            scenario = after.scenarios[one][0]
            yield Change(one, "new", (f"{scenario.title}, forms {' '.join(scenario.forms)}",))
        elif one not in after.scenarios:
            yield Change(one, "gone", (before.scenarios[one][0].title,))
        elif what := tuple(_of_scenario(*before.scenarios[one], *after.scenarios[one])):
            yield Change(one, "changed", what)


def _of_scenario(old: Scenario, by: Rubric, new: Scenario, now_by: Rubric) -> Iterator[str]:
    for name in sorted({*old.forms, *new.forms}):
        if name not in old.forms:
            yield f"form {name} is new"
        elif name not in new.forms:
            yield f"form {name} is gone"
        elif old.forms[name] != new.forms[name]:
            met = _without_rubric(old, name) != _without_rubric(new, name)
            yield f"form {name} is changed" if met else f"form {name}: examples only, which nobody meets"
    for key in ("title", "skill", "goal", "minutes"):
        if getattr(old, key) != getattr(new, key):
            yield f"its {key} is changed"
    yield from _of_rubric(by, now_by)


def _without_rubric(scenario: Scenario, form: str) -> str:
    """What a rep meets of a form, whatever it is judged by."""
    return scenario.model_copy(update={"rubric": "any"}).form_hash(form)


def _of_rubric(old: Rubric, new: Rubric) -> Iterator[str]:
    if content_hash(old) == content_hash(new):
        return
    if old.id != new.id:
        yield f"it is judged by {new.id!r} instead of {old.id!r}"
    if old.pass_mark != new.pass_mark:
        yield f"the pass mark is {new.pass_mark} instead of {old.pass_mark}"
    before, after = ({one.id: one for one in rubric.criteria} for rubric in (old, new))
    for one in sorted({*before, *after}):
        if one not in before:
            yield f"the criterion {one!r} is new"
        elif one not in after:
            yield f"the criterion {one!r} is gone"
        elif before[one] != after[one]:
            yield f"the criterion {one!r} is changed: {_parts(before[one], after[one])}"
    if old.mastery != new.mastery:
        yield "what it takes to master the skill is changed"
    if old.delivery != new.delivery:
        yield "the bands of the delivery figures are changed"


def _parts(old: Criterion, new: Criterion) -> str:
    names = [key for key in type(old).model_fields if getattr(old, key) != getattr(new, key)]
    return ", ".join(names)


def affected(
    store: Store, changed: Iterable[Change], skills: Mapping[str, str], me: Person | None
) -> Iterator[Affected]:
    """Reps with an open assignment of a changed or gone scenario, or with its skill in their plan.

    A rep sees what is their own alone. An unfinished practice is its rep's own: of others there is only how
    many there are.
    """
    touched = {one.scenario for one in changed if one.kind != "new"}
    on_skill = {skills[one] for one in touched if one in skills}
    others = 0
    for rep in [me] if me and me.role == "rep" else store.people("rep"):
        for given in store.assignments(rep.id):
            if given.scenario in touched:
                yield Affected(rep.name, f"is assigned {given.scenario}")
        plan = store.plans.of_rep(rep.id)
        for step in plan.steps if plan else ():
            if step.skill in on_skill:
                yield Affected(rep.name, f"has {step.skill} in their plan")
        left = store.unfinished(rep.id)
        if left and left.attempt.scenario in touched:
            if me == rep:
                yield Affected(rep.name, f"has begun {left.attempt.scenario} and not finished it")
            elif left.attempt.kind == "assessed":
                others += 1
    if others:
        yield Affected("", f"begun and not finished: {others}")
