from datetime import date, timedelta

from tests.app.coached import PRICE, SCENARIO, Then, make_ready, opened, person, practise, session_in
from tests.app.conftest import NOW, House


def line_of(sees: str, name: str) -> str:
    return next(line for line in sees.splitlines() if name in line)


async def test_who_needs_the_manager_is_first_and_why(house: House) -> None:
    make_ready(house)
    practise(house, 3, "++++", name="Sam Hall")
    for ago in (4, 3, 2):
        practise(house, ago, "----", name="Li Wei")
    async with house.manager() as guest:
        assert "40 minutes this week · 3 reps · 2 need you" in guest.sees
        names = [line.removeprefix("▸ ")[:6] for line in guest.sees.splitlines()[3:6]]
        assert names == ["Ana Ru", "Li Wei", "Sam Ha"]
        assert "ready for sign-off 100 ████" in line_of(guest.sees, "Ana Ruiz")
        assert "3 tries, acknowledge still missing" in line_of(guest.sees, "Li Wei")
        assert "on track" in line_of(guest.sees, "Sam Hall")


async def test_those_who_do_not_fit_into_the_minutes_come_after_a_line(house: House) -> None:
    make_ready(house)
    for ago in (4, 3, 2):
        practise(house, ago, "----", name="Li Wei")
    async with house.manager(coaching_minutes=10) as guest:
        lines = guest.sees.splitlines()
        assert "Ana Ruiz" in lines[3]
        assert lines[4] == "beyond your 10 minutes"
        assert "Li Wei" in lines[5]
        await guest.press("m")
        await guest.type("60")
        await guest.press("enter")
        await guest.shows("60 minutes this week")
        assert "beyond" not in guest.sees
        assert guest.app.config.coaching_minutes == 60


async def test_minutes_that_are_none_are_said(house: House) -> None:
    async with house.manager() as guest:
        await guest.press("m")
        await guest.type("plenty")
        await guest.press("enter")
        await guest.shows("Minutes are a whole number")


async def test_a_practice_is_asked_for_in_three_keys(house: House) -> None:
    for ago in (4, 3, 2):
        practise(house, ago, "----")
    session_in(house, 5)
    async with house.manager() as guest:
        await guest.press("a")
        assert "▸ 1 You're 20 % above the other vendor asks for: acknowledge" in guest.sees
        await guest.press("1", "enter")
        await guest.to("Team")
        await guest.shows("target 80")
    with house.store as store:
        (asked,) = store.assignments(person(store).id)
    assert (asked.scenario, asked.skill, asked.target) == (SCENARIO, PRICE, 80)
    assert asked.due == (NOW + timedelta(days=5)).date()


async def test_without_a_session_it_is_due_in_a_week(house: House) -> None:
    practise(house, 4, "----")
    async with house.manager() as guest:
        await guest.press("a", "1", "enter")
        await guest.to("Team")
        await guest.shows("due in 7 days")
    with house.store as store:
        assert store.assignments(person(store).id)[0].due == date(2026, 11, 20)


async def test_the_list_is_narrowed_by_what_is_typed(house: House) -> None:
    practise(house, 3, "++++")
    practise(house, 3, "++++", name="Sam Hall", scenario="happy-with-what-we-have")
    async with house.manager() as guest:
        await guest.press("slash")
        await guest.type("status")
        assert "Sam Hall" in guest.sees
        assert "Ana Ruiz" not in guest.sees
        await guest.press("enter", "enter")
        assert guest.at == "RepPage"
        await guest.press("escape", "slash")
        await guest.type(" nobody")
        assert "Nobody fits what you typed" in guest.sees
        await guest.press("escape")
        assert "Ana Ruiz" in guest.sees
        assert guest.at == "Team"


async def test_warm_ups_change_nothing(house: House) -> None:
    practise(house, 9, "++++")
    async with house.manager() as guest:
        before = guest.sees
    for ago in (4, 3, 2):
        practise(house, ago, "----", kind="warm-up")
    async with house.manager() as guest:
        assert guest.sees == before


async def test_a_review_that_failed_leads_to_the_skill_it_is_about(house: House) -> None:
    then = Then()
    then.at = NOW - timedelta(days=20)
    with opened(house, then) as store:
        mara = person(store, "Mara Voss")
        store.ledger.write(person(store).id, PRICE, "signed off", mara.id)
    practise(house, 2, "----")
    async with house.manager() as guest:
        assert "review failed" in line_of(guest.sees, "Ana Ruiz")
        await guest.press("a")
        assert "▸ 1 You're 20 % above the other vendor" in guest.sees


async def test_long_names_give_way_to_the_reason(house: House) -> None:
    for ago in (4, 3, 2):
        practise(house, ago, "----", name="Margarethe Hollenbach")
    async with house.manager() as guest:
        assert "3 tries, acknowledge still missing" in line_of(guest.sees, "Margareth")
    async with house.manager(size=(120, 30)) as guest:
        assert "Price objection" in line_of(guest.sees, "Margareth")
