"""A rep marks a reply before they see what we heard, thinks about it, and sees how it can be done."""

from typing import Any

from textual.widgets import TextArea

from tests.app.conftest import Guest, House
from tests.app.test_practice import ASKS, PUSHES, begin, detail, speak

SAID_BACK = "I'd want to know what I get for it"
"""From the model answer of the first criterion."""


async def replied(guest: Guest, house: House, text: str) -> None:
    await speak(guest, house, text)
    await guest.to("Feedback")


def stored(house: House) -> list[tuple[str, bool, bool | None]]:
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana
        return [(one.criterion, one.said, one.verdict) for one in store.notes.self_marks(ana.id)]


def shown(guest: Guest, says: str) -> str:
    """The marks in front of a criterion."""
    line = next(line for line in guest.sees.splitlines() if says in line)
    return line.partition(says)[0].strip()


async def test_nothing_of_the_verdicts_is_shown_before_the_rep_has_marked(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        seen = guest.reads
        assert "mark yourself first" in seen
        assert "did you do it?" in seen
        assert all(word not in seen for word in ("of 100", "✗", "unproven", "wpm", "Next time", "go on"))
        assert shown(guest, "Show that you heard") == "▸"
        assert not any(
            segment.style and segment.style.underline
            for strip in guest.app.screen._compositor.render_strips()
            for segment in strip
        )


async def test_a_key_each_and_then_both_marks_stand_side_by_side(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        await guest.press("y")
        assert shown(guest, "Show that you heard") == "✓"
        assert shown(guest, "Find out what lies") == "▸"
        await guest.press("n", "y")
        assert "of 100" in guest.reads
        assert shown(guest, "Show that you heard") == "✓ ✗"
        assert shown(guest, "Find out what lies") == "✗ ✗"
    assert set(stored(house)) == {
        ("acknowledge", True, False),
        ("no-arguing", True, False),
        ("root-cause", False, False),
    }


async def test_a_mark_is_taken_back_before_the_last(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        await guest.press("y", "backspace", "n", "n", "n")
        assert shown(guest, "Show that you heard") == "✗ ✗"
    assert not any(said for _, said, _ in stored(house))


async def test_enter_skips_what_is_left_and_a_second_enter_goes_on(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await begin(guest)
        await replied(guest, house, ASKS)
        await guest.press("y", "enter")
        assert "of 100" in guest.reads
        await guest.press("enter")
        await guest.to("Practice")
    assert [criterion for criterion, _, _ in stored(house)] == ["acknowledge"]


async def test_skipped_at_once_leaves_one_column(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await begin(guest)
        await replied(guest, house, ASKS)
        await guest.press("enter")
        assert "you we" not in guest.reads
        assert shown(guest, "Show that you heard") == "✓"
    assert stored(house) == []


async def test_the_settings_turn_it_off_and_on(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await guest.press("s")
        guest.point_at("mark_self")
        await guest.press("enter")
        assert "at once, without your own marks" in guest.reads
        await guest.press("escape")
        await begin(guest)
        await replied(guest, house, ASKS)
        assert "of 100" in guest.reads
        assert "mark yourself" not in guest.reads


async def test_every_take_is_marked_anew_and_a_correction_keeps_the_marks(house: House) -> None:
    async with house.rep(mark_self=True) as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        await guest.press("y", "y", "y", "c")
        await guest.to("Typing")
        guest.app.screen.query_one(TextArea).clear()
        await guest.type(ASKS)
        await guest.press("enter")
        await guest.shows("corrected by hand")
        assert shown(guest, "Show that you heard") == "✓ ✓"
        await guest.press("r")
        await guest.to("Practice")
        await replied(guest, house, ASKS)
        assert "mark yourself first" in guest.reads
    assert [verdict for _, _, verdict in stored(house)] == [True, True, True]


async def test_what_one_would_say_differently_is_kept_with_the_reply(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        assert "What would you say differently? n writes it down" in guest.reads
        await guest.press("n")
        await guest.to("Typing")
        await guest.type("Ask first.")
        await guest.press("enter")
        await guest.to("Feedback")
        assert "You noted Ask first." in guest.reads
    attempt = detail(house)
    with house.store as store:
        (note,) = store.notes.of_attempt(attempt.attempt.id)
    assert (note.kind, note.text, note.author_id) == ("reflection", "Ask first.", attempt.rep.id)


async def test_an_example_is_offered_after_a_second_take_only(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        assert "x shows how it can be done" not in guest.reads
        await guest.press("r")
        await guest.to("Practice")
        await replied(guest, house, PUSHES)
        assert "x shows how it can be done" in guest.reads
        assert SAID_BACK not in guest.reads


def taken(house: House) -> list[tuple[Any, str]]:
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana
        return [(one.place.turn, one.how) for one in store.drills.examples_taken(ana.id)]


async def test_whoever_asks_for_the_answer_gets_it_and_hears_it_and_both_are_logged(house: House) -> None:
    async with house.rep() as guest:
        await begin(guest)
        await replied(guest, house, PUSHES)
        house.spoken.clear()
        await guest.press("x")
        await guest.to("Examples")
        await guest.shows(SAID_BACK)
        assert taken(house) == [("objection", "read")]
        await guest.press("enter")
        await guest.until(lambda: house.spoken != [])
        assert SAID_BACK in house.spoken[0]
        await guest.press("escape")
        await guest.to("Feedback")
    assert taken(house) == [("objection", "read"), ("objection", "heard")]


async def test_a_reply_that_a_manager_marked_is_an_example_for_others(house: House) -> None:
    async with house.app("Ben Okoro", "rep") as guest:
        await begin(guest)
        await replied(guest, house, ASKS)
    marked = detail(house)
    with house.store as store:
        mara = store.add_person("Mara Voss", "manager")
        store.notes.mark_exemplary(marked.replies[0].id, mara.id)
    async with house.rep() as guest:
        await begin(guest)
        await guest.press("escape")  # the form that Ben took
        await guest.to("Library")
        await begin_form(guest, marked.attempt.form)
        await replied(guest, house, PUSHES)
        await guest.press("x")
        await guest.shows("Marked as exemplary by your manager")
        assert "Ben Okoro" in guest.reads
        guest.point_at("exemplar:0")
        await guest.press("enter")
        await guest.until(lambda: marked.takes[0].id in (house.speaker.played or [("", 0)])[-1][0])
    assert [how for _, how in taken(house)] == ["read", "exemplary"]


async def begin_form(guest: Guest, form: str) -> None:
    guest.point_at("price-20-percent")
    await guest.press("enter")
    while f"form {form}" not in guest.reads:
        await guest.press("f")
    await guest.press("enter")
    await guest.to("Practice")
