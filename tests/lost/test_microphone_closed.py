"""A microphone that was opened ahead of a take is closed however the rep goes on."""

from pathlib import Path

import pytest

from tests.app.conftest import Guest, House
from tests.app.test_practice import begin
from trainer.app.screens.speaking import Speaking
from trainer.app.widgets.booth import Booth


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


async def listening(guest: Guest, house: House) -> Booth:
    await begin(guest)
    await guest.until(lambda: any(one.listening for one in house.microphones))
    assert isinstance(guest.app.screen, Speaking)
    return guest.app.screen.booth


async def test_who_types_before_it_is_open_is_not_listened_to(house: House) -> None:
    async with house.rep() as guest:
        booth = await listening(guest, house)
        await booth.let_go()
        screen = guest.app.screen
        assert isinstance(screen, Speaking)
        screen.open_early()  # its worker has not run yet
        await booth.let_go()
        await guest.app.workers.wait_for_complete([one for one in screen.workers if one.group == "early"])
        assert not any(one.listening for one in house.microphones)


async def test_a_screen_that_goes_without_a_word_takes_its_microphone_along(house: House) -> None:
    async with house.rep() as guest:
        await listening(guest, house)
        await guest.app.pop_screen()
        await guest.until(lambda: not any(one.listening for one in house.microphones))
