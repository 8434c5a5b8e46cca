"""How hard scenarios are, where a manager chooses one."""

from tests.app.conftest import House
from tests.coaching.first_attempts import SCENARIO, fourteen


async def test_a_manager_sees_in_the_library_how_many_passed_first(house: House) -> None:
    with house.store as store:
        fourteen(store)
    async with house.manager() as guest:
        await guest.press("l")
        await guest.shows("6 of 14 passed first")
        measured = [line for line in guest.sees.splitlines() if "passed first" in line]
        assert measured == ["▸ You're 20 % above the other vendor 6 of 14 passed first 21–67 %"]


async def test_the_library_stays_as_it_is_where_too_few_have_met_anything(house: House) -> None:
    async with house.manager() as guest:
        await guest.press("l")
        await guest.shows("You're 20 % above")
        assert "new" in guest.sees and "passed" not in guest.sees


async def test_a_rep_is_told_nothing_about_others_there(house: House) -> None:
    with house.store as store:
        fourteen(store)
    async with house.rep() as guest:
        await guest.press("l")
        await guest.shows("You're 20 % above")
        assert "passed" not in guest.sees


async def test_who_asks_for_a_practice_sees_how_hard_the_chosen_one_is(house: House) -> None:
    with house.store as store:
        fourteen(store)
    async with house.manager() as guest:
        await guest.press("a")
        guest.point_at(SCENARIO)
        await guest.shows("6 of 14 passed first, 21–67 % of others would")
        guest.point_at("just-email-me")
        await guest.settled()
        assert "passed first" not in guest.sees
