from datetime import timedelta

from tests.app.coached import PRICE, SCENARIO, Then, make_ready, opened, person, plan, practise, session_in
from tests.app.conftest import NOW, House


async def test_progress_is_plotted_with_the_target_and_each_score(house: House) -> None:
    practise(house, 20, "----")
    make_ready(house)
    async with house.manager(size=(80, 40)) as guest:
        await guest.press("enter")
        assert guest.at == "RepPage"
        lines = guest.sees.splitlines()
        assert any(line.startswith("80 ▁▁▁") for line in lines)
        assert any(line.startswith("0 ▒▒▒ ███ ███ ███ ███") for line in lines)
        assert "24 Oct Wed" in guest.sees
        assert "✓ Find out what lies under the price ▁▇▇▇▇ 4 of 5" in guest.sees


async def test_standing_plan_and_what_is_missing(house: House) -> None:
    plan(house)
    practise(house, 3, "++++")
    async with house.manager(size=(100, 60)) as guest:
        await guest.press("enter")
        assert "practising: 2 more passes in a row, another form, another day" in guest.reads
        assert "● Price objection practising" in guest.sees
        assert "· Qualify budget not begun: 3 passes in a row, in 2 forms" in guest.sees


async def test_awareness_practice_and_sessions_are_counted(house: House) -> None:
    practise(house, 3, "----", says_met=True)
    then = Then()
    then.at = NOW - timedelta(days=5)
    with opened(house, then) as store:
        ana, mara = person(store), person(store, "Mara Voss")
        given = store.assign(ana.id, SCENARIO, skill=PRICE, due=(NOW - timedelta(days=1)).date())
        held = store.sessions.plan(ana.id, mara.id, NOW - timedelta(days=7))
        store.sessions.finish(
            held.id, "kept", mara.id, next_step="Ask before I answer.", assignment_id=given.id
        )
        missed = store.sessions.plan(ana.id, mara.id, NOW - timedelta(days=6))
        store.sessions.finish(missed.id, "missed", mara.id)
    session_in(house, 2)
    async with house.manager(size=(100, 60)) as guest:
        await guest.press("enter")
        assert "Ana Ruiz session Sun 15 Nov 1" in guest.sees
        assert "kinder" in next(line for line in guest.sees.splitlines() if line.startswith("Themselves"))
        assert "Practice 0 of 1 asked for reached; 1 late" in guest.sees
        assert "Sessions 1 kept, 1 missed" in guest.sees
        assert "“Ask before I answer.” agreed Sun · not reached yet" in guest.reads


async def test_own_marks_of_warm_ups_are_not_counted(house: House) -> None:
    practise(house, 3, "++++")
    practise(house, 2, "----", kind="warm-up", says_met=True)
    async with house.manager(size=(100, 60)) as guest:
        await guest.press("enter")
        assert "Themselves" not in guest.sees
        assert "warm-up" not in guest.sees


async def test_a_criterion_leads_to_the_attempt_that_missed_it(house: House) -> None:
    practise(house, 3, "----")
    practise(house, 2, "++++")
    async with house.manager() as guest:
        await guest.press("enter")
        guest.point_at("criterion:root-cause")
        await guest.press("enter")
        assert guest.at == "Scorecard"
        assert "▸ ✗ Find out what lies under the price" in guest.sees
        await guest.press("enter")
        assert guest.at == "ReplyOfAttempt"


async def test_an_attempt_and_a_skill_open_from_the_page(house: House) -> None:
    plan(house)
    practised = practise(house, 3, "----")
    async with house.manager() as guest:
        await guest.press("enter")
        guest.point_at(f"attempt:{practised}")
        await guest.press("enter")
        assert guest.at == "Scorecard"
        await guest.press("escape")
        guest.point_at("step:qualify-budget")
        await guest.press("enter")
        assert guest.at == "SignOff"
        assert "Qualify budget · Ana Ruiz" in guest.sees


async def test_a_practice_is_asked_for_from_the_page_too(house: House) -> None:
    practise(house, 3, "----")
    async with house.manager() as guest:
        await guest.press("enter", "a", "1", "enter")
        await guest.to("RepPage")
        await guest.shows("target 80, due in 7 days")


async def test_each_visit_to_the_page_is_logged_once(house: House) -> None:
    practise(house, 3, "++++")
    async with house.manager() as guest:
        await guest.press("enter", "a", "escape", "s", "escape")
    with house.store as store:
        looks = [one.what for one in store.privacy.looks(person(store).id)]
    assert sorted(looks) == ["ledger", "progress"]
