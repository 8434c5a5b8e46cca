"""Small, large, light and dark; the way out of everything."""

import pytest
from textual.widgets import Input

from tests.app.conftest import House
from tests.app.test_keys import NAMES, SCREENS
from tests.app.test_manager import practised
from tests.app.test_practice import ASKS, begin, speak
from trainer.app.widgets.key_line import KeyLine


@pytest.mark.parametrize("name", SCREENS)
async def test_a_small_terminal_says_so_and_a_large_one_shows_all_again(house: House, name: str) -> None:
    role, way = SCREENS[name]
    practised(house, "Ana Ruiz", "assessed")
    async with house.app(NAMES[role], role) as guest:
        await way(guest, house)
        before = guest.reads.partition("0:0")[0]
        await guest.pilot.resize_terminal(40, 10)
        await guest.shows("Make it at least 60×16")
        assert "This terminal is 40×10" in guest.reads
        assert "ctrl+q" in guest.reads
        await guest.pilot.resize_terminal(80, 24)
        await guest.until(lambda: guest.reads.startswith(before))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (200, 60)])
async def test_feedback_has_its_next_step_and_its_keys_at_every_size(
    house: House, size: tuple[int, int]
) -> None:
    async with house.rep(size=size) as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        assert "Next time" in guest.reads
        assert "go on" in str(guest.app.screen.query_one(KeyLine).render())


async def test_a_recording_goes_on_while_the_terminal_is_too_small(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        house.recogniser.texts.append(ASKS)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        await guest.pilot.resize_terminal(30, 8)
        await guest.press("space")
        await guest.to("Feedback")
        await guest.pilot.resize_terminal(80, 24)
        await guest.shows("You said")


async def test_the_app_starts_in_a_terminal_that_is_too_small(house: House) -> None:
    async with house.rep(size=(40, 10)) as guest:
        await guest.shows("Make it at least")
        await guest.pilot.press("ctrl+q")
        await guest.until(lambda: not guest.app.is_running)


@pytest.mark.parametrize("theme", ["rep-light", "nord", "ansi-dark"])
async def test_any_theme_will_do(house: House, theme: str) -> None:
    async with house.rep(theme=theme) as guest:
        assert guest.app.theme == theme
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.shows("You said")


async def test_a_theme_that_is_not_there_any_more_is_no_failure(house: House) -> None:
    async with house.rep(theme="gone-with-an-update") as guest:
        assert guest.app.theme == "rep-dark"


async def test_settings_are_saved_at_once(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("s", "down", "enter", "down", "enter")
        assert guest.app.config.microphone == "Headset"
        await guest.press("down", "enter")
        assert guest.app.config.speak is False
        guest.point_at("mark_self")
        await guest.press("enter")
        assert guest.app.config.mark_self is True
        guest.point_at("theme")
        await guest.press("enter", "down", "enter")
        assert guest.app.theme == "rep-light"
    saved = house.paths.settings.read_text(encoding="utf-8")
    assert 'microphone = "Headset"' in saved
    assert "speak = false" in saved
    assert 'theme = "rep-light"' in saved


async def test_somebody_else_can_take_over(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    async with house.rep() as guest:
        await guest.press("s", "enter")
        assert guest.at == "Welcome"
        await guest.press("escape")
        assert guest.at == "Settings"
        await guest.press("enter")
        guest.app.screen.query_one(Input).value = "Mara Voss"
        await guest.press("enter", "down", "enter")
        await guest.to("Team")
        assert guest.app.config.role == "manager"


async def test_keys_of_ones_own(house: House) -> None:
    async with house.rep(keymap={"library": "b"}) as guest:
        await guest.press("l")
        assert guest.at == "Home"
        await guest.press("b")
        assert guest.at == "Library"
