"""Old recordings are deleted; what was said and scored stays."""

from datetime import timedelta

from tests.app.conftest import House
from tests.app.test_practice import ASKS, speak


async def test_a_deleted_recording_is_said_to_be_gone(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("enter", "enter")
        await guest.to("Practice")
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        for file in house.paths.takes.rglob("*.flac"):
            file.unlink()
        await guest.press("p")
        await guest.shows("This recording is not here any more")


async def test_the_app_deletes_what_is_older_than_the_settings_keep(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("enter", "enter")
        await guest.to("Practice")
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
    assert list(house.paths.takes.rglob("*.flac"))
    house.at += timedelta(days=31)
    async with house.rep(keep_days=30) as guest:
        await guest.until(lambda: not list(house.paths.takes.rglob("*.flac")))
