from datetime import date

import pytest

from tests.store.records import attempt, finished
from trainer.errors import BadInputError
from trainer.store import Store, StoreError
from trainer.store.records import Person


def test_an_assignment_comes_back_as_it_was_made(store: Store, ana: Person) -> None:
    mia = store.add_person("Mia", "manager")
    made = store.assign(
        ana.id, "budget", skill="qualify-budget", target=85, due=date(2025, 11, 14), manager_id=mia.id
    )
    assert store.assignments(ana.id) == [made]


def test_those_due_first_are_in_front(store: Store, ana: Person) -> None:
    for scenario, due in (("c", None), ("b", date(2025, 12, 1)), ("a", date(2025, 11, 1))):
        store.assign(ana.id, scenario, skill="any", due=due)
    assert [one.scenario for one in store.assignments(ana.id)] == ["a", "b", "c"]


def test_one_that_was_reached_is_listed_only_when_asked_for(store: Store, ana: Person) -> None:
    made = store.assign(ana.id, "price-20-percent", skill="price-objection", target=75)
    finished(store, attempt(ana), 75)
    assert store.assignments(ana.id) == []
    assert store.assignments(ana.id, open_only=False) == [made]


@pytest.mark.parametrize("target", [0, 101, 10**30])
def test_a_target_is_a_score(store: Store, ana: Person, target: int) -> None:
    with pytest.raises(BadInputError, match="from 1 to 100"):
        store.assign(ana.id, "budget", skill="any", target=target)


def test_nothing_is_asked_of_somebody_unknown(store: Store) -> None:
    with pytest.raises(StoreError, match="refused"):
        store.assign("nobody", "budget", skill="any")
    assert store.people() == []


def test_the_longest_late_of_everybody_is_found_at_once(store: Store, ana: Person) -> None:
    ben = store.add_person("Ben Okoro", "rep")
    store.assign(ana.id, "a", skill="any", due=date(2025, 11, 14))
    store.assign(ana.id, "b", skill="any")
    later = store.assign(ana.id, "c", skill="any", due=date(2025, 11, 12))
    store.assign(ana.id, "e", skill="any", due=date(2025, 11, 13))
    longest = store.assign(ben.id, "d", skill="any", due=date(2025, 11, 10))
    assert store.late_assignments(date(2025, 11, 14)) == [longest, later]
