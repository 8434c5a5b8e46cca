from textual.widgets import Input, OptionList

from tests.app.conftest import Guest, House
from tests.app.test_practice import begin


async def find(guest: Guest, words: str) -> None:
    """Opens the palette, types, and takes the first thing found."""
    await guest.pilot.press("ctrl+p")
    await guest.to("CommandPalette")
    guest.app.screen.query_one(Input).value = words
    found = guest.app.screen.query_one(OptionList)
    await guest.until(
        lambda: bool(found.option_count) and words.lower() in str(found.options[0].prompt).lower()
    )
    found.highlighted = 0
    await guest.pilot.press("enter")
    await guest.until(lambda: guest.at != "CommandPalette")


async def test_every_scenario_is_a_command(house: House) -> None:
    async with house.rep() as guest:
        await find(guest, "Practise: You're 20")
        await guest.to("Brief")
        assert "20 % above the other vendor" in guest.reads


async def test_what_the_screen_does_is_a_command(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await find(guest, "Type")
        await guest.to("Typing")


async def test_going_elsewhere_from_a_practice_keeps_its_take(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        await find(guest, "Go to the history")
        await guest.to("History")
        await guest.press("escape")
        assert guest.at == "Home"
    assert house.microphones[0].stopped
    with house.store as store:
        assert len(store.attempt(store.attempts()[0].attempt.id).takes) == 1


async def test_light_and_dark_from_the_palette(house: House) -> None:
    async with house.rep() as guest:
        await find(guest, "Turn light")
        await guest.until(lambda: guest.app.theme == "rep-light")
    assert "rep-light" in house.paths.settings.read_text(encoding="utf-8")
