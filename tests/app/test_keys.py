"""Every key that a screen shows does something there."""

from collections.abc import Awaitable, Callable

import pytest

from tests.app.conftest import Guest, House
from tests.app.test_manager import practised
from tests.app.test_practice import ASKS, begin, speak
from trainer.app.widgets.key_line import KeyLine, shown_keys
from trainer.config import Role

Way = Callable[[Guest, House], Awaitable[None]]


def press(*keys: str) -> Way:
    async def go(guest: Guest, _house: House) -> None:
        await guest.press(*keys)

    return go


async def to_practice(guest: Guest, _house: House) -> None:
    await begin(guest)


async def to_recording(guest: Guest, _house: House) -> None:
    await begin(guest)
    await guest.press("space")
    await guest.shows("Space ends your reply")


async def to_a_kept_take(guest: Guest, house: House) -> None:
    await begin(guest)
    await speak(guest, house, "")
    await guest.shows("I heard nothing")


async def to_feedback(guest: Guest, house: House) -> None:
    await begin(guest)
    await speak(guest, house, ASKS)
    await guest.to("Feedback")


async def to_typing(guest: Guest, _house: House) -> None:
    await begin(guest)
    await guest.press("t")


SCREENS: dict[str, tuple[Role | None, Way]] = {
    "Welcome": (None, press()),
    "Home": ("rep", press()),
    "Library": ("rep", press("l")),
    "History": ("rep", press("h")),
    "Settings": ("rep", press("s")),
    "Keys": ("rep", press("question_mark")),
    "Brief": ("rep", press("l", "enter")),
    "Practice": ("rep", to_practice),
    "Practice, recording": ("rep", to_recording),
    "Practice, take kept": ("rep", to_a_kept_take),
    "Typing": ("rep", to_typing),
    "Feedback": ("rep", to_feedback),
    "Scorecard": ("rep", press("h", "enter")),
    "ReplyOfAttempt": ("rep", press("h", "enter", "enter")),
    "Choose": ("rep", press("s", "down", "down", "down", "enter")),
    "Team": ("manager", press()),
    "RepPage": ("manager", press("enter")),
    "SignOff": ("manager", press("s")),
    "Reason": ("manager", press("s", "o")),
    "SessionBrief": ("manager", press("b")),
    "Closing": ("manager", press("b", "c")),
    "Assign": ("manager", press("a")),
    "Ask": ("manager", press("n")),
}


NAMES: dict[Role | None, str] = {"rep": "Ana Ruiz", "manager": "Mara Voss", None: ""}


def state(guest: Guest, house: House) -> tuple[object, ...]:
    """All that a key could change."""
    focus = guest.app.focused
    return (
        guest.app.is_running,
        [id(screen) for screen in guest.app.screen_stack],
        guest.sees,
        guest.app.config,
        len(house.speaker.played),
        house.speaker.playing,
        len(house.spoken),
        len(house.microphones),
        id(focus),
    )


@pytest.mark.parametrize("name", SCREENS)
async def test_every_shown_key_does_something(house: House, name: str) -> None:
    role, way = SCREENS[name]
    practised(house, "Ana Ruiz", "assessed")
    left = [""]  # none known yet
    while left:
        async with house.app(NAMES[role], role) as guest:
            await way(guest, house)
            assert guest.at == name.partition(",")[0]
            if left == [""]:
                everywhere = () if name == "Home" else ("help", "palette")
                left = [one.key for one in shown_keys(guest.app.screen) if one.id not in everywhere]
            before = state(guest, house)
            house.recogniser.texts[:] = [ASKS, ASKS]
            await guest.pilot.press(left.pop())
            await guest.until(lambda before=before, guest=guest: state(guest, house) != before)  # type: ignore[misc]
        house.recogniser.texts.clear()


@pytest.mark.parametrize("name", SCREENS)
async def test_the_keys_fit_on_the_line(house: House, name: str) -> None:
    role, way = SCREENS[name]
    practised(house, "Ana Ruiz", "assessed")
    async with house.app(NAMES[role], role) as guest:
        await way(guest, house)
        line = guest.app.screen.query_one(KeyLine)
        shown = str(line.render())
        assert len(shown) <= line.size.width
        missing = [
            key for key in shown_keys(guest.app.screen) if guest.app.get_key_display(key) not in shown.split()
        ]
        assert not missing


async def test_a_click_on_a_key_does_what_the_key_does(house: House) -> None:
    async with house.rep() as guest:
        line = guest.app.screen.query_one(KeyLine)
        await guest.pilot.click(line, offset=(3 + str(line.render()).index("library"), 0))
        await guest.settled()
        assert guest.at == "Library"
