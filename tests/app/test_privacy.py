"""A warm-up is for the eyes of who spoke it, whatever somebody else does in the app."""

import pytest
from textual.widgets import Input

from tests.app.conftest import Guest, House
from tests.app.test_manager import practised
from tests.app.test_practice import ASKS, speak
from trainer.app.palette import Places
from trainer.app.screens.scorecard import Scorecard
from trainer.store.records import Kind


async def take_name(guest: Guest, name: str, *keys: str) -> None:
    """Settings > You: another name, then a role."""
    await guest.press("s", "enter") if guest.at == "Home" else await guest.app.go("settings")
    await guest.settled()
    if guest.at == "Settings":
        await guest.press("enter")
    guest.app.screen.query_one(Input).value = name
    await guest.press("enter", *keys)


async def test_the_name_of_a_rep_is_refused_to_a_manager(house: House) -> None:
    practised(house, "Ana Ruiz", "warm-up")
    async with house.manager() as guest:
        await take_name(guest, "ana ruiz", "down", "enter")
        await guest.shows("Ana Ruiz is a rep here; take your own name")
        assert guest.at == "Welcome"
        assert guest.app.config.name == "Mara Voss"


async def test_the_name_of_a_manager_is_refused_to_a_rep(house: House) -> None:
    with house.store as store:
        store.add_person("Mara Voss", "manager")
    async with house.rep() as guest:
        await take_name(guest, "Mara Voss", "enter")
        await guest.shows("Mara Voss is a manager here; take your own name")


async def test_settings_that_claim_the_name_of_a_rep_open_nothing(house: House) -> None:
    practised(house, "Ana Ruiz", "warm-up")
    async with house.app("Ana Ruiz", "manager") as guest:
        await guest.shows("Ana Ruiz is a rep here")


async def test_a_manager_has_no_history(house: House) -> None:
    async with house.manager() as guest:
        offered = await Places(guest.app.screen).commands()
        assert not [one for one in offered if "history" in one.name]
        await guest.app.go("history")
        await guest.settled()
        assert guest.at == "Team"
    async with house.rep() as guest:
        assert [one for one in await Places(guest.app.screen).commands() if "history" in one.name]


@pytest.mark.parametrize("kind", ["warm-up", "assessed"])
async def test_a_manager_opens_assessed_attempts_only(house: House, kind: Kind) -> None:
    practised(house, "Ana Ruiz", kind)
    with house.store as store:
        attempt = store.attempts()[0].attempt.id
    async with house.manager() as guest:
        guest.app.push_screen(Scorecard(attempt))
        await guest.settled()
        if kind == "warm-up":
            await guest.shows("there is no assessed attempt")
            assert "twenty percent" not in guest.reads.lower()
        else:
            await guest.shows("Ana Ruiz")
            assert "practise again" not in guest.reads


async def test_a_manager_sees_what_came_of_a_practice_of_their_own(house: House) -> None:
    async with house.manager() as guest:
        await guest.app.go("brief", "price-20-percent")
        await guest.settled()
        await guest.press("enter")
        await guest.to("Practice")
        while guest.at != "Scorecard":
            await speak(guest, house, ASKS)
            await guest.to("Feedback")
            await guest.press("enter")
            await guest.until(lambda: guest.at in ("Practice", "Scorecard"))
        await guest.shows("of 100")
