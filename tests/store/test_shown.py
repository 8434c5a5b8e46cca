"""What the database keeps for managers follows from the facts, in whatever order they came."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.records import NOON, attempt, finished
from trainer.store import Store
from trainer.store.records import Assignment, Attempt, Kind

DAY = timedelta(days=1)

attempted = st.tuples(
    st.sampled_from(["warm-up", "assessed"]),
    st.sampled_from(["price", "budget"]),
    st.integers(0, 9),
    st.none() | st.integers(60, 100),
)
asked = st.tuples(st.sampled_from(["price", "budget"]), st.integers(0, 9), st.integers(60, 100))


def reached(assignment: Assignment, practised: list[tuple[Attempt, int | None]]) -> bool:
    return any(
        one.kind == "assessed"
        and one.scenario == assignment.scenario
        and one.started_at >= assignment.assigned_at
        and score is not None
        and score >= assignment.target
        for one, score in practised
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(attempted, asked), max_size=12))
def test_they_follow_from_the_facts(
    facts: list[tuple[Kind, str, int, int | None] | tuple[str, int, int]],
) -> None:
    clock = [NOON]
    practised: list[tuple[Attempt, int | None]] = []
    assigned: list[Assignment] = []
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "t.db", now=lambda: clock[0]) as store:
        ana = store.add_person("Ana", "rep")
        for fact in facts:
            if len(fact) == 4:
                kind, scenario, day, score = fact
                begun = attempt(ana, kind=kind, scenario=scenario, started_at=NOON + day * DAY)
                practised.append((finished(store, begun, score), score))
            else:
                scenario, day, target = fact
                clock[0] = NOON + day * DAY
                assigned.append(store.assign(ana.id, scenario, skill=scenario, target=target))
        shown = sorted(
            (one for one in practised if one[0].kind == "assessed"),
            key=lambda one: (one[0].started_at, one[0].id),
        )
        left = {one.id for one in assigned if not reached(one, practised)}
        (row,) = store.team()
        assert row.attempts == len(shown)
        assert row.trend == tuple(score for _, score in shown[-8:] if score is not None)
        assert row.open_assignments == len(left)
        assert {one.id for one in store.assignments(ana.id)} == left
        assert [one.attempt for one in store.team_attempts()] == [one for one, _ in reversed(shown)]
