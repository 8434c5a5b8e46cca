from datetime import timedelta

import pytest

from tests.app.coached import PRICE, SCENARIO, person, plan, practise, session_in
from tests.app.conftest import NOW, House
from trainer.store.coaching.plans import Step


async def test_the_page_for_the_talk_with_quotes_to_hear(house: House) -> None:
    practise(house, 5, "----")
    practise(house, 3, "+-+-")
    session_in(house, 1)
    async with house.manager(size=(80, 60)) as guest:
        await guest.press("b")
        assert guest.at == "SessionBrief"
        assert "Brief · Ana Ruiz session tomorrow" in guest.sees
        for title in ("Practice", "The one thing that holds back", "A question to ask"):
            assert title in guest.sees
        await guest.press("e")
        await guest.until(lambda: bool(house.speaker.played))
        assert "▸ “" in guest.sees
        await guest.press("s")
        assert not house.speaker.playing
        assert "▸ “" not in guest.sees
    with house.store as store:
        looks = [one.what for one in store.privacy.looks(person(store).id)]
    assert looks == ["recording", "brief"]


async def test_the_rep_reads_the_same_page_and_closes_nothing(house: House) -> None:
    practise(house, 3, "+-+-")
    async with house.manager(size=(80, 60)) as guest:
        await guest.press("b")
        theirs = guest.sees.splitlines()[2:40]
    async with house.rep(size=(80, 60)) as guest:
        await guest.app.go("session brief")
        await guest.settled()
        assert guest.sees.splitlines()[2:40] == theirs
        assert "close session" not in guest.sees
    with house.store as store:
        assert [one.who for one in store.privacy.looks(person(store).id)] == ["Mara Voss"]


async def test_at_the_end_the_next_step_becomes_the_assignment(house: House) -> None:
    practise(house, 3, "----")
    session_in(house, 0)
    async with house.manager(size=(80, 30)) as guest:
        await guest.press("b", "c")
        assert guest.at == "Closing"
        await guest.press("enter")
        await guest.type("Ask what they compared us with")
        await guest.press("enter", "enter", "enter")
        await guest.to("SessionBrief")
        await guest.shows("It took place. “You're 20 % above the other vendor” is asked for.")
        assert "Ask what they compared us with" in guest.reads
    with house.store as store:
        ana = person(store)
        (asked,) = store.assignments(ana.id)
        held, comes = store.sessions.of_rep(ana.id)
    assert held.end is not None
    assert (held.end.outcome, held.end.next_step) == ("kept", "Ask what they compared us with")
    assert held.end.assignment_id == asked.id
    assert (asked.scenario, asked.skill) == (SCENARIO, PRICE)
    assert comes.starts_at.replace(second=0, microsecond=0) == NOW + timedelta(days=7)
    assert asked.due == comes.starts_at.date()


async def test_a_session_that_was_missed_asks_for_nothing(house: House) -> None:
    practise(house, 3, "----")
    session_in(house, 0)
    async with house.manager(size=(80, 30)) as guest:
        await guest.press("b", "c", "down", "enter", "enter", "enter", "enter")
        await guest.to("SessionBrief")
        await guest.shows("It did not take place.")
    with house.store as store:
        assert store.assignments(person(store).id) == []
        held, _ = store.sessions.of_rep(person(store).id)
    assert held.end is not None
    assert held.end.outcome == "missed"


async def test_a_day_that_is_none_is_said_and_nothing_is_kept(house: House) -> None:
    practise(house, 3, "----")
    async with house.manager(size=(80, 30)) as guest:
        await guest.press("b", "c", "enter", "enter", "enter")
        await guest.type("soonish")
        await guest.press("enter")
        await guest.shows("'soonish' is no day and time")
        assert guest.at == "Closing"
    with house.store as store:
        assert store.sessions.of_rep(person(store).id) == []


@pytest.mark.parametrize("before", [False, True])
async def test_a_session_is_planned_or_moved(house: House, *, before: bool) -> None:
    practise(house, 3, "----")
    if before:
        session_in(house, 1)
    async with house.manager(size=(80, 30)) as guest:
        await guest.press("b", "p")
        await guest.type("monday 14:00")
        await guest.press("enter")
        await guest.shows("Planned: session Mon 16 Nov 14:00.")
    with house.store as store:
        *moved, comes = store.sessions.of_rep(person(store).id)
    assert [one.end.outcome for one in moved if one.end] == ["moved"] * before
    assert comes.end is None


async def test_the_manager_says_yes_to_a_target_and_puts_a_rep_on_a_path(house: House) -> None:
    practise(house, 3, "----")
    async with house.manager(size=(100, 40)) as guest:
        await guest.press("enter", "p", "enter")
        await guest.to("RepPage")
        await guest.shows("Plan")
        await guest.press("y")
        await guest.shows("they have not yet")
    with house.store as store:
        ana = person(store)
        made = store.plans.of_rep(ana.id)
        assert made is not None
        first = made.steps[0]
        assert isinstance(first, Step)
        (said,) = store.plans.agreements(ana.id, first.skill)
        assert said.target == first.target


async def test_a_yes_of_both_stands(house: House) -> None:
    plan(house)
    practise(house, 3, "----")
    with house.store as store:
        ana = person(store)
        store.plans.agree(ana.id, PRICE, 85, ana.id)
    async with house.manager(size=(100, 40)) as guest:
        await guest.press("enter")
        assert "they said yes to 85; y says yes too" in guest.reads
        await guest.press("y")
        await guest.shows("target 85, agreed")
        assert "y say yes" not in guest.sees


async def test_the_session_that_team_says_is_not_closed_is_the_one_that_is_closed(house: House) -> None:
    practise(house, 3, "----")
    session_in(house, -1)
    session_in(house, 6)
    async with house.manager() as guest:
        assert "session yesterday not closed yet" in guest.reads
        await guest.press("b", "c")
        assert "The session Thu 12 Nov" in guest.reads
        await guest.press("down", "enter", "enter", "enter", "end", "ctrl+u", "enter")
        await guest.shows("It did not take place.")
        await guest.press("escape")
        await guest.until(lambda: "not closed yet" not in guest.reads)
    with house.store as store:
        over, comes = store.sessions.of_rep(person(store).id)
    assert over.end is not None
    assert comes.end is None
