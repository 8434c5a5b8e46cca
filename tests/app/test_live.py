"""Words on the screen while the rep speaks, the end by a pause, and the microphone that is open before."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from scoring.transcript import Word
from tests.app.conftest import Guest, House
from tests.app.test_practice import ASKS, begin, detail
from tests.hearing.recordings import said
from trainer.hearing.live import Live, SoFar

OPEN = "microphone open: until you press space it holds 0.3 s, in memory"


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(word, 0.0, 0.1, 0.9) for word in text.split())


class Ears(Live):
    """Hears what a test says it does."""

    def tell(self, so_far: SoFar) -> None:
        self._so_far = so_far

    def _publish(self, *, silent_for: float | None = None) -> None: ...


@asynccontextmanager
async def speaking(
    house: House, monkeypatch: pytest.MonkeyPatch, **config: float
) -> AsyncIterator[tuple[Guest, Ears]]:
    """In the middle of a reply."""
    ears = Ears()
    monkeypatch.setattr("trainer.practice.session.Session.listen", lambda _session, _lock: ears)
    house.recogniser.texts.append(ASKS)
    async with house.rep(**config) as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("nds your reply")
        yield guest, ears


async def test_words_stand_there_while_the_rep_speaks_and_those_that_may_change_end_in_dots(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(house, monkeypatch) as (guest, ears):
        ears.tell(SoFar(firm=words("Twenty percent is"), tentative=words("a reel gap")))
        await guest.shows("Twenty percent is a reel gap …")
        ears.tell(SoFar(firm=words("Twenty percent is a real gap.")))
        await guest.shows("Twenty percent is a real gap.")
        assert "…" not in guest.reads.partition("real gap.")[2].partition("space")[0]


async def test_the_newest_words_are_in_sight_when_there_are_many(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(house, monkeypatch) as (guest, ears):
        ears.tell(SoFar(firm=words("and so on " * 120 + "until the last")))
        await guest.shows("until the last")


async def test_a_machine_too_slow_is_said_to_be(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async with speaking(house, monkeypatch) as (guest, ears):
        ears.tell(SoFar(behind=True))
        await guest.shows("slower than your voice")


async def test_a_pause_ends_nothing_unless_it_is_asked_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(house, monkeypatch) as (guest, ears):
        ears.tell(SoFar(firm=words("Well"), silent_for=30.0))
        await guest.shows("Well")
        assert "Space ends your reply." in guest.reads


async def test_a_pause_is_counted_down_speaking_cancels_it_and_its_end_ends_the_reply(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(house, monkeypatch, end_pause=1.2) as (guest, ears):
        assert "A pause of 1.2 s ends your reply, and so does space." in guest.reads
        ears.tell(SoFar(firm=words("Well"), silent_for=0.3))
        await guest.shows("Well")
        assert "Speak to go on" not in guest.reads
        ears.tell(SoFar(firm=words("Well"), silent_for=0.5))
        await guest.shows("Your reply ends in 0.7 s. Speak to go on.")
        ears.tell(SoFar(firm=words("Well"), silent_for=0.0))
        await guest.shows("A pause of 1.2 s ends your reply")
        ears.tell(SoFar(firm=words("Well"), silent_for=1.25))
        await guest.to("Feedback")
    assert len(detail(house).takes) == 1


async def test_what_was_heard_while_speaking_is_what_is_judged(house: House) -> None:
    house.recogniser.texts.append(ASKS)
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        house.microphones[0].speak(said(0.6))
        await guest.shows("Twenty percent is a real gap")
        await guest.press("space")
        await guest.to("Feedback")
    assert detail(house).replies[0].transcript.text == ASKS


async def test_the_microphone_is_open_while_the_rep_reads_and_that_is_said(house: House) -> None:
    async with house.rep(speak=False) as guest:
        await begin(guest)
        await guest.shows(OPEN)
        assert house.microphones[0].listening
        await guest.press("space")
        await guest.shows("Space ends your reply")
        assert house.microphones[0].preroll
        assert OPEN not in guest.reads
    assert len(house.microphones) == 1


async def test_what_the_prospect_says_is_not_taken_for_the_reps_first_words(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.until(lambda: house.speaker.playing)
        await guest.press("space")
        await guest.shows("Space ends your reply")
    assert not house.microphones[0].preroll


async def test_the_early_microphone_can_be_switched_off(house: House) -> None:
    async with house.rep(preroll=False) as guest:
        await begin(guest)
        await guest.shows("Press space")
        assert house.microphones == []


@pytest.mark.parametrize("key", ["t", "escape"])
async def test_who_types_or_leaves_closes_the_microphone(house: House, key: str) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.until(lambda: bool(house.microphones) and house.microphones[0].listening)
        await guest.press(key)
        await guest.until(lambda: not house.microphones[0].listening)
    assert not list(house.paths.takes.rglob("*.*"))


async def test_the_settings_say_what_ends_a_reply_and_when_the_microphone_opens(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("s")
        assert "by space alone" in guest.reads
        guest.point_at("end_pause")
        await guest.press("enter")
        await guest.press("down", "enter")
        await guest.shows("or a pause of 1.2 s")
        assert guest.app.config.end_pause == 1.2
        guest.point_at("preroll")
        await guest.press("enter")
        assert "opens at space" in guest.reads
        assert guest.app.config.preroll is False


async def test_how_carefully_whisper_hears_is_set_in_plain_words(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("s")
        assert "with care: the way Whisper was trained" in guest.reads
        guest.point_at("window")
        await guest.press("enter")
        await guest.press("down", "enter")
        await guest.shows("faster: doubtful words are heard again with care")
        assert guest.app.config.window == "short"
