import threading
from pathlib import Path

import pytest
from textual.widgets import TextArea

from tests.app.conftest import Guest, House
from trainer.app.widgets.prospect import Prospect
from trainer.store.records import AttemptDetail

ASKS = "Twenty percent is a real gap, I see that. Before I answer, what are you comparing us with?"
PUSHES = "You are wrong about that, and honestly nobody serious looks at the price first."


async def begin(guest: Guest) -> None:
    """Into the first turn of a practice."""
    await guest.press("l")
    guest.point_at("price-20-percent")
    await guest.press("enter")
    await guest.press("enter")
    await guest.to("Practice")


async def speak(guest: Guest, house: House, text: str) -> None:
    """One reply, out loud."""
    house.recogniser.texts.append(text)
    await guest.press("space")
    await guest.shows("Space ends your reply")
    await guest.press("space")


def detail(house: House) -> AttemptDetail:
    """The newest attempt as it is on disk."""
    with house.store as store:
        return store.attempt(store.attempts()[0].attempt.id)


async def test_a_whole_practice_by_voice(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        assert "Why would I" in guest.reads or "why would I" in guest.reads
        for turn in range(6):
            await speak(guest, house, ASKS if turn == 0 else PUSHES)
            await guest.to("Feedback")
            await guest.press("enter")
            await guest.until(lambda: guest.at in ("Practice", "Scorecard"))
            if guest.at == "Scorecard":
                break
        assert "of 100" in guest.reads
        assert "Next" in guest.reads
    stored = detail(house)
    assert stored.result is not None
    assert len(stored.takes) == len(stored.replies) >= 3
    assert stored.replies[0].transcript.text == ASKS
    assert all((house.paths.takes / take.file).exists() for take in stored.takes)


async def test_what_the_rep_did_decides_the_next_line(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.press("enter")
        await guest.to("Practice")
        assert "the board sees one number" in guest.reads


async def test_feedback_has_quotes_times_figures_and_one_thing_to_try(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        seen = guest.sees
        assert "✓ Show that you heard their point before you answer it" in seen
        assert any(
            "“" in line and line.endswith(("0:00", "0:01", "0:02", "0:03")) for line in seen.splitlines()
        )
        assert "wpm" in seen
        assert "Next time" in seen


async def test_the_prospect_speaks_unless_muted(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.until(lambda: house.speaker.played == [("line.wav", 0.0)])
        await guest.press("m")
        assert "silent from now on" in guest.reads
        assert "m voice on" in guest.reads
        assert not house.speaker.playing
        assert guest.app.config.speak is False
        await guest.press("m")
        assert "The prospect speaks" in guest.reads


async def test_speaking_silences_the_prospect(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.until(lambda: house.speaker.playing)
        await guest.press("space")
        await guest.until(lambda: not house.speaker.playing)


async def test_a_missing_loudspeaker_is_a_quiet_hint_once(house: House) -> None:
    house.speaker.missing = True
    hint = "No loudspeaker: the line stands above."
    async with house.rep() as guest:
        await begin(guest)
        await guest.shows(hint)
        assert "! No" not in guest.reads
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.press("p")
        await guest.shows("No loudspeaker: it can't be heard here.")
        await guest.press("enter")
        await guest.to("Practice")
        await guest.until(lambda: len(house.spoken) == 2)
        await guest.app.workers.wait_for_complete([one for one in guest.app.workers if one.group == "voice"])
        assert hint not in guest.reads
        await guest.press("v")
        await guest.shows(hint)
        assert "querying" not in guest.reads


async def test_typing_instead(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("t")
        await guest.to("Typing")
        await guest.type("What are you comparing us with?")
        await guest.press("enter")
        await guest.to("Feedback")
        assert "typed" in guest.reads
    reply = detail(house).replies[0]
    assert reply.transcript.source == "typed"
    assert reply.take_id is None


async def test_what_was_typed_is_there_again_after_esc(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("t")
        await guest.type("Half a sentence")
        await guest.press("escape")
        assert guest.at == "Practice"
        await guest.press("t")
        assert "Half a sentence" in guest.reads


async def test_an_empty_text_is_no_reply(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("t", "enter")
        assert "Nothing is typed yet" in guest.reads
        assert guest.at == "Typing"


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


async def test_corrected_words_are_scored_and_marked(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, "Twenty percent is a reel cap")
        await guest.to("Feedback")
        await guest.press("c")
        await guest.to("Typing")
        area = guest.app.screen.query_one("TextArea")
        area.text = ASKS  # type: ignore[attr-defined]
        await guest.press("enter")
        await guest.to("Feedback")
        await guest.shows("corrected by hand")
        await guest.shows("The recogniser heard: “Twenty percent is a reel cap”")
    first, second = detail(house).all_replies
    assert second.transcript.source == "corrected"
    assert (second.scorecard.score or 0) > (first.scorecard.score or 0)
    assert second.take_id == first.take_id


async def test_evidence_is_heard_from_its_second(house: House) -> None:
    async with house.rep(speak=False) as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.press("e")
        await guest.until(lambda: len(house.speaker.played) == 1)
        await guest.press("e")
        await guest.until(lambda: len(house.speaker.played) == 2)
        assert "Evidence 2 of" in guest.reads
    (_, first), (_, second) = house.speaker.played
    assert first < second


async def test_why_tells_reason_and_example(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, PUSHES)
        await guest.to("Feedback")
        assert "For example" not in guest.reads
        await guest.press("w")
        assert "For example" in guest.reads
        await guest.press("w")
        assert "For example" not in guest.reads


async def test_leaving_and_coming_back_to_the_same_turn(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.press("enter")
        await guest.to("Practice")
        await guest.press("escape")
        await guest.press("escape")
        assert guest.at == "Home"
        assert "finish what you began" in guest.reads
    async with house.rep() as guest:
        assert "Go on" in guest.reads
        await guest.press("enter")
        await guest.to("Practice")
        assert "turn 2 of" in guest.reads
        assert "the board sees one number" in guest.reads


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


async def test_feedback_on_typed_words_has_no_notice_of_the_take_before(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, "")
        await guest.shows("! I heard nothing")
        await guest.press("t")
        await guest.type("What do you compare us with?")
        await guest.press("enter")
        await guest.to("Feedback")
        assert "!" not in guest.reads
        await guest.press("r")
        await guest.to("Practice")
        assert "!" not in guest.reads
        assert "○ 0:00" in guest.reads
        await guest.press("t")
        await guest.to("Typing")
        assert guest.app.screen.query_one(TextArea).text == ""


async def test_words_are_corrected_from_their_start(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.press("c")
        await guest.to("Typing")
        assert guest.app.screen.query_one(TextArea).cursor_location == (0, 0)


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


async def test_unsure_words_are_marked(house: House) -> None:
    house.recogniser.unsure = {"answer,"}
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        strips = guest.app.screen._compositor.render_strips()
        italic = [
            segment.text for strip in strips for segment in strip if segment.style and segment.style.italic
        ]
        assert "answer," in italic


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


async def test_the_longest_line_leaves_room_for_the_meter(house: House) -> None:
    async with house.rep(size=(60, 16)) as guest:
        await begin(guest)
        prospect = guest.app.screen.query_one(Prospect)
        prospect.show(guest.app.screen.session.form.persona, "Well, you know. " * 37)  # type: ignore[attr-defined]
        await guest.pilot.pause()
        assert "○ 0:00" in guest.reads
        assert "Press space" in guest.reads


async def test_a_text_that_was_being_typed_is_there_after_the_app_was_left(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("t")
        await guest.type("Half a sentence")
        await guest.pilot.press("ctrl+c")
        await guest.until(lambda: not guest.app.is_running)
    async with house.rep() as guest:
        await guest.press("enter")
        await guest.to("Practice")
        await guest.press("t")
        assert "Half a sentence" in guest.reads
        await guest.press("enter")
        await guest.to("Feedback")
        await guest.press("r")
        await guest.to("Practice")
        await guest.press("t")
        assert "Half a sentence" not in guest.reads.partition("Type your reply")[2]


async def test_what_was_left_is_gone_on_with_from_the_history(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, ASKS)
        await guest.to("Feedback")
        await guest.press("escape")
        await guest.until(lambda: guest.at == "Library")
        await guest.press("escape", "h")
        assert "left" in guest.reads
        await guest.press("enter")
        assert "Left before the end" in guest.reads
        await guest.press("g")
        await guest.to("Practice")
        assert "turn 2 of" in guest.reads


async def test_the_end_has_the_prospects_last_word(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        for _ in range(6):
            await speak(guest, house, PUSHES)
            await guest.to("Feedback")
            await guest.press("enter")
            await guest.until(lambda: guest.at in ("Practice", "Scorecard"))
            if guest.at == "Scorecard":
                break
        assert "I'll go with the others, then" in guest.reads
        assert "not passed yet; the mark is 80" in guest.reads
        await guest.press("a")
        assert guest.at == "Brief"
