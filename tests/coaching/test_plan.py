from datetime import timedelta

from tests.store.records import NOON
from trainer.coaching.mastery import Standing
from trainer.coaching.plan import Yes, focus_step, next_session, path, yes
from trainer.store import Store
from trainer.store.coaching.plans import Plan, Step
from trainer.store.records import Person

PRICE, NEED = Step("price-objection", 80, 4), Step("qualify-need", 85, 3)
PLAN = Plan("p", "ana", "mara", NOON, "six-months", (PRICE, NEED))


def test_the_first_skill_that_is_not_mastered_is_the_focus() -> None:
    assert focus_step(PLAN, {}) == PRICE
    assert focus_step(PLAN, {"price-objection": Standing("ready for sign-off")}) == PRICE
    assert focus_step(PLAN, {"price-objection": Standing("mastered")}) == NEED


def test_a_failed_review_does_not_throw_the_plan_over() -> None:
    assert focus_step(PLAN, {"price-objection": Standing("to refresh")}) == NEED


def test_a_plan_comes_to_an_end() -> None:
    done = Standing("mastered")
    assert focus_step(PLAN, {"price-objection": done, "qualify-need": done}) is None


def test_nobody_has_a_path_before_there_is_a_plan(store: Store, ana: Person) -> None:
    assert path(store, ana) is None


def test_a_sign_off_moves_the_plan_on(store: Store, ana: Person, mara: Person) -> None:
    store.plans.make(ana.id, mara.id, PLAN.steps)
    before = path(store, ana)
    store.ledger.write(ana.id, "price-objection", "signed off", mara.id)
    after = path(store, ana)
    assert before and after
    assert [before.focus and before.focus.step, after.focus and after.focus.step] == [PRICE, NEED]
    assert [one.done for one in after.waypoints] == [True, False]


def test_a_target_is_agreed_when_both_said_yes_to_the_same(store: Store, ana: Person, mara: Person) -> None:
    store.plans.make(ana.id, mara.id, PLAN.steps)

    def now() -> tuple[int, int | None, tuple[str, ...]]:
        found = path(store, ana)
        assert found and found.focus
        return found.focus.target, found.focus.yes.target, found.focus.yes.missing(found.focus.target)

    assert now() == (80, None, ("rep", "manager"))
    store.plans.agree(ana.id, "price-objection", 90, mara.id)
    assert now() == (80, None, ("rep", "manager"))
    store.plans.agree(ana.id, "price-objection", 80, ana.id)
    assert now() == (80, None, ("manager",))
    store.plans.agree(ana.id, "price-objection", 90, ana.id)
    assert now() == (90, 90, ())


def test_the_newest_word_counts_and_nobody_agrees_with_themself(
    store: Store, ana: Person, mara: Person
) -> None:
    for target, who in ((80, ana), (85, mara), (85, ana), (80, ana)):
        store.plans.agree(ana.id, "price-objection", target, who.id)
    said = yes(store.plans.agreements(ana.id, "price-objection"), ana.id)
    assert said == Yes(rep=80, manager=85)
    assert said.target is None
    assert said.missing(85) == ("rep",)
    assert Yes().target is None


def test_the_next_session_is_the_earliest_without_an_end(store: Store, ana: Person, mara: Person) -> None:
    held = store.sessions.plan(ana.id, mara.id, NOON - timedelta(hours=2))
    store.sessions.finish(held.id, "kept", mara.id)
    store.sessions.plan(ana.id, mara.id, NOON - timedelta(days=3))
    later = store.sessions.plan(ana.id, mara.id, NOON + timedelta(days=9))
    soon = store.sessions.plan(ana.id, mara.id, NOON + timedelta(days=2))
    assert next_session(store.sessions.of_rep(ana.id), NOON) == soon
    store.sessions.finish(soon.id, "moved", mara.id)
    assert next_session(store.sessions.of_rep(ana.id), NOON) == later
