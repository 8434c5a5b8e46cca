from datetime import timedelta

import pytest

from tests.store.records import NOON
from trainer.coaching.talking import Ending, Homework, close
from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.records import Person

DAY = timedelta(days=1)
PRACTICE = Homework("price-20-percent", "price-objection", 85)


@pytest.fixture
def mo(store: Store) -> Person:
    return store.add_person("Mo Adler", "manager")


def test_the_next_step_becomes_a_practice_due_at_the_next_session(
    store: Store, ana: Person, mo: Person
) -> None:
    planned = store.sessions.plan(ana.id, mo.id, NOON - DAY, minutes=20)
    step = "Ask before I answer."
    comes = close(store, ana, mo, planned, Ending("kept", step, PRACTICE, NOON + 6 * DAY), NOON)
    (asked,) = store.assignments(ana.id)
    assert (asked.scenario, asked.target, asked.due) == ("price-20-percent", 85, (NOON + 6 * DAY).date())
    held, later = store.sessions.of_rep(ana.id)
    assert held.end is not None
    assert (held.end.outcome, held.end.next_step, held.end.assignment_id) == ("kept", step, asked.id)
    assert later == comes
    assert (later.starts_at, later.minutes, later.end) == (NOON + 6 * DAY, 20, None)


def test_without_a_next_session_the_practice_is_due_in_a_week(store: Store, ana: Person, mo: Person) -> None:
    planned = store.sessions.plan(ana.id, mo.id, NOON)
    assert close(store, ana, mo, planned, Ending("kept", "Ask.", PRACTICE, None), NOON) is None
    assert store.assignments(ana.id)[0].due == (NOON + 7 * DAY).date()


def test_a_session_that_nobody_planned_is_kept_as_held_now(store: Store, ana: Person, mo: Person) -> None:
    close(store, ana, mo, None, Ending("kept", "Ask.", None, None), NOON)
    (held,) = store.sessions.of_rep(ana.id)
    assert held.starts_at == NOON
    assert store.assignments(ana.id) == []


@pytest.mark.parametrize(
    ("ending", "says"),
    [
        (Ending("moved", "", None, None), "needs its new day"),
        (Ending("kept", "Ask.", PRACTICE, NOON - DAY), "in the past"),
        (Ending("kept", "", PRACTICE, NOON + DAY), "ends with a next step"),
    ],
)
def test_what_cannot_be_leaves_everything_as_it_was(
    store: Store, ana: Person, mo: Person, ending: Ending, says: str
) -> None:
    planned = store.sessions.plan(ana.id, mo.id, NOON)
    with pytest.raises(BadInputError, match=says):
        close(store, ana, mo, planned, ending, NOON)
    assert store.sessions.of_rep(ana.id) == [planned]
    assert store.assignments(ana.id) == []
