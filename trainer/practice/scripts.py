"""The scenario and the rubric of an attempt as they were when it began."""

from pydantic import ValidationError

from scenarios.schema import Scenario
from scoring.hashes import content_hash
from scoring.rubric import Rubric
from trainer.store import Store
from trainer.store.records import Attempt, Script


def keep(store: Store, attempt: Attempt, scenario: Scenario, rubric: Rubric) -> None:
    """Keeps what the attempt is made with: the form that is practised, and what it is judged by."""
    store.scripts.keep(attempt.scenario_hash, _one_form(scenario, attempt.form))
    store.scripts.keep(attempt.rubric_hash, rubric.model_dump(mode="json"))


def scenario_then(attempt: Attempt, script: Script | None) -> Scenario | None:
    """The scenario with the one form that was practised; None where that was not kept as it was.

    Its examples are left out: they are the linter's.
    """
    if script is None or script.scenario is None:
        return None
    try:
        found = Scenario.model_validate(script.scenario)
        same = found.id == attempt.scenario and found.form_hash(attempt.form) == attempt.scenario_hash
    except (ValidationError, KeyError):  # kept by a version whose scenarios were others
        return None
    return found if same else None


def rubric_then(attempt: Attempt, script: Script | None) -> Rubric | None:
    """What the attempt was judged by; None where that was not kept as it was."""
    if script is None or script.rubric is None:
        return None
    try:
        found = Rubric.model_validate(script.rubric)
    except ValidationError:
        return None
    return found if content_hash(found) == attempt.rubric_hash else None


def _one_form(scenario: Scenario, form: str) -> dict[str, object]:
    turns = {"turns": {"__all__": {"exemplars", "counter_examples"}}}
    others = set(scenario.forms) - {form}
    whole = scenario.model_dump(mode="json", exclude={"forms": {form: turns, **dict.fromkeys(others, True)}})
    return {**whole, "rubric": scenario.rubric_name}
