"""A rep's day with a plan, sessions, mastered skills and a row of passes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.coaching.test_day import LIBRARY, Named
from tests.store.records import NOON, attempt, finished
from trainer.coaching import Today, today
from trainer.coaching.mastery import Standing
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.records import Kind, Person

DAY = timedelta(days=1)
NEED = Named("need", "qualify-need")
PRICE = Named("price-20-percent", "price-objection")


@dataclass
class World:
    """Ana, her manager, and a clock that stands where it is put."""

    at: datetime = NOON
    store: Store = field(init=False)
    ana: Person = field(init=False)
    mara: Person = field(init=False)

    def practised(self, at: datetime, score: int, *, kind: Kind = "assessed", form: str = "A") -> None:
        """One finished attempt at the price; an assessed one is in the ledger."""
        self.at = at
        one = finished(self.store, attempt(self.ana, kind=kind, form=form, started_at=at), score)
        if kind == "assessed":
            facts = {
                "score": score,
                "scenario": one.scenario,
                "form": form,
                "new_form": form == "B",
                "day": at.date().isoformat(),
            }
            self.store.ledger.write(
                self.ana.id, one.skill, "attempt", self.ana.id, attempt_id=one.id, facts=facts
            )
        self.at = NOON

    def mastered(self, skill: str, at: datetime) -> None:
        self.at = at
        self.store.ledger.write(self.ana.id, skill, "signed off", self.mara.id)
        self.at = NOON

    def day(self, *library: Named) -> Today:
        return today(self.store, self.ana, NOON, library or LIBRARY)

    @property
    def standing(self) -> Standing:
        focus = self.day().focus
        assert focus
        return focus.standing

    @property
    def things(self) -> list[tuple[str, str, str, str]]:
        return [(one.scenario, one.form, one.kind, one.reason) for one in self.day(PRICE, NEED).things]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World()
    with Store.open(tmp_path / "trainer.db", now=lambda: made.at) as made.store:
        made.ana = made.store.add_person("Ana Ruiz", "rep")
        made.mara = made.store.add_person("Mara Voss", "manager")
        yield made


def test_the_plan_gives_the_focus_whatever_was_practised_last(world: World) -> None:
    world.practised(NOON - DAY, 50)
    world.store.plans.make(
        world.ana.id, world.mara.id, [Step("qualify-need", 85, 3), Step("price-objection", 80, 4)]
    )
    found = world.day(PRICE, NEED)
    assert found.planned and found.focus
    assert (found.focus.step.skill, found.focus.target) == ("qualify-need", 85)
    assert [one.scenario for one in found.things] == ["need"]
    world.mastered("qualify-need", NOON - DAY)
    moved = world.day(PRICE, NEED)
    assert moved.focus
    assert moved.focus.step.skill == "price-objection"


def test_what_is_asked_for_comes_first_and_the_focus_after_it(world: World) -> None:
    world.store.plans.make(world.ana.id, world.mara.id, [Step("qualify-need", 80, 3)])
    world.store.assign(world.ana.id, PRICE.id, skill=PRICE.skill, due=date(2025, 11, 13))
    assert [one[0] for one in world.things] == ["price-20-percent", "need"]


def test_a_mastered_skill_comes_back_on_its_day(world: World) -> None:
    world.store.plans.make(world.ana.id, world.mara.id, [Step("price-objection", 80, 3)])
    world.mastered("qualify-need", NOON - 40 * DAY)
    found = world.day(PRICE, NEED)
    assert [one.skill for one in found.reviews] == ["qualify-need"]
    (review,) = [one for one in found.things if one.scenario == "need"]
    assert (review.kind, review.due) == ("assessed", found.reviews[0].day)
    assert review.reason.startswith("review · ") and review.reason.endswith("late")


def test_a_mastered_skill_is_left_alone_before_its_day(world: World) -> None:
    world.mastered("qualify-need", NOON)
    found = world.day(PRICE, NEED)
    assert [one.skill for one in found.reviews] == ["qualify-need"]
    assert "need" not in [one.scenario for one in found.things]


def test_there_are_never_more_than_three_things(world: World) -> None:
    for skill in ("qualify-need", "status-quo", "incumbent", "timing-objection"):
        world.mastered(skill, NOON - 90 * DAY)
    library = [
        Named(skill, skill) for skill in ("qualify-need", "status-quo", "incumbent", "timing-objection")
    ]
    assert len(world.day(PRICE, *library).things) == 3


def test_warm_ups_leave_the_last_new_form_for_an_assessed_practice(world: World) -> None:
    assert world.things[0][1:3] == ("A", "warm-up")
    for days in (3, 2, 1):
        world.practised(NOON - days * DAY, 50, kind="warm-up")
        assert world.things[0][1:3] == ("A", "warm-up")
    world.practised(NOON - timedelta(hours=1), 85, kind="warm-up")
    assert world.things[0] == ("price-20-percent", "B", "assessed", "assessed · your warm-up passed")


def test_a_row_of_passes_goes_on_to_the_retest(world: World) -> None:
    world.practised(NOON - 9 * DAY, 85, form="B")
    world.practised(NOON - 9 * DAY, 85)
    assert world.things[0][2:] == ("assessed", "assessed · 2 of 3 passes")
    world.practised(NOON - 3 * DAY, 85, form="B")
    assert world.things[0][2:] == ("warm-up", "private · retest from Fri")
    assert world.standing.missing == ("a retest",)


def test_on_the_day_of_the_retest_it_is_offered(world: World) -> None:
    world.practised(NOON - 9 * DAY, 85, form="B")
    world.practised(NOON - 9 * DAY, 85)
    world.practised(NOON - 6 * DAY, 85, form="B")
    assert world.things[0][2:] == ("assessed", "assessed · the retest")
    world.practised(NOON - timedelta(hours=2), 85)
    assert world.things[0][2:] == ("warm-up", "warm-up · private")
    assert world.standing.state == "ready for sign-off"


def test_passes_of_one_day_wait_for_another_day(world: World) -> None:
    for hours, form in ((4, "B"), (3, "A"), (2, "B")):
        world.practised(NOON - timedelta(hours=hours), 85, form=form)
    assert world.things[0][2:] == ("warm-up", "private · the next pass counts from tomorrow")


def test_what_was_agreed_in_the_last_session_is_the_next_step_until_the_next(world: World) -> None:
    world.practised(NOON - 2 * DAY, 50)
    before = world.day().next_step
    assert before and not before.agreed
    held = world.store.sessions.plan(world.ana.id, world.mara.id, NOON - 5 * DAY)
    world.at = NOON - 5 * DAY
    world.store.sessions.finish(held.id, "kept", world.mara.id, next_step="Ask what they compared.")
    missed = world.store.sessions.plan(world.ana.id, world.mara.id, NOON - 3 * DAY)
    world.store.sessions.finish(missed.id, "missed", world.mara.id)
    coming = world.store.sessions.plan(world.ana.id, world.mara.id, NOON + 2 * DAY)
    found = world.day()
    assert found.session == coming
    assert found.next_step
    assert (found.next_step.text, found.next_step.agreed) == ("Ask what they compared.", True)
    assert found.next_step.said_at == NOON - 5 * DAY
