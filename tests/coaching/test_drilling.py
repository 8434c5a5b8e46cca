from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scoring.scorecard import CriterionResult
from tests.store.records import NOON, attempt, card, finished, reply, result
from trainer.coaching.drilling import done, in_a_row, pieces
from trainer.coaching.ways import Way, ways
from trainer.store import Store
from trainer.store.coaching.drills import Place, Try
from trainer.store.records import Person

DAY = timedelta(days=1)
PLACE = Place("price-objection", "price-20-percent", "A", "objection")


class Clock:
    at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db", now=clock) as opened:
        yield opened


def tries(*met: bool | None) -> list[Try]:
    return [Try(NOON, "said", one) for one in met]


@pytest.mark.parametrize(
    ("met", "row"),
    [
        ((), 0),
        ((True,), 1),
        ((True, False), 0),
        ((True, False, True, True), 2),
        ((True, None, True), 2),
        ((True, None), 1),
    ],
)
def test_a_row_is_counted_from_the_newest_try_back(met: tuple[bool | None, ...], row: int) -> None:
    assert in_a_row(tries(*met)) == row
    assert done(tries(*met)) is (row >= 2)


def practised(store: Store, rep: Person, at: datetime, **met: bool | None) -> None:
    """An attempt with one reply, and a result."""
    one = attempt(rep, kind="warm-up", started_at=at)
    results = tuple(CriterionResult(name, "gives_evidence", value, 2, (), "") for name, value in met.items())
    store.add_attempt(one)
    store.add_reply(replace(reply(one), scorecard=replace(card(), criteria=results)))
    store.finish(result(one))


def test_what_was_missed_most_often_comes_first_and_what_was_not_missed_not_at_all(
    store: Store, ana: Person
) -> None:
    practised(store, ana, NOON - 2 * DAY, check=False, evidence=True, reframe=False, gone=None)
    practised(store, ana, NOON - DAY, check=False, evidence=True, reframe=True, gone=None)
    found = pieces(store, ana, "price-objection")
    assert [(one.criterion, one.missed, one.of) for one in found] == [("check", 2, 2), ("reframe", 1, 2)]
    assert {one.place for one in found} == {PLACE}


def test_what_was_drilled_to_the_end_comes_last(store: Store, ana: Person) -> None:
    practised(store, ana, NOON - 2 * DAY, check=False, reframe=False)
    drill = store.drills.start(ana.id, PLACE, "check")
    for met in (True, True):
        store.drills.add_try(drill.id, "said", met)
    found = pieces(store, ana, "price-objection")
    assert [(one.criterion, one.done) for one in found] == [("reframe", False), ("check", True)]


def scored(store: Store, ana: Person, days: int, score: int) -> None:
    finished(store, attempt(ana, kind="warm-up", started_at=NOON + days * DAY), score)


def drilled(store: Store, clock: Clock, ana: Person, days: int) -> None:
    clock.at = NOON + days * DAY + timedelta(hours=2)
    store.drills.add_try(store.drills.start(ana.id, PLACE, "check").id, "said", True)


def shown(store: Store, clock: Clock, ana: Person, days: int) -> None:
    clock.at = NOON + days * DAY + timedelta(hours=2)
    store.drills.take_example(ana.id, PLACE, "read")


def test_changes_count_for_the_one_way_that_lay_between(store: Store, clock: Clock, ana: Person) -> None:
    for days, score in enumerate((50, 60, 55, 75, 75)):
        scored(store, ana, days, score)
    drilled(store, clock, ana, 0)  # 50 to 60
    shown(store, clock, ana, 1)  # 60 to 55
    drilled(store, clock, ana, 2)  # 55 to 75, but both
    shown(store, clock, ana, 2)
    found = ways(store, ana)
    assert (found.drill, found.example) == (Way((10,)), Way((-5,)))
    assert found.drill.mean is None


def test_a_drill_that_was_only_looked_at_counts_for_nothing(store: Store, clock: Clock, ana: Person) -> None:
    for days, score in enumerate((50, 60)):
        scored(store, ana, days, score)
    clock.at = NOON + timedelta(hours=2)
    store.drills.start(ana.id, PLACE, "check")
    assert ways(store, ana).drill == Way(())


def test_five_changes_make_a_mean(store: Store, clock: Clock, ana: Person) -> None:
    for days, score in enumerate((50, 60, 50, 60, 50, 60)):
        scored(store, ana, days, score)
    for days in range(5):
        drilled(store, clock, ana, days)
    found = ways(store, ana).drill
    assert found.changes == (10, -10, 10, -10, 10)
    assert found.mean == 2
