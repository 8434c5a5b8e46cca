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


async def test_why_tells_the_reason_and_the_advice_but_not_the_answer(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await speak(guest, house, PUSHES)
        await guest.to("Feedback")
        tip = "Say their point back in your own words first"
        assert guest.reads.count(tip) == 1  # as the one thing to try
        await guest.press("w")
        assert guest.reads.count(tip) == 2
        assert "I'd want to know what I get for it" not in guest.reads
        await guest.press("w")
        assert guest.reads.count(tip) == 1


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
