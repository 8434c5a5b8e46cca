"""People who meet the library's scenarios for the first time, with the scores and verdicts a test wants."""

from collections.abc import Mapping
from datetime import UTC, datetime

from scenarios.loader import load
from scoring.hashes import content_hash
from scoring.rubrics_library import load_rubric
from scoring.scorecard import AttemptScore, CriterionResult
from tests.store.records import attempt, result
from trainer.store import Store
from trainer.store.records import Attempt, Kind, Result

SCENARIO = "price-20-percent"
NOW = datetime(2025, 11, 12, 12, 0, tzinfo=UTC)


def meets(
    store: Store,
    who: int,
    score: int | None,
    *,
    scenario: str = SCENARIO,
    form: str = "A",
    at: datetime = NOW,
    kind: Kind = "assessed",
    verdicts: Mapping[str, bool | None] | None = None,
    words: str = "",
) -> Attempt:
    """The attempt of the person with that number, finished; with the words of now unless others are given."""
    rep = store.person(f"Rep {who}") or store.add_person(f"Rep {who}", "rep")
    met = load(scenario)
    plain = attempt(rep, kind=kind, scenario=scenario, form=form, skill=met.skill, started_at=at)
    made = Attempt(
        **{name: getattr(plain, name) for name in ("id", "rep_id", "scenario", "form", "skill", "kind")},
        started_at=at,
        scenario_hash=words or met.form_hash(form),
        rubric_hash=content_hash(load_rubric(met.rubric)),
    )
    store.add_attempt(made)
    judged = tuple(
        CriterionResult(name, "gives_evidence", verdict, 1, (), "")
        for name, verdict in (verdicts or {}).items()
    )
    end = result(made, score)
    store.finish(Result(made.id, end.finished_at, AttemptScore(score, judged, {}, "", ())))
    return made


def fourteen(store: Store, *, scenario: str = SCENARIO) -> None:
    """Six of fourteen pass the first time; all of them later."""
    for who in range(14):
        meets(store, who, 85 if who < 6 else 60, scenario=scenario)
