"""The exchange with the team while the app is open."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.app.conftest import House
from tests.store.records import attempt, finished
from tests.team.hall import Hall
from tests.team.machines import ANA, MARA, TEAM, practised
from trainer.app.sharing import Shared, Sharing
from trainer.app.turns import LONGEST_WAIT, OFTEN
from trainer.store import Store
from trainer.team.exchange import sync


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hall() -> Hall:
    return Hall(*TEAM)


@pytest.fixture
def hers(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "hers.db") as store:
        store.exchange.join(ANA)
        yield store


async def test_what_waits_is_sent_at_once_and_others_are_asked_for_now_and_then(
    hers: Store, hall: Hall
) -> None:
    clock = Clock()
    sharing = Sharing(hers, lambda: hall.visit(ANA), clock)
    assert await sharing.look() == Shared("")
    practised(hers)
    assert await sharing.look() == Shared("")
    assert len(hall.records) == 5
    visits = hall.visits
    assert await sharing.look() == Shared("")
    assert hall.visits == visits, "nothing waits and it is not time yet"
    clock.at += OFTEN
    await sharing.look()
    assert hall.visits == visits + 1


async def test_who_is_not_reached_is_tried_less_and_less_often_and_nothing_is_lost(
    hers: Store, hall: Hall
) -> None:
    clock = Clock()
    sharing = Sharing(hers, lambda: hall.visit(ANA), clock)
    hall.closed = True
    practised(hers)
    tried = []
    for _ in range(1000):
        before = hall.visits
        assert await sharing.look() == Shared("team not reached, 5 to send")
        if hall.visits > before:
            tried.append(clock.at)
        clock.at += 10
    waits = [late - early for early, late in pairwise(tried)]
    assert waits == sorted(waits)
    assert waits[0] == OFTEN
    assert waits[-1] == LONGEST_WAIT
    hall.closed = False
    clock.at += LONGEST_WAIT
    assert await sharing.look() == Shared("")
    assert len(hall.records) == 5


async def test_a_manager_sees_it_come_without_doing_anything(
    house: House, hers: Store, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    with house.store as store:
        store.exchange.join(MARA)
        store.exchange.meet(TEAM)
    hall.closed = True
    monkeypatch.setattr("trainer.app.sharing.LOOK", 0.05)
    monkeypatch.setattr("trainer.app.turns.OFTEN", 0.1)
    house.team = lambda _config: hall.visit(MARA)
    async with house.app(MARA.name, "manager", team="postgresql://x@y/z") as guest:
        await guest.shows("team not reached")
        await guest.shows("Ana Ruiz")
        assert "75" not in guest.reads
        practised(hers)
        hall.closed = False
        with hall.visit(ANA) as server:
            sync(hers, server)
        await guest.shows("75")
        await guest.until(lambda: "team not reached" not in guest.reads)


async def test_without_a_team_nobody_is_asked(house: House, hall: Hall) -> None:
    with house.store as store:
        finished(store, attempt(store.add_person("Ana Ruiz", "rep")))
    house.team = lambda _config: hall.visit(ANA)
    async with house.rep() as guest:
        await guest.shows("Ana Ruiz")
    assert hall.visits == 0
