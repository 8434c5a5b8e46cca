"""Before anything is recorded the rep is asked, once."""

from tests.app.conftest import House
from tests.team.hall import Hall
from tests.team.machines import ANA, TEAM
from trainer.config import Config
from trainer.practice import consent


async def test_the_first_practice_asks_and_the_next_does_not(house: House) -> None:
    async with house.rep(agreed=False) as guest:
        await guest.press("enter", "enter")
        await guest.to("Consent")
        await guest.shows("nothing is sent anywhere")
        await guest.press("y")
        await guest.to("Practice")
        await guest.press("escape", "enter")
        await guest.to("Practice")
    with house.store as store:
        rep = store.person("Ana Ruiz")
        assert rep is not None
        assert consent.given(store, rep, Config().keep_days) is True


async def test_esc_begins_nothing(house: House) -> None:
    async with house.rep(agreed=False) as guest:
        await guest.press("enter", "enter")
        await guest.to("Consent")
        await guest.press("escape")
        await guest.to("Brief")
    with house.store as store:
        assert store.attempts() == []


async def test_the_settings_ask_again(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("s")
        guest.point_at("recordings")
        await guest.press("enter")
        await guest.to("Consent")
        await guest.press("n")
        await guest.shows("Nothing is recorded")


async def test_a_rep_who_said_no_types(house: House) -> None:
    async with house.rep(agreed=False) as guest:
        await guest.press("enter", "enter")
        await guest.to("Consent")
        await guest.press("n")
        await guest.to("Practice")
        await guest.press("space")
        await guest.shows("Nothing is recorded, as you wanted")
        assert house.microphones == []
        await guest.press("t")
        await guest.to("Typing")


async def test_in_a_team_with_a_place_the_words_say_so_on_one_screen_and_are_asked_anew(house: House) -> None:
    hall = Hall(*TEAM)
    hall.recordings = "/shared"
    house.team = lambda _config: hall.visit(ANA)
    async with house.rep(team="postgresql://x@y/z", recordings="/shared") as guest:
        await guest.press("enter", "enter")
        await guest.to("Consent")
        assert "nothing is sent anywhere" not in guest.reads
        await guest.shows("encrypted, to your team's storage")
        await guest.shows("Nothing is concluded about feelings")
