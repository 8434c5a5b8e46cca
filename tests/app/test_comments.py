import pytest

from tests.app.coached import SCENARIO, person, practise
from tests.app.conftest import Guest, House
from trainer.store.coaching.notes import Note
from trainer.store.records import AttemptDetail


def kept(house: House, attempt_id: str) -> tuple[list[Note], AttemptDetail]:
    with house.store as store:
        return store.notes.of_attempt(attempt_id), store.attempt(attempt_id)


async def to_first_reply(guest: Guest) -> None:
    await guest.press("enter")
    await guest.press("end", "enter")
    assert guest.at == "Scorecard"
    guest.point_at("reply:0")
    await guest.press("enter")
    assert guest.at == "ReplyOfAttempt"


async def test_a_comment_on_the_evidence_that_was_chosen_stands_at_its_second(house: House) -> None:
    attempt_id = practise(house, 2, "++++")
    async with house.manager() as guest:
        await to_first_reply(guest)
        await guest.press("e")
        await guest.until(lambda: bool(house.speaker.played))
        house.speaker.playing = False  # it has been heard
        await guest.press("c", "enter")
        assert "Nothing is typed yet" in guest.reads
        await guest.type("This is the moment")
        await guest.press("enter")
        await guest.shows("Mara Voss: This is the moment")
    (note,), detail = kept(house, attempt_id)
    starts = [
        evidence.start
        for result in detail.replies[0].scorecard.criteria
        for evidence in result.evidence
        if evidence.start is not None
    ]
    assert note.at_second == min(starts)
    assert (note.kind, note.reply_id) == ("comment", detail.replies[0].id)


async def test_a_comment_while_it_plays_is_kept_at_what_is_heard(house: House) -> None:
    attempt_id = practise(house, 2, "++++")
    async with house.manager() as guest:
        await to_first_reply(guest)
        await guest.press("p")
        await guest.until(lambda: house.speaker.playing)
        await guest.press("c")
        assert not house.speaker.playing  # it waits while the comment is typed
        await guest.type("Slower")
        await guest.press("enter")
        await guest.shows("Mara Voss: Slower")
    (note,), _ = kept(house, attempt_id)
    assert note.at_second is not None
    assert note.at_second > 0


async def test_a_comment_on_nothing_heard_is_about_the_whole_reply(house: House) -> None:
    attempt_id = practise(house, 2, "++++")
    async with house.manager() as guest:
        await to_first_reply(guest)
        await guest.press("c")
        assert "Comment on the whole reply" in guest.reads
        assert "They said" in guest.reads
        await guest.type("Good")
        await guest.press("enter")
        await guest.shows("Mara Voss: Good")
    assert kept(house, attempt_id)[0][0].at_second is None


@pytest.fixture
def commented(house: House) -> str:
    """Ana's attempt with two comments of Mara's on its first reply."""
    attempt_id = practise(house, 2, "++++")
    with house.store as store:
        reply, mara = store.attempt(attempt_id).replies[0], person(store, "Mara Voss")
        for second, text in ((4.0, "And here you asked"), (1.0, "Here you heard them")):
            store.notes.write(reply.id, mara.id, "comment", text, at_second=second)
    return attempt_id


async def test_the_rep_sees_each_comment_at_its_moment(house: House, commented: str) -> None:
    async with house.rep() as guest:
        await guest.press("h")
        assert "2 comments" in guest.sees
        await guest.press("enter")
        assert "2 comments" in guest.sees
        guest.point_at("reply:0")
        await guest.press("enter")
        assert "0:01 Mara Voss: Here you heard them 0:04 Mara Voss: And here you asked" in guest.reads
        assert "c comment" not in guest.sees
        await guest.press("m")
        await guest.until(lambda: bool(house.speaker.played))
        assert "▸ 0:01 Mara Voss" in guest.sees
        assert house.speaker.played[-1][1] == pytest.approx(0.7)
        await guest.press("m")
        assert "▸ 0:04 Mara Voss" in guest.sees
        await guest.press("right")
        assert "Mara Voss" not in guest.sees


async def test_a_comment_lights_up_when_its_moment_is_heard(house: House, commented: str) -> None:
    async with house.rep() as guest:
        await guest.press("h", "enter")
        guest.point_at("reply:0")
        await guest.press("enter", "p")
        await guest.shows("▸ 0:01 Mara Voss")  # every look at the clock is a second later
        await guest.shows("▸ 0:04 Mara Voss")


async def test_a_reply_is_made_an_example_and_taken_back(house: House) -> None:
    attempt_id = practise(house, 2, "++++")
    async with house.manager() as guest:
        await to_first_reply(guest)
        await guest.press("x")
        await guest.shows("an example for others")
        turn = kept(house, attempt_id)[1].replies[0].turn
        with house.store as store:
            assert [one.attempt_id for one in store.notes.exemplary(SCENARIO, turn)] == [attempt_id]
        await guest.press("x")
        await guest.shows("No longer an example.")
        with house.store as store:
            assert store.notes.exemplary(SCENARIO, turn) == []


async def test_what_a_manager_opens_and_hears_is_logged_and_what_the_rep_does_is_not(house: House) -> None:
    practise(house, 2, "++++")
    async with house.manager() as guest:
        await to_first_reply(guest)
        await guest.press("p")
        await guest.until(lambda: house.speaker.playing)
    async with house.rep() as guest:
        await guest.press("h", "enter", "enter", "p")
        await guest.until(lambda: house.speaker.playing)
    with house.store as store:
        looks = [(one.who, one.what) for one in store.privacy.looks(person(store).id)]
    assert looks == [("Mara Voss", "recording"), ("Mara Voss", "attempt"), ("Mara Voss", "progress")]
