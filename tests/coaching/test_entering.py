from datetime import timedelta

import pytest

from scoring.rubrics_library import load_rubric
from tests.store.records import NOON, attempt, finished
from trainer.coaching.entering import FORGOTTEN, enter
from trainer.store import Store
from trainer.store.records import Kind, Person

RUBRIC = load_rubric("price-objection")
DAY = timedelta(days=1)


def entered_as_new(store: Store, rep: Person, *, after: timedelta) -> bool:
    done = finished(store, attempt(rep, started_at=NOON + after))
    entry = enter(store, done.id, RUBRIC, {})
    assert entry is not None
    return bool(entry.facts["new_form"])


def test_the_first_time_is_new_and_the_next_day_is_not(store: Store, ana: Person) -> None:
    assert entered_as_new(store, ana, after=timedelta(0))
    assert not entered_as_new(store, ana, after=DAY)


@pytest.mark.parametrize("kind", ["warm-up", "assessed"])
def test_a_form_that_was_begun_is_known_whatever_the_kind(store: Store, ana: Person, kind: Kind) -> None:
    store.add_attempt(attempt(ana, kind=kind))
    assert not entered_as_new(store, ana, after=DAY)


def test_a_form_not_met_for_weeks_is_new_again(store: Store, ana: Person) -> None:
    store.add_attempt(attempt(ana))
    assert not entered_as_new(store, ana, after=FORGOTTEN)
    assert entered_as_new(store, ana, after=2 * FORGOTTEN + DAY)


def test_another_form_is_another_matter(store: Store, ana: Person) -> None:
    store.add_attempt(attempt(ana, form="B"))
    assert entered_as_new(store, ana, after=DAY)


def test_a_warm_up_and_what_has_no_end_are_not_entered(store: Store, ana: Person) -> None:
    warm, begun = finished(store, attempt(ana, kind="warm-up")), attempt(ana)
    store.add_attempt(begun)
    assert enter(store, warm.id, RUBRIC, {}) is None
    assert enter(store, begun.id, RUBRIC, {}) is None
    assert store.ledger.of_rep(ana.id) == []


def test_entering_again_keeps_the_first_entry(store: Store, ana: Person) -> None:
    done = finished(store, attempt(ana), 84)
    assert enter(store, done.id, RUBRIC, {}) == enter(store, done.id, RUBRIC, {})
