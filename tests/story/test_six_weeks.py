"""Six weeks of Ana, a rep, and Mara, her manager, on the real screens and with a clock of ours.

Told in order, for every step stands on those before. What is said is chosen by its score, not by its words.
"""

from pathlib import Path

import pytest

from tests.story.words import (
    TALL,
    Watched,
    World,
    best,
    mark_all_as_met,
    reply,
    speak,
    talk_on,
    talk_through,
    utc,
    worst,
)
from trainer import config as settings
from trainer.__main__ import main
from trainer.app.screens.drill import DrillPage
from trainer.coaching.brief import brief
from trainer.config import Config
from trainer.pages.html import html

__all__ = ["utc"]

PRICE = "You're 20 % above the other vendor"
SECRET = "Nobody is to hear about the parrot."
COMMENT = "Here you could have asked"
STEP = "Ask what they compared us with."
REASON = "Heard it with a customer"


@pytest.mark.usefixtures("utc")
async def test_six_weeks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World(tmp_path)
    await the_manager_puts_the_rep_on_a_path(world)
    await the_rep_says_yes_to_the_target_too(world)
    await the_rep_warms_up_and_drills(world)
    await the_manager_sees_nothing_of_that(world)
    await the_rep_fails_where_it_counts(world)
    await the_manager_reads_the_brief_comments_and_closes_the_session(world)
    await the_rep_finds_the_next_step_and_the_comment(world)
    await the_rep_passes_three_times_in_two_forms_on_two_days(world)
    await a_session_is_missed(world)
    await the_rep_waits_and_passes_the_retest(world)
    await the_manager_signs_off_with_the_ledger_in_front_of_her(world)
    await the_plan_has_moved_on_and_the_skill_comes_back(world)
    await the_review_fails_and_the_plan_stays_where_it_is(world)
    await one_pass_refreshes_it(world)
    await the_manager_overrides_with_a_reason_that_stays(world)
    await the_rep_reads_the_reason_and_who_looked(world)
    nothing_private_was_ever_shown_to_the_manager(world)
    everything_can_be_verified(world, monkeypatch, capsys)
    the_page_for_the_next_session_is_made(world)


# The first week


async def the_manager_puts_the_rep_on_a_path(world: World) -> None:
    world.it_is("2025-10-06", "09:00")
    async with world.mara() as mara:
        mara.reads_all("Nobody practises here yet")
        await mara.press("n")
        await mara.answer("Ana Ruiz")
        mara.reads_all("Ana Ruiz", "nothing practised yet", "nobody needs you")
        await mara.press("enter", "p", "enter")
        await mara.shows("Ana Ruiz is on “Six months, eight skills”.")
        mara.reads_all("● Price objection", "· Qualify need", "target 80; y says yes to it")
        await mara.press("y")
        await mara.shows("you said yes to 80, they have not yet")
        await mara.press("b", "p")
        await mara.answer("thu 14:00")
        await mara.shows("Planned: session Thu 9 Oct 14:00.")
        mara.reads_all("Target 80, not yet agreed by both", "Nothing to hear yet")


async def the_rep_says_yes_to_the_target_too(world: World) -> None:
    world.it_is("2025-10-06", "10:00")
    async with world.ana() as ana:
        await ana.shows("session Thu 9 Oct 14:00 · 3 days")
        ana.reads_all("Focus Price objection ○○○ passes in a row", "p: say yes to the target")
        await ana.press("p")
        ana.reads_all("your manager said yes to 80: y says yes too")
        await ana.press("y")
        await ana.shows("target 80: you and your manager both said yes")
    async with world.mara() as mara:
        await mara.press("enter")
        await mara.shows("target 80, agreed")


async def the_rep_warms_up_and_drills(world: World) -> None:
    async with world.ana() as ana:
        await ana.shows("warm-up · private")
        await ana.press("enter")
        ana.reads_all("● warm-up", "nobody but you ever sees it")
        await ana.press("enter")
        await ana.to("Consent")
        ana.reads_all("nothing is sent anywhere", "A warm-up is yours alone", "deleted after 90 days")
        await ana.press("y")
        await ana.to("Practice")
        await the_first_reply_is_judged_by_its_rep_first(ana, world)
        await talk_on(ana, world, worst)
        ana.reads_all("warm-up · today", "not passed yet; the mark is 80")
        await ana.press("escape", "d")
        ana.reads_all("Drills: price objection", "private", "What you missed lately")
        await ana.press("enter")
        await drilled(ana, world)


async def the_first_reply_is_judged_by_its_rep_first(ana: Watched, world: World) -> None:
    await reply(ana, world, worst)
    ana.reads_all("mark yourself first", "did you do it?")
    ana.reads_none("of 100", "✗", "Next time")
    await mark_all_as_met(ana)
    ana.reads_all("you we", "✓ ✗", "of 100", "Next time", "What would you say differently?")
    await ana.press("n")
    await ana.to("Typing")
    await ana.answer(SECRET)
    await ana.to("Feedback")
    ana.reads_all(f"You noted {SECRET}")
    await ana.press("enter")


async def drilled(ana: Watched, world: World) -> None:
    await ana.to("DrillPage")
    page = ana.app.screen
    assert isinstance(page, DrillPage)
    for count in (1, 2):
        await speak(ana, world, best(page.session.turn, page.drill.rubric))
        await ana.shows(f"{count} of 2 in a row")
    ana.reads_all("Twice in a row: done", "the whole talk")
    await ana.press("escape")


async def the_manager_sees_nothing_of_that(world: World) -> None:
    world.it_is("2025-10-06", "16:00")
    async with world.mara() as mara:
        mara.reads_all("Ana Ruiz Price objection nothing practised yet –", "nobody needs you")
        await mara.press("enter")
        await mara.shows("No assessed attempt yet")
        mara.reads_all("not begun: 3 passes in a row, in 2 forms")


async def the_rep_fails_where_it_counts(world: World) -> None:
    world.it_is("2025-10-08", "10:00")
    async with world.ana() as ana:
        await ana.shows("session tomorrow 14:00")
        await ana.press("enter", "k")
        ana.reads_all("● assessed", "your manager sees score, words and recording")
        await in_form(ana, "A")  # the one she knows: a new one is for when it goes well
        await talk_through(ana, world, worst)
        ana.reads_all("assessed · today", "not passed yet; the mark is 80", "Next")
        await ana.press("escape")
        await ana.shows("○○○ passes in a row")
        ana.reads_all("assessed today", "warm-up Mon")


async def in_form(ana: Watched, form: str) -> None:
    for _ in "AB":
        if f"form {form}" not in ana.reads:
            await ana.press("f")
    ana.reads_all(f"form {form}")


async def the_manager_reads_the_brief_comments_and_closes_the_session(world: World) -> None:
    world.it_is("2025-10-09", "14:00")
    async with world.mara(TALL) as mara:
        await mara.press("enter")
        mara.reads_all("practising: 3 passes in a row", "judged as the scorer did in", "kinder")
        await mara.choose("assessed yesterday")
        await mara.to("Scorecard")
        mara.reads_all("Ana Ruiz ·", "assessed · yesterday", "not passed yet; the mark is 80")
        await mara.choose("1 “")
        await mara.to("ReplyOfAttempt")
        await mara.press("p")
        await mara.until(lambda: world.speaker.playing)
        await mara.press("c")
        await mara.answer(COMMENT)
        await mara.shows(f"Mara Voss: {COMMENT}")
        await mara.press("escape", "escape", "b")
        await mara.shows("session today 14:00")
        mara.reads_all(
            "Target 80, both agreed",
            "The one thing that holds back",
            "A question to ask",
            "of their own marks",
        )
        world.it_is("2025-10-09", "14:30")
        await mara.press("c", "enter")
        await mara.type(STEP)
        await mara.press("enter", "enter", "enter")
        await mara.shows(f"It took place. “{PRICE}” is asked for. Next: session Thu 16 Oct 14:00.")


async def the_rep_finds_the_next_step_and_the_comment(world: World) -> None:
    world.it_is("2025-10-09", "16:00")
    async with world.ana() as ana:
        await ana.shows(f"“{STEP}”")
        ana.reads_all("agreed today", "assessed · due in 7 days", "session Thu 16 Oct 14:00 · 7 days")
        await ana.press("h")
        await ana.choose("1 comment")
        ana.reads_all("1 comment")
        await ana.choose("1 “")
        await ana.to("ReplyOfAttempt")
        ana.reads_all(f"Mara Voss: {COMMENT}")
        await ana.press("m")
        await ana.until(lambda: world.speaker.playing)


# The second week


async def the_rep_passes_three_times_in_two_forms_on_two_days(world: World) -> None:
    world.it_is("2025-10-13", "10:00")
    async with world.ana() as ana:
        await ana.shows("assessed · due Thu")
        await the_rep_passes(ana, world, form="B")  # what was asked for, in a form new to her
        await ana.shows("●○○ passes in a row")
    world.it_is("2025-10-14", "10:00")
    async with world.ana() as ana:
        await ana.shows("assessed · 1 of 3 passes")
        await the_rep_passes(ana, world, form="C")
        await ana.shows("assessed · 2 of 3 passes")
        await the_rep_passes(ana, world, form="A")  # she has met them all: the one longest ago
        await ana.shows("●●● passes in a row")
        ana.reads_all("a retest, from Sun 19 Oct on", "private · retest from")
    async with world.mara(TALL) as mara:
        mara.reads_all("on track", "100")
        await mara.press("enter")
        await mara.shows("waiting for the retest, from Sun 19 Oct on")
        mara.reads_all("1 of 1 asked for reached", f"“{STEP}”", "reached", "1 kept")
        await mara.press("s")
        mara.reads_none("s sign off")


async def the_rep_passes(ana: Watched, world: World, *, form: str) -> None:
    await ana.press("enter")
    ana.reads_all(f"form {form}", "● assessed")
    await talk_through(ana, world, best)
    ana.reads_all("passed; the mark is 80")
    await ana.press("escape")


async def a_session_is_missed(world: World) -> None:
    world.it_is("2025-10-17", "09:00")
    async with world.mara() as mara:
        mara.reads_all("session yesterday not closed yet", "1 needs you")
        await mara.press("b", "c", "down", "enter", "enter", "enter", "end", "ctrl+u", "enter")
        await mara.shows("It did not take place.")
        await mara.press("escape")
        await mara.shows("on track")
        await mara.press("enter", "end")
        await mara.shows("1 kept, 1 missed")


# The third week


async def the_rep_waits_and_passes_the_retest(world: World) -> None:
    world.it_is("2025-10-17", "10:00")
    async with world.ana() as ana:
        await ana.shows("private · retest from")
    world.it_is("2025-10-20", "10:00")
    async with world.ana() as ana:
        await ana.shows("assessed · the retest")
        ana.reads_all("the retest: one more pass, today or later")
        await the_rep_passes(ana, world, form="B")  # the one met longest ago
        await ana.shows("nothing: your manager signs it off or sends it back")


async def the_manager_signs_off_with_the_ledger_in_front_of_her(world: World) -> None:
    world.it_is("2025-10-21", "09:00")
    async with world.mara(TALL) as mara:
        mara.reads_all("Ana Ruiz Price objection ready for sign-off 100", "1 needs you")
        await mara.press("s")
        await mara.shows("4 scores from the same words: all equal")
        mara.reads_all(
            "Ready for sign-off", "form B (new)", "the retest", "you have not decided anything yet"
        )
        passes, _, rest = mara.sees.partition("Not counted")
        assert passes.count("✓ 100") == 4
        assert rest.count("form A") == 1, "the failed attempt; the warm-up is nowhere"
        await mara.press("p")
        await mara.until(lambda: world.speaker.playing)
        await mara.press("p", "s")
        await mara.answer("Well done")
        await mara.shows("Signed off. The plan moves on to: qualify need.")
        mara.reads_all("Signed off by Mara Voss: “Well done”", "0 of your 1 decision so far")


async def the_plan_has_moved_on_and_the_skill_comes_back(world: World) -> None:
    world.it_is("2025-10-21", "10:00")
    async with world.ana() as ana:
        await ana.shows("Focus Qualify need ○○○ passes in a row")
        ana.reads_all("Review Price objection due Thu")
        await ana.press("p")
        await ana.shows("✓ Price objection mastered · back")
        ana.reads_all("● Qualify need")
    async with world.mara() as mara:
        mara.reads_all("Ana Ruiz Qualify need on track")
    world.it_is("2025-10-27", "09:00")
    async with world.mara() as mara:
        mara.reads_all("review due: price objection", "1 needs you")


# The fourth week


async def the_review_fails_and_the_plan_stays_where_it_is(world: World) -> None:
    world.it_is("2025-10-27", "10:00")
    async with world.ana() as ana:
        await ana.shows("review ·")
        await ana.choose("review ·")
        ana.reads_all("● assessed")
        await talk_through(ana, world, worst)
        await ana.press("escape")
        await ana.shows("Review Price objection to refresh")
        ana.reads_all("to refresh · one pass", "Focus Qualify need")
        await ana.press("p")
        await ana.shows("✓ Price objection to refresh: one pass")
        ana.reads_all("● Qualify need")
    async with world.mara() as mara:
        mara.reads_all("Ana Ruiz Qualify need review failed: price objection", "1 needs you")
        await mara.press("enter")
        await mara.shows("to refresh: one pass")


async def one_pass_refreshes_it(world: World) -> None:
    world.it_is("2025-10-28", "10:00")
    async with world.ana() as ana:
        await ana.shows("to refresh · one pass")
        await ana.choose("to refresh · one pass")
        await talk_through(ana, world, best)
        await ana.press("escape")
        await ana.shows("Review Price objection due")
        ana.reads_none("to refresh")
    async with world.mara() as mara:
        mara.reads_none("review failed")
        await mara.press("enter")
        await mara.shows("✓ Price objection mastered")


# The fifth and the sixth week


async def the_manager_overrides_with_a_reason_that_stays(world: World) -> None:
    world.it_is("2025-11-03", "10:00")
    async with world.ana() as ana:
        await ana.press("p", "enter", "k")
        ana.reads_all("● assessed")
        await talk_through(ana, world, worst)
    world.it_is("2025-11-04", "09:00")
    async with world.mara(TALL) as mara:
        await mara.press("s")
        await mara.shows("No pass counts towards mastery yet.")
        mara.reads_none("s sign off")
        await mara.press("o", "enter")
        mara.reads_all("A reason is needed")
        await mara.answer(REASON)
        await mara.shows("The plan moves on to: qualify budget.")
        mara.reads_all(f"Declared mastered by Mara Voss: “{REASON}”", "1 of your 2 decisions so far")


async def the_rep_reads_the_reason_and_who_looked(world: World) -> None:
    world.it_is("2025-11-10", "10:00")
    async with world.ana(TALL) as ana:
        await ana.shows("Focus Qualify budget")
        await ana.press("p", "up", "e")
        await ana.shows(f"Declared mastered by Mara Voss: “{REASON}”")
        ana.reads_none("Overrides", "o override")
        await ana.press("escape", "escape", "h", "v")
        await ana.shows("What your manager sees 8 attempts")
        ana.reads_all(
            "Mara Voss ledger", "Mara Voss brief", "Mara Voss recording · You", "Mara Voss attempt · You"
        )
    kinds = [one.kind for one in world.ledger() if one.kind != "attempt"]
    assert kinds == ["signed off", "declared mastered"]


# What holds for all six


def nothing_private_was_ever_shown_to_the_manager(world: World) -> None:
    seen = "\n".join(world.manager_was_shown)
    assert SECRET in "\n".join(world.rep_was_shown)
    for private in ("parrot", "warm-up", "Warm-up", "private", "Drill", "drilled"):
        assert private not in seen


def everything_can_be_verified(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRAINER_HOME", str(world.paths.data.parent))
    settings.save(Config(name="Mara Voss", role="manager"), world.paths.settings)
    assert main(["verify", "--all"]) == 0
    said = capsys.readouterr().out
    assert "8 verified: all equal." in said
    assert "Mastery ledger: whole." in said


def the_page_for_the_next_session_is_made(world: World) -> None:
    world.it_is("2025-11-13", "13:00")
    with world.store as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        page = html(brief(store, ana, world.now()), world.paths.takes)
    assert "Ana Ruiz" in page
    assert "parrot" not in page
