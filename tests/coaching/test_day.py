from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.store.records import NOON, attempt, finished, reply
from trainer.coaching import Thing, Today, today
from trainer.store import Store
from trainer.store.records import Person


@dataclass(frozen=True)
class Named:
    """A scenario as far as coaching looks."""

    id: str
    skill: str
    forms: tuple[str, ...] = ("A", "B")


PRICE = Named("price-20-percent", "price-objection")
DISCOUNT = Named("discount-or-leave", "price-objection")
BUDGET = Named("budget", "qualify-budget")
LIBRARY = (PRICE, DISCOUNT, BUDGET)
DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db", now=lambda: NOON - 9 * DAY) as opened:
        yield opened


def day_of(store: Store, rep: Person) -> Today:
    return today(store, rep, NOON, LIBRARY)


def skill(found: Today) -> str | None:
    return found.focus.step.skill if found.focus else None


def test_somebody_new_begins_with_the_first_skill_in_private(store: Store, ana: Person) -> None:
    found = day_of(store, ana)
    assert skill(found) == "price-objection"
    assert not found.planned
    assert found.things == (Thing("price-20-percent", "A", "warm-up", "warm-up · private"),)
    assert (found.last, found.trend, found.missing, found.next_step) == ((), (), None, None)
    assert (found.reviews, found.session) == ((), None)


def test_what_is_due_first_is_done_first_and_gives_the_focus(store: Store, ana: Person) -> None:
    store.assign(ana.id, "price-20-percent", skill="price-objection")
    store.assign(ana.id, "discount-or-leave", skill="price-objection", due=date(2025, 11, 20))
    store.assign(ana.id, "budget", skill="qualify-budget", due=date(2025, 11, 13), target=90)
    found = day_of(store, ana)
    assert found.focus
    assert (found.focus.step.skill, found.focus.target) == ("qualify-budget", 90)
    assert [(thing.scenario, thing.reason) for thing in found.things] == [
        ("budget", "assessed · due tomorrow"),
        ("discount-or-leave", "assessed · due in 8 days"),
        ("price-20-percent", "assessed · no due date"),
    ]
    assert {thing.kind for thing in found.things} == {"assessed"}


def test_an_overdue_assignment_stays_and_says_how_late(store: Store, ana: Person) -> None:
    store.assign(ana.id, "budget", skill="qualify-budget", due=date(2025, 11, 10))
    first = day_of(store, ana).first
    assert first is not None
    assert first.reason == "assessed · 2 days late"


def test_never_more_than_three_things_and_a_scenario_once(store: Store, ana: Person) -> None:
    for days, scenario in enumerate(("budget", "budget", "price-20-percent", "discount-or-leave")):
        store.assign(ana.id, scenario, skill="any", due=(NOON + days * DAY).date())
    store.add_attempt(attempt(ana, kind="warm-up"))
    assert [(thing.scenario, thing.reason) for thing in day_of(store, ana).things] == [
        ("budget", "assessed · due today"),
        ("price-20-percent", "assessed · due Fri"),
        ("discount-or-leave", "assessed · due Sat"),
    ]


def test_an_assigned_scenario_that_no_longer_exists_is_not_offered(store: Store, ana: Person) -> None:
    store.assign(ana.id, "gone", skill="price-objection")
    found = day_of(store, ana)
    assert found.first is not None
    assert found.first.scenario == "price-20-percent"
    assert [one.scenario for one in found.due] == ["gone"]


def test_a_form_the_rep_has_not_met_comes_first_then_the_one_met_longest_ago(
    store: Store, ana: Person
) -> None:
    store.assign(ana.id, "price-20-percent", skill="price-objection", target=100)
    finished(store, attempt(ana, form="A", kind="warm-up", started_at=NOON - 3 * DAY))
    first = day_of(store, ana).first
    assert first is not None
    assert first.form == "B"
    finished(store, attempt(ana, form="B", started_at=NOON - 2 * DAY))
    first = day_of(store, ana).first
    assert first is not None
    assert first.form == "A"


def test_without_assignments_the_skill_last_practised_goes_on_with_what_is_new(
    store: Store, ana: Person
) -> None:
    for form in ("A", "B"):
        finished(store, attempt(ana, form=form, kind="warm-up", started_at=NOON - 2 * DAY))
    found = day_of(store, ana)
    assert skill(found) == "price-objection"
    assert [(thing.scenario, thing.form, thing.kind) for thing in found.things] == [
        ("discount-or-leave", "A", "warm-up")
    ]


def test_a_warm_up_that_would_pass_leads_to_an_assessed_attempt(store: Store, ana: Person) -> None:
    finished(store, attempt(ana, kind="warm-up", started_at=NOON - DAY), 80)
    first = day_of(store, ana).first
    assert first is not None
    assert (first.kind, first.form, first.reason) == ("assessed", "B", "assessed · your warm-up passed")


def test_a_practice_left_half_way_is_gone_on_with(store: Store, ana: Person) -> None:
    left = attempt(ana, kind="warm-up", form="B", started_at=NOON - DAY)
    store.add_attempt(left)
    store.add_reply(reply(left))
    (only,) = day_of(store, ana).things
    assert only == Thing(
        "price-20-percent", "B", "warm-up", "warm-up · left yesterday at turn 2", resume=left.id
    )


def test_an_assigned_practice_left_half_way_keeps_its_place_and_its_form(store: Store, ana: Person) -> None:
    store.assign(ana.id, "price-20-percent", skill="price-objection", due=date(2025, 11, 13))
    left = attempt(ana, form="B", started_at=NOON - DAY)
    store.add_attempt(left)
    (only,) = day_of(store, ana).things
    assert (only.form, only.resume) == ("B", left.id)
    assert only.reason == "assessed · due tomorrow · go on at turn 1"


def test_a_practice_left_long_ago_is_let_go(store: Store, ana: Person) -> None:
    store.add_attempt(attempt(ana, started_at=NOON - 8 * DAY))
    first = day_of(store, ana).first
    assert first is not None
    assert first.resume is None


def test_an_assignment_closes_with_the_attempt_that_reaches_its_target(store: Store, ana: Person) -> None:
    finished(store, attempt(ana, started_at=NOON - 10 * DAY), 95)
    store.assign(ana.id, "price-20-percent", skill="price-objection", target=80)
    finished(store, attempt(ana, kind="warm-up", started_at=NOON - 3 * DAY), 95)
    finished(store, attempt(ana, started_at=NOON - 2 * DAY), 79)
    assert len(day_of(store, ana).due) == 1
    finished(store, attempt(ana, started_at=NOON - DAY), 80)
    assert day_of(store, ana).due == ()


def test_where_the_rep_stands(store: Store, ana: Person) -> None:
    finished(store, attempt(ana, started_at=NOON - 5 * DAY), 48)
    finished(store, attempt(ana, started_at=NOON - 4 * DAY), 81)
    finished(store, attempt(ana, started_at=NOON - 3 * DAY), None)
    finished(store, attempt(ana, started_at=NOON - 2 * DAY), 82)
    newest = finished(store, attempt(ana, kind="warm-up", started_at=NOON - DAY), 60)
    finished(store, attempt(ana, scenario="budget", skill="qualify-budget", started_at=NOON - 6 * DAY), 99)
    found = day_of(store, ana)
    assert found.trend == (48, 81, 82, 60)
    assert [one.score for one in found.last] == [60, 82, None]
    assert found.next_step is not None
    assert found.next_step.text == "Ask whether that settles it."
    assert found.next_step.said_at == newest.started_at + timedelta(minutes=5)


def test_the_day_is_the_one_where_the_rep_is(store: Store, ana: Person) -> None:
    store.assign(ana.id, "budget", skill="qualify-budget", due=date(2025, 11, 13))
    evening = datetime(2025, 11, 12, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    first = today(store, ana, evening, LIBRARY).first
    assert first is not None
    assert first.reason == "assessed · due tomorrow"
