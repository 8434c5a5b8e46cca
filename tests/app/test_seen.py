"""A rep sees exactly what the manager sees, and shows them a warm-up where they want to."""

from tests.app.conftest import House
from tests.app.test_manager import practised
from trainer.app.screens.seen import Seen


async def test_a_rep_reads_what_is_visible_and_who_looked(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        (done,) = store.team_attempts(ana.id)
        store.privacy.look(store.add_person("Mo Adler", "manager").id, ana.id, "recording", done.attempt.id)
    async with house.rep() as guest:
        await guest.press("h", "v")
        assert isinstance(guest.app.screen, Seen)
        await guest.shows("1 attempt")
        await guest.shows("Mo Adler recording")


async def test_a_warm_up_is_shown_only_after_a_yes(house: House) -> None:
    practised(house, "Ana Ruiz", "warm-up")
    async with house.rep() as guest:
        await guest.press("h", "s", "enter")  # the pointer stands on no
        with house.store as store:
            assert store.team_attempts() == []
        await guest.press("s", "down", "enter")
        await guest.shows("Your manager can open it now")
    with house.store as store:
        assert len(store.team_attempts()) == 1


async def test_what_is_assessed_cannot_be_shared(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    async with house.rep() as guest:
        await guest.press("h")
        assert not guest.app.screen.check_action("share", ())
