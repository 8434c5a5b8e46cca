from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from trainer.practice.late_entries import enter_left_out
from trainer.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db") as opened:
        yield opened


def test_what_the_ledger_lacks_is_entered_once_with_the_score_it_got(store: Store) -> None:
    ana, ben = store.add_person("Ana", "rep"), store.add_person("Ben", "rep")
    first = finished(store, attempt(ana), 84)
    second = finished(store, attempt(ana, form="B"), 61)
    finished(store, attempt(ana, kind="warm-up"), 99)
    finished(store, attempt(ben), 70)
    store.add_attempt(attempt(ana))
    entries = enter_left_out(store, ana.id)
    assert [(one.attempt_id, one.facts["score"]) for one in entries] == [(first.id, 84), (second.id, 61)]
    assert enter_left_out(store, ana.id) == []
    assert store.ledger.of_rep(ana.id) == entries
    assert store.ledger.of_rep(ben.id) == []


def test_an_attempt_whose_scenario_has_gone_waits_for_it(store: Store) -> None:
    ana = store.add_person("Ana", "rep")
    gone = finished(store, attempt(ana, scenario="gone"), 84)
    assert enter_left_out(store, ana.id) == []
    assert store.ledger.left_out(ana.id) == [gone.id]
