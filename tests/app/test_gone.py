"""Old recordings are deleted; what was said and scored stays."""

from datetime import timedelta

from tests.app.conftest import House
from tests.app.test_practice import ASKS, speak
from tests.store.records import attempt, reply, result, take
from trainer.app.exchange import of_attempt
from trainer.app.screens.replies import ReplyOfAttempt


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
        with house.store as store:
            await guest.until(lambda: store.privacy.overdue_since(house.at) is not None)
    assert list(house.paths.takes.rglob("*.flac")), "a clock may be wrong: another day has to agree"
    house.at += timedelta(days=1)
    async with house.rep(keep_days=30) as guest:
        await guest.until(lambda: not list(house.paths.takes.rglob("*.flac")))


async def test_a_rep_deletes_one_recording_and_is_asked_once_more(house: House) -> None:
    rep = house.store.add_person("Ana Ruiz", "rep")
    begun = attempt(rep)
    kept = take(begun)
    with house.store as store:
        store.add_attempt(begun)
        store.add_take(kept)
        store.add_reply(reply(begun, take_id=kept.id))
        store.finish(result(begun))
        detail = store.attempt(begun.id)
    file = house.paths.takes / kept.file
    file.parent.mkdir(parents=True)
    file.write_bytes(b"fLaC")
    async with house.rep(keep_days=0) as guest:
        exchanges = of_attempt(detail, house.paths.takes)
        await guest.app.push_screen(ReplyOfAttempt(exchanges, None, begun))
        await guest.settled()
        await guest.press("d")
        await guest.shows("Delete this recording?")
        await guest.press("enter")
        assert file.exists(), "keeping it is the answer that enter gives"
        await guest.press("d", "down", "enter")
        await guest.shows("Deleted.")
        assert not file.exists()
        await guest.press("p")
        await guest.shows("not here any more")
        await guest.press("d")
        assert guest.at == "ReplyOfAttempt"
    with house.store as store:
        assert store.privacy.why_gone(kept.id) == "asked"
