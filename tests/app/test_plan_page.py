"""Home and the plan: one focus, what is missing, whose yes is missing, when the next session is."""

from datetime import timedelta

from tests.app.conftest import NOW, Guest, House
from tests.store.records import NOON, attempt, finished
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.records import Person

STEPS = [Step("status-quo", 80, 3), Step("price-objection", 85, 4), Step("qualify-need", 80, 3)]
DAY = timedelta(days=1)


def planned(house: House) -> tuple[Person, Person]:
    """Ana with a plan by Mara; its first skill is mastered."""
    with Store.open(house.paths.database, now=lambda: NOW - 2 * DAY) as store:
        ana, mara = store.add_person("Ana Ruiz", "rep"), store.add_person("Mara Voss", "manager")
        store.plans.make(ana.id, mara.id, STEPS, template="ours")
        store.ledger.write(ana.id, "status-quo", "signed off", mara.id)
        store.sessions.plan(ana.id, mara.id, NOW + 2 * DAY)
        last = store.sessions.plan(ana.id, mara.id, NOW - 2 * DAY)
        store.sessions.finish(last.id, "kept", mara.id, next_step="Ask what they compared us with.")
        for form in ("B", "A"):
            one = finished(store, attempt(ana, form=form, started_at=NOW - 2 * DAY), 90)
            facts = {"score": 90, "scenario": one.scenario, "form": form, "new_form": True}
            day = (NOW - 2 * DAY).date().isoformat()
            store.ledger.write(
                ana.id, one.skill, "attempt", ana.id, attempt_id=one.id, facts={**facts, "day": day}
            )
    return ana, mara


async def test_home_says_one_thing_and_where_the_focus_stands(house: House) -> None:
    planned(house)
    async with house.rep() as guest:
        seen = guest.reads
        assert "Today, in about 5 minutes: handle a price objection." in seen
        assert "assessed · 2 of 3 passes" in seen
        assert "Focus Price objection ●●○ passes in a row target 85" in seen
        assert "1 more pass in a row" in seen
        assert "another day" in seen
        assert "“Ask what they compared us with.” agreed Wed" in seen
        assert "Review Status quo" in seen
        assert "session Sun 15 Nov" in seen and "2 days" in seen


async def test_the_plan_shows_every_step_and_points_at_the_focus(house: House) -> None:
    planned(house)
    async with house.rep() as guest:
        await guest.press("p")
        await guest.shows("✓ Status quo")
        assert "mastered · back" in guest.reads
        assert "▸ ● Price objection ●●○ passes in a row target 85 4 weeks" in guest.sees
        assert "· Qualify need not begun" in guest.sees


async def yes(guest: Guest) -> str:
    await guest.press("p")
    await guest.shows("Handle a price objection")
    await guest.press("y")
    await guest.settled()
    return guest.reads


async def test_a_target_is_agreed_when_both_said_yes_and_until_then_it_says_whose_is_missing(
    house: House,
) -> None:
    ana, mara = planned(house)
    async with house.rep() as guest:
        assert "p: say yes to the target" in guest.reads
        assert "you said yes to 85; your manager has not yet" in await yes(guest)
    with house.store as store:
        store.plans.agree(ana.id, "price-objection", 90, mara.id)
    async with house.rep() as guest:
        await guest.press("p")
        await guest.shows("you said 85, your manager 90: y says yes to 90")
        await guest.press("y")
        await guest.shows("target 90: you and your manager both said yes")
        await guest.press("escape")
        await guest.shows("target 90")
        assert "say yes" not in guest.reads


async def test_without_a_plan_a_rep_starts_from_a_template(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("p")
        await guest.shows("No plan yet")
        await guest.press("n")
        await guest.to("Choose")
        await guest.press("enter")
        await guest.shows("● Price objection")
        assert "26" not in guest.reads
        assert "Negotiation trade" in guest.reads
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana
        plan = store.plans.of_rep(ana.id)
        assert plan
        assert (plan.template, plan.author_id, len(plan.steps)) == ("six-months", ana.id, 8)


async def test_a_skill_of_the_plan_is_practised_from_it(house: House) -> None:
    planned(house)
    async with house.rep() as guest:
        await guest.press("p")
        await guest.shows("Qualify need")
        guest.point_at("skill:qualify-need")
        await guest.press("enter")
        await guest.to("Brief")
        await guest.shows("We're just looking around")


async def test_figures_without_enough_behind_them_say_so(house: House) -> None:
    planned(house)
    async with house.rep() as guest:
        await guest.press("p")
        await guest.shows("mark a reply yourself before you see what we heard")
        assert "After drills too early: 0 of 5 scores to compare" in guest.reads
        assert "After examples too early: 0 of 5" in guest.reads


async def test_warm_ups_leave_the_last_new_form_and_a_form_chosen_by_hand_stays(house: House) -> None:
    with house.store as store:
        ana = store.add_person("Ana Ruiz", "rep")
        finished(store, attempt(ana, kind="warm-up", started_at=NOON))
        finished(store, attempt(ana, kind="warm-up", form="B", started_at=NOON))
    async with house.rep() as guest:
        await guest.app.go("brief", "price-20-percent")
        await guest.shows("form A")
        assert "new to you" not in guest.reads
        await guest.press("k")
        assert "form C, new to you" in guest.reads
        await guest.press("k")
        assert "form A" in guest.reads
        await guest.press("f", "k", "k")
        assert "form B" in guest.reads
