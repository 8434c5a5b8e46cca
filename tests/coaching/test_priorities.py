import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from trainer.coaching import priorities
from trainer.coaching.mastery import Rule
from trainer.coaching.priorities import MINUTES, Priority, Week
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.connection import Connections
from trainer.store.records import Person

NOW = datetime(2025, 11, 26, 9, tzinfo=UTC)  # a Wednesday
DAY = timedelta(days=1)
SKILL, OTHER = "price-objection", "qualify-budget"


class Clock:
    """The store's time, moved by the test."""

    def __init__(self) -> None:
        self.at = NOW - 30 * DAY

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db", now=clock) as opened:
        yield opened


@pytest.fixture
def mo(store: Store) -> Person:
    return store.add_person("Mo Adler", "manager")


Tried = Callable[..., None]


@pytest.fixture
def tried(store: Store, clock: Clock) -> Tried:
    def log(
        rep: Person,
        score: int,
        ago: int,
        *,
        form: str = "A",
        skill: str = SKILL,
        missed: Sequence[str] = (),
        warm_up: bool = False,
    ) -> None:
        """An attempt, entered as the app does."""
        clock.at = NOW - ago * DAY
        of = attempt(
            rep, kind="warm-up" if warm_up else "assessed", skill=skill, form=form, started_at=clock.at
        )
        finished(store, of, score)
        if not warm_up:
            facts = {"score": score, "scenario": of.scenario, "form": form, "new_form": True}
            facts |= {"day": clock.at.date().isoformat(), "missed": list(missed)}
            store.ledger.write(rep.id, skill, "attempt", rep.id, attempt_id=of.id, facts=facts)

    return log


def rule(_skill: str, target: int) -> Rule:
    return Rule(score=max(80, target))


def week(store: Store, minutes: int = 40) -> Week:
    return priorities.week(store, NOW, minutes, rule)


def only(store: Store) -> Priority:
    (one,) = week(store).team
    return one


def ready(tried: Tried, rep: Person) -> None:
    for score, ago, form in ((84, 12, "A"), (81, 11, "B"), (82, 11, "A"), (88, 2, "C")):
        tried(rep, score, ago, form=form)


def test_ready_for_sign_off(store: Store, ana: Person, tried: Tried) -> None:
    ready(tried, ana)
    one = only(store)
    assert (one.reason, one.why, one.needs) == ("ready for sign-off", "ready for sign-off", True)
    assert (one.focus, one.last_score) == (SKILL, 88)


def test_the_plan_gives_the_focus_and_a_higher_target(
    store: Store, ana: Person, mo: Person, tried: Tried, clock: Clock
) -> None:
    ready(tried, ana)
    store.plans.make(ana.id, mo.id, [Step(SKILL, 85, 4), Step(OTHER, 80, 4)])
    assert only(store).reason == "on track"
    store.plans.make(ana.id, mo.id, [Step(SKILL, 80, 4), Step(OTHER, 80, 4)])
    assert only(store).reason == "ready for sign-off"
    clock.at = NOW
    store.ledger.write(ana.id, SKILL, "signed off", mo.id)
    assert (only(store).focus, only(store).reason) == (OTHER, "on track")


def test_a_target_that_both_agreed_on_counts(store: Store, ana: Person, mo: Person, tried: Tried) -> None:
    ready(tried, ana)
    store.plans.make(ana.id, mo.id, [Step(SKILL, 80, 4)])
    store.plans.agree(ana.id, SKILL, 85, ana.id)
    assert only(store).reason == "ready for sign-off"
    store.plans.agree(ana.id, SKILL, 85, mo.id)
    assert (only(store).reason, only(store).target) == ("on track", 85)


@pytest.mark.parametrize(
    ("in_days", "practised_ago", "why"),
    [
        (1, 9, "session tomorrow, nothing practised"),
        (0, None, "session today, nothing practised"),
        (1, 2, "on track"),
        (2, 9, "on track"),
    ],
)
def test_a_session_comes_and_nothing_was_practised(
    store: Store, ana: Person, mo: Person, tried: Tried, in_days: int, practised_ago: int | None, why: str
) -> None:
    if practised_ago is not None:
        tried(ana, 70, practised_ago)
    tried(ana, 90, 1, warm_up=True)  # does not count, and does not show
    store.sessions.plan(ana.id, mo.id, NOW + in_days * DAY + timedelta(hours=2))
    assert only(store).why == why


def test_a_session_that_was_never_closed(store: Store, ana: Person, mo: Person) -> None:
    met = store.sessions.plan(ana.id, mo.id, NOW - DAY)
    assert only(store).why == "session yesterday not closed yet"
    store.sessions.finish(met.id, "kept", mo.id)
    assert only(store).why == "nothing practised yet"


def test_three_tries_without_the_same_criterion(store: Store, ana: Person, tried: Tried) -> None:
    for ago, missed in ((9, ["check"]), (3, ["check", "root-cause"]), (2, ["root-cause"])):
        tried(ana, 60, ago, missed=missed)
    assert only(store).reason == "on track"
    tried(ana, 70, 1, missed=["evidence", "root-cause"])
    assert (only(store).why, only(store).missing) == ("3 tries, root cause still missing", "root-cause")


def test_what_was_missed_before_the_manager_sent_it_back_is_no_try(
    store: Store, ana: Person, mo: Person, tried: Tried, clock: Clock
) -> None:
    tried(ana, 60, 9, missed=["check"])
    tried(ana, 60, 8, missed=["check"])
    clock.at = NOW - 7 * DAY
    store.ledger.write(ana.id, SKILL, "sent back", mo.id, reason="heard one reply")
    tried(ana, 60, 3, missed=["check"])
    assert only(store).reason == "on track"


def test_a_review_that_failed_is_named_where_the_focus_is_another(
    store: Store, ana: Person, mo: Person, tried: Tried, clock: Clock
) -> None:
    store.plans.make(ana.id, mo.id, [Step(SKILL, 80, 4), Step(OTHER, 80, 4)])
    clock.at = NOW - 20 * DAY
    store.ledger.write(ana.id, SKILL, "declared mastered", mo.id, reason="does it with customers")
    tried(ana, 50, 2)
    assert (only(store).why, only(store).skill) == ("review failed: price objection", SKILL)
    tried(ana, 85, 1)
    assert only(store).reason != "review failed"


def test_a_review_that_is_due(store: Store, ana: Person, mo: Person, clock: Clock) -> None:
    clock.at = NOW - 60 * DAY
    store.ledger.write(ana.id, SKILL, "signed off", mo.id)
    assert only(store).why == "review due: price objection"


def test_an_assignment_that_is_late(store: Store, ana: Person) -> None:
    store.assign(ana.id, "price-20-percent", skill=SKILL, due=(NOW - 3 * DAY).date())
    assert only(store).why == "assignment 3 days late"


def test_those_who_fit_into_the_minutes_come_first(store: Store, mo: Person, tried: Tried) -> None:
    for name in ("Zoe Lang", "Ana Ruiz"):
        rep = store.add_person(name, "rep")
        ready(tried, rep)
    stuck = store.add_person("Li Wei", "rep")
    for ago in (3, 2, 1):
        tried(stuck, 50, ago, missed=["check"])
    late = store.add_person("Ben Okoro", "rep")
    store.assign(late.id, "price-20-percent", skill=SKILL, due=(NOW - DAY).date())
    store.add_person("Sam Hall", "rep")

    found = week(store, minutes=26)
    assert [(one.rep.name, one.fits) for one in found.team] == [
        ("Ana Ruiz", True),
        ("Zoe Lang", True),
        ("Ben Okoro", True),
        ("Li Wei", False),
        ("Sam Hall", False),
    ]
    assert found.needing == 4
    assert sum(one.minutes for one in found.team if one.fits) <= 26
    assert [one.fits for one in week(store, minutes=0).team] == [False] * 5


def test_every_reason_has_its_minutes(store: Store) -> None:
    assert MINUTES["on track"] == 0
    assert all(minutes > 0 for reason, minutes in MINUTES.items() if reason != "on track")
    assert week(store).team == ()


def test_however_many_reps_the_store_is_asked_as_often(
    store: Store, tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    reading = Connections.reading

    def counted(self: Connections) -> AbstractContextManager[sqlite3.Connection]:
        asked.append("once")
        return reading(self)

    monkeypatch.setattr(Connections, "reading", counted)
    counts = set()
    for name in ("Ana Ruiz", "Ben Okoro", "Li Wei"):
        tried(store.add_person(name, "rep"), 50, 1)
        asked.clear()
        week(store)
        counts.add(len(asked))
    assert len(counts) == 1
