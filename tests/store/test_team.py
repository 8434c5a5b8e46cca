from datetime import date, timedelta

import pytest

from tests.store.records import NOON, attempt, finished, reply
from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.records import Person, TeamRow

DAY = timedelta(days=1)


def test_a_row_sums_up_the_assessed_attempts(store: Store, ana: Person) -> None:
    store.add_person("Mia", "manager")
    store.assign(ana.id, "budget", skill="qualify-budget", due=date(2025, 12, 1))
    for days, score in enumerate([48, None, 82]):
        finished(store, attempt(ana, started_at=NOON + days * DAY), score)
    (row,) = store.team()
    assert row == TeamRow(
        rep=ana,
        focus="qualify-budget",
        last_score=82,
        trend=(48, 82),
        attempts=3,
        last_practice=NOON + 2 * DAY + timedelta(minutes=5),
        open_assignments=1,
    )


def test_without_an_assignment_the_focus_is_the_skill_last_practised(store: Store, ana: Person) -> None:
    finished(store, attempt(ana, skill="discovery"))
    finished(store, attempt(ana, skill="price-objection", started_at=NOON + DAY))
    assert store.team()[0].focus == "price-objection"


def test_the_trend_has_the_last_eight_scores(store: Store, ana: Person) -> None:
    for days in range(10):
        finished(store, attempt(ana, started_at=NOON + days * DAY), days)
    (row,) = store.team()
    assert row.trend == tuple(range(2, 10))
    assert row.attempts == 10


def test_a_warm_up_leaves_no_trace_for_a_manager(store: Store, ana: Person) -> None:
    before = store.team()
    store.assign(ana.id, "price-20-percent", skill="price-objection", target=50)
    private = finished(store, attempt(ana, kind="warm-up", skill="discovery"), 90)
    left = attempt(ana)
    store.add_attempt(left)
    store.add_reply(reply(left))
    (row,) = store.team()
    assert before == [TeamRow(ana, None, None, (), 0, None, 0)]
    assert row == TeamRow(ana, "price-objection", None, (), 0, None, 1)
    assert store.team_attempts() == store.team_attempts(ana.id) == []
    for hidden in (private, left):
        with pytest.raises(BadInputError, match="no assessed attempt"):
            store.team_attempt(hidden.id)


def test_a_manager_opens_an_assessed_attempt(store: Store, ana: Person) -> None:
    ben = store.add_person("Ben", "rep")
    shown = finished(store, attempt(ana))
    other = finished(store, attempt(ben, scenario="budget", started_at=NOON + DAY))
    assert [one.attempt for one in store.team_attempts()] == [other, shown]
    assert [one.attempt for one in store.team_attempts(ana.id)] == [shown]
    assert [one.attempt for one in store.team_attempts(scenario="budget")] == [other]
    assert store.team_attempt(shown.id) == store.attempt(shown.id)


def test_a_warm_up_begun_in_the_same_instant_stays_hidden(store: Store, ana: Person) -> None:
    finished(store, attempt(ana))
    private = finished(store, attempt(ana, kind="warm-up"))
    with pytest.raises(BadInputError, match="no assessed attempt"):
        store.team_attempt(private.id)
