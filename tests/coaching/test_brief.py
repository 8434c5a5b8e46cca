from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from tests.coaching.six_weeks import NOW, SECRET, THURSDAY, SixWeeks, begun, lived
from trainer.coaching.brief import Brief, brief
from trainer.store.coaching.figures import Figure


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brief]:
    folder = tmp_path_factory.mktemp("ana")
    world = lived(folder / "trainer.db", folder / "takes")
    yield brief(world.store, world.ana, NOW)
    world.store.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SixWeeks]:
    world = begun(tmp_path / "trainer.db", tmp_path / "takes")
    yield world
    world.store.close()


def test_it_begins_at_the_last_session_that_was_kept(ana: Brief) -> None:
    assert (ana.since, ana.first) == (THURSDAY - timedelta(weeks=1), False)
    assert ana.session is not None
    assert ana.session.starts_at == THURSDAY
    assert (ana.cadence.kept, ana.cadence.missed) == (3, 1)


def test_the_focus_is_the_first_skill_of_the_plan_that_is_not_mastered(ana: Brief) -> None:
    assert ana.focus is not None
    assert (ana.focus.skill, ana.focus.target, ana.focus.agreed) == ("price-objection", 80, True)
    assert ana.focus.standing.state == "practising"


def test_without_a_plan_it_is_what_was_practised(world: SixWeeks) -> None:
    world.clock.at = NOW - timedelta(days=9)
    world.store.assign(world.ana.id, "just-send-a-quote", skill="qualify-need")
    asked = brief(world.store, world.ana, NOW).focus
    world.practised(NOW - timedelta(days=1), "-")
    practised = brief(world.store, world.ana, NOW).focus
    assert asked is not None
    assert practised is not None
    assert (asked.skill, practised.skill) == ("qualify-need", "price-objection")


def test_nothing_of_a_warm_up_or_a_drill_is_in_it(ana: Brief) -> None:
    assert SECRET not in repr(ana)
    assert ana.practice.attempts == 3
    assert len(ana.points) == 7


def test_marks_on_warm_ups_do_not_count_as_awareness(world: SixWeeks) -> None:
    world.practised(NOW - timedelta(days=2), "+", kind="warm-up")
    assert brief(world.store, world.ana, NOW).awareness is None
    done = world.practised(NOW - timedelta(days=1), "-")
    cards = [reply.scorecard for reply in world.store.attempt(done.id).replies]
    verdicts = [one.met for card in cards for one in card.criteria if one.met is not None]
    found = brief(world.store, world.ana, NOW).awareness
    assert found is not None
    assert (found.compared, found.agreed) == (len(verdicts), sum(verdicts))
    assert (found.too_kind, found.too_hard) == (len(verdicts) - sum(verdicts), 0)


def test_a_warm_up_that_was_shared_is_no_evidence(world: SixWeeks) -> None:
    shared = world.practised(NOW - timedelta(days=2), "-", kind="warm-up")
    world.store.privacy.share(shared.id)
    found = brief(world.store, world.ana, NOW)
    assert (found.practice.attempts, found.holding_back, found.points) == (0, None, ())


def test_better_is_what_is_met_in_a_larger_share_than_before(ana: Brief) -> None:
    by_id = {one.criterion: one for one in ana.changes}
    assert by_id["root-cause"].better
    assert by_id["root-cause"].now.share > by_id["root-cause"].before.share
    never_missed = [one for one in ana.changes if one.before.met == one.before.judged > 0]
    assert not any(one.better for one in never_missed)
    assert all(one.told for one in ana.changes if one.better)


def test_one_verdict_more_is_not_called_better(world: SixWeeks) -> None:
    world.practised(NOW - timedelta(weeks=6), "-")
    world.talked(NOW - timedelta(weeks=1), "")
    world.practised(NOW - timedelta(days=1), "+")
    found = brief(world.store, world.ana, NOW)
    (root,) = [one for one in found.changes if one.criterion == "root-cause"]
    assert (root.before.met, root.now.met, root.now.judged) == (0, 1, 1)
    assert not root.better


def test_what_holds_back_costs_most_and_can_be_heard_twice(ana: Brief) -> None:
    held = ana.holding_back
    assert held is not None
    cost = {one.criterion: one.weight * (1 - one.now.share) for one in ana.changes if one.now.judged > 1}
    assert cost[held.criterion] == max(cost.values())
    first, second = held.quotes
    assert first.attempt_id != second.attempt_id
    assert all(one.file and one.second is not None for one in held.quotes)


def test_the_quote_is_where_it_is_missing(world: SixWeeks) -> None:
    done = world.practised(NOW - timedelta(days=1), "-", recorded=True)
    held = brief(world.store, world.ana, NOW).holding_back
    assert held is not None
    for quote in held.quotes:
        reply = world.store.attempt(done.id).replies[quote.number - 1]
        assert quote.turn == reply.turn
        assert quote.text.strip("… ") in reply.transcript.text
        (result,) = [one for one in reply.scorecard.criteria if one.id == held.criterion]
        assert result.met is False


FIRST = "Well, the thing is that we have been in this for nine years, and people do like it."
SECOND = "There is a planner in it and there are alerts, and the app comes along."
LAST = "It is all in one package that everybody here is really quite fond of by now."


def test_a_long_reply_is_quoted_by_whole_sentences(world: SixWeeks) -> None:
    world.practised(NOW - timedelta(days=1), "-", said=" ".join([FIRST, SECOND, LAST]))
    held = brief(world.store, world.ana, NOW).holding_back
    assert held is not None
    wanted = {f"{FIRST} …", f"{FIRST} {SECOND} …", f"… {LAST}", f"… {SECOND} {LAST}"}
    assert {one.text for one in held.quotes} <= wanted


def test_the_question_is_open_and_another_one_next_time(world: SixWeeks) -> None:
    asked = []
    for week in (3, 2, 1):
        world.practised(NOW - timedelta(weeks=week, days=-1), "-")
        found = brief(world.store, world.ana, NOW - timedelta(weeks=week, days=-2)).holding_back
        assert found is not None
        asked.append(found.question)
        world.talked(NOW - timedelta(weeks=week, days=-2), "")
    assert len(set(asked)) == 3


def test_the_next_step_of_last_time_was_kept_when_its_practice_is_reached(ana: Brief) -> None:
    step = ana.last_step
    assert step is not None
    assert step.text == "Ask what they compared us with before you answer."
    assert step.kept
    assert (step.tries, step.target) == (3, 80)
    assert step.best is not None
    assert step.best >= 80


def test_a_next_step_without_a_practice_is_neither_kept_nor_not(world: SixWeeks) -> None:
    world.talked(NOW - timedelta(weeks=1), "Call the bakery again.")
    step = brief(world.store, world.ana, NOW).last_step
    assert step is not None
    assert (step.text, step.kept) == ("Call the bakery again.", None)


def test_practice_is_set_against_what_was_asked(world: SixWeeks) -> None:
    world.talked(NOW - timedelta(weeks=1), "")
    world.clock.at = NOW - timedelta(days=6)
    for scenario, skill in (("price-20-percent", "price-objection"), ("just-send-a-quote", "qualify-need")):
        world.store.assign(world.ana.id, scenario, skill=skill, target=20)
    world.practised(NOW - timedelta(days=2), "+")
    found = brief(world.store, world.ana, NOW)
    assert (len(found.practice.asked), len(found.practice.reached), found.practice.attempts) == (2, 1, 1)
    assert [one.scenario for one in found.open] == ["just-send-a-quote"]


def test_without_practice_since_it_falls_back_on_what_was_before(world: SixWeeks) -> None:
    world.practised(NOW - timedelta(weeks=2), "-")
    world.talked(NOW - timedelta(weeks=1), "")
    found = brief(world.store, world.ana, NOW)
    assert not found.fresh
    assert found.practice.attempts == 0
    assert found.holding_back is not None
    assert found.holding_back.quotes


def test_a_rep_who_never_practised_has_a_brief_too(world: SixWeeks) -> None:
    found = brief(world.store, world.ana, NOW)
    assert found.first
    assert (found.focus, found.holding_back, found.changes, found.awareness) == (None, None, (), None)


def test_a_mastered_skill_is_due_again(ana: Brief) -> None:
    (review,) = ana.reviews
    assert (review.skill, review.failed) == ("status-quo", False)


def test_the_day_of_a_review_is_the_same_in_every_zone(world: SixWeeks) -> None:
    world.clock.at = NOW - timedelta(days=2)
    world.store.ledger.write(
        world.ana.id, "status-quo", "declared mastered", world.mara.id, reason="heard it"
    )
    days = {
        brief(world.store, world.ana, NOW.astimezone(timezone(timedelta(hours=hours)))).reviews[0].day
        for hours in (-9, 0, 9)
    }
    assert len(days) == 1


def test_business_figures_are_too_early_under_eight_weeks(ana: Brief) -> None:
    early = {one.measure: (one.weeks, one.too_early) for one in ana.business}
    assert early == {"meetings booked": (3, True), "win rate (%)": (12, False)}


def test_a_week_of_figures_is_one_value_beside_its_practices(world: SixWeeks) -> None:
    monday = (NOW - timedelta(days=NOW.weekday())).date()
    world.practised(NOW - timedelta(days=1), "+")
    world.practised(NOW - timedelta(days=1), "+", kind="warm-up")
    world.store.figures.add(
        [
            Figure(world.ana.id, "calls", monday + timedelta(days=day), value)
            for day, value in ((0, 4), (2, 8))
        ]
    )
    (calls,) = brief(world.store, world.ana, NOW).business
    (week,) = calls.by_week
    assert (week.monday, week.value, week.practices) == (monday, 6, 1)


def test_a_session_that_nobody_ended_is_counted_as_such(world: SixWeeks) -> None:
    world.store.sessions.plan(world.ana.id, world.mara.id, NOW - timedelta(weeks=1))
    now_on = world.store.sessions.plan(world.ana.id, world.mara.id, NOW - timedelta(minutes=10))
    found = brief(world.store, world.ana, NOW)
    assert found.cadence.unnoted == 1
    assert found.session is not None
    assert replace(found.session) == now_on


def test_the_same_facts_give_the_same_brief(world: SixWeeks) -> None:
    world.practised(NOW - timedelta(days=1), "-+")
    assert brief(world.store, world.ana, NOW) == brief(world.store, world.ana, NOW)
