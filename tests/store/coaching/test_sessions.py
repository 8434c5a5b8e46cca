from datetime import timedelta

import pytest

from tests.store.records import NOON
from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.records import Person

WEEK = timedelta(days=7)


def test_the_next_session_of_everybody_is_the_earliest_to_come(store: Store, ana: Person, mo: Person) -> None:
    ben = store.add_person("Ben Okoro", "rep")
    store.sessions.plan(ana.id, mo.id, NOON + 2 * WEEK)
    soon = store.sessions.plan(ana.id, mo.id, NOON + WEEK)
    store.sessions.plan(ana.id, mo.id, NOON - WEEK)
    of_ben = store.sessions.plan(ben.id, mo.id, NOON + WEEK, minutes=45)
    assert store.sessions.next_of_all(NOON) == {ana.id: soon, ben.id: of_ben}


def test_a_session_that_ended_is_not_the_next(store: Store, ana: Person, mo: Person) -> None:
    soon = store.sessions.plan(ana.id, mo.id, NOON + WEEK)
    store.sessions.finish(soon.id, "moved", mo.id)
    assert store.sessions.next_of_all(NOON) == {}


def test_a_session_ends_once_with_the_next_step_and_its_practice(
    store: Store, ana: Person, mo: Person
) -> None:
    held = store.sessions.plan(ana.id, mo.id, NOON)
    asked = store.assign(ana.id, "price-20-percent", skill="price-objection")
    end = store.sessions.finish(
        held.id, "kept", mo.id, next_step="Ask what they compare.", assignment_id=asked.id
    )
    with pytest.raises(BadInputError, match="ended already"):
        store.sessions.finish(held.id, "missed", mo.id)
    (kept,) = store.sessions.of_rep(ana.id)
    assert kept.end == end
    assert end.next_step == "Ask what they compare."
