"""Takes in the app: however they end, they are kept, and what can be said of them is."""

import threading
from pathlib import Path

import pytest

from tests.app.conftest import House
from tests.app.test_practice import ASKS, PUSHES, begin, detail, speak


async def test_silence_is_said_and_not_scored(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, "")
        await guest.shows("I heard nothing")
        assert guest.at == "Practice"
        await guest.press("p")
        await guest.until(
            lambda: bool(house.speaker.played) and house.speaker.played[-1][0].endswith(".flac")
        )
    stored = detail(house)
    assert (len(stored.takes), stored.all_replies) == (1, ())


async def test_again_keeps_both_and_the_new_one_stands(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, PUSHES)
        await guest.to("Feedback")
        await guest.press("r")
        await guest.to("Practice")
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
    stored = detail(house)
    assert [reply.transcript.text for reply in stored.all_replies] == [PUSHES, ASKS]
    assert [reply.transcript.text for reply in stored.replies] == [ASKS]
    assert len(stored.takes) == 2


async def test_again_while_speaking_keeps_the_take_that_was_broken_off(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        house.recogniser.texts.append(ASKS)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        await guest.press("r")
        await guest.until(lambda: len(house.microphones) == 2 and "Space ends your reply" in guest.reads)
        await guest.press("space")
        await guest.to("Feedback")
    stored = detail(house)
    assert len(stored.takes) == 2
    assert stored.replies[0].take_id == stored.takes[1].id


async def test_a_take_is_kept_when_its_practice_is_left(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        await guest.press("escape")
        await guest.until(lambda: guest.at == "Library")
    assert len(detail(house).takes) == 1
    async with house.rep() as guest:
        await guest.press("enter")
        await guest.to("Practice")
        await guest.shows("Your take is kept")
        house.recogniser.texts.append(ASKS)
        await guest.press("enter")
        await guest.to("Feedback")


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_a_running_take_is_kept_when_the_app_is_left(house: House, key: str) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        await guest.pilot.press(key)
        await guest.until(lambda: not guest.app.is_running)
    assert house.microphones[0].stopped
    assert len(detail(house).takes) == 1


async def test_a_take_that_a_crash_cut_off_comes_back(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("escape")
    stored = detail(house)
    folder = house.paths.takes / stored.attempt.id / "objection"
    folder.mkdir(parents=True)
    (folder / "0198c0de.raw").write_bytes(b"\1\0" * 5 * 16_000)
    async with house.rep() as guest:
        await guest.press("enter")
        await guest.to("Practice")
        await guest.shows("Your take is kept")
        assert "○ 0:05" in guest.reads
    assert [take.seconds for take in detail(house).takes] == [5.0]


async def test_no_microphone_is_one_line_and_typing_works(house: House) -> None:
    house.no_microphone = True
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("No microphone was found")
        assert "press t and type" in guest.reads
        await guest.press("t")
        await guest.type("What are you comparing us with?")
        await guest.press("enter")
        await guest.to("Feedback")
        assert "microphone" not in guest.reads


@pytest.mark.parametrize("why", ["device lost", "disk"])
async def test_a_take_that_was_cut_off_is_kept_and_the_rep_decides(house: House, why: str) -> None:
    async with house.rep() as guest:
        await begin(guest)
        house.recogniser.texts.append(ASKS)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        house.microphones[0].ended_by = why
        await guest.shows("Your take is kept. Enter uses it; space takes it again.")
        assert "! The" in guest.reads
        assert detail(house).all_replies == ()
        await guest.press("enter")
        await guest.to("Feedback")
        assert "!" not in guest.reads
    assert len(detail(house).all_replies) == 1


async def test_a_take_of_full_length_is_used(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        house.recogniser.texts.append(ASKS)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        house.microphones[0].ended_by = "limit"
        await guest.to("Feedback")
        assert guest.reads.count("! Five minutes are the most") == 1
        await guest.press("r")
        await guest.to("Practice")
        assert "Five minutes" not in guest.reads
        assert "○ 0:00" in guest.reads


async def test_a_stalled_take_without_a_sound_speaks_of_the_earlier_one_as_earlier(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, "")
        await guest.shows("I heard nothing")
        house.records = 0
        await guest.press("space")
        await guest.shows("Space ends your reply")
        house.microphones[1].ended_by = "device lost"
        await guest.shows("Nothing was recorded")
        await guest.shows("Your earlier take is kept")
        assert "The microphone has gone" in guest.reads


async def test_lost_sound_is_counted(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        house.recogniser.texts.append(ASKS)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        house.microphones[0].overflows = 3
        await guest.press("space")
        await guest.to("Feedback")
        assert "Sound was lost 3 times" in guest.reads
    assert detail(house).takes[0].overflows == 3


async def test_a_muted_microphone_is_told_while_it_records(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("Space ends your reply")
        house.microphones[0].nothing_arrives = True
        await guest.shows("gives only silence")


async def test_the_meter_moves_with_the_level(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("space")
        await guest.shows("−24 dBFS")
        house.microphones[0].level = -12.0
        await guest.shows("−12 dBFS")
        house.microphones[0].level = float("-inf")
        await guest.shows("silent")


async def test_a_recogniser_that_fails_leaves_the_take_and_says_what_to_do(house: House) -> None:
    house.recogniser.broken = True
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.shows("Fetch them again")
        house.recogniser.broken = False
        await guest.press("enter")
        await guest.to("Feedback")


async def test_a_take_whose_file_has_gone_is_said_and_can_be_taken_again(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, "")
        await guest.shows("I heard nothing")
        for file in Path(house.paths.takes).rglob("*.flac"):
            file.unlink()
        await guest.press("enter")
        await guest.shows(".flac")
        await speak(guest, house, ASKS)
        await guest.to("Feedback")


async def test_a_key_pressed_twice_starts_one_take(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        guest.app.screen.action_speak()  # type: ignore[attr-defined]
        assert not guest.app.screen.check_action("speak", ())
        await guest.shows("Space ends your reply")
    assert len(house.microphones) == 1


async def test_a_practice_left_while_it_transcribes_keeps_its_take_for_later(house: House) -> None:
    go = threading.Event()
    house.recogniser.before = go.wait
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.shows("Transcribing")
        await guest.press("escape")
        assert guest.at == "Library"
        go.set()
        await guest.press("escape")
        await guest.press("enter")
        await guest.to("Practice")
        await guest.shows("Your take is kept")
    assert len(detail(house).takes) == 1
