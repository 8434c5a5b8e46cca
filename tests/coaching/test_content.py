import os
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from scenarios.loader import load
from scenarios.schema import Scenario
from tests.coaching.first_attempts import NOW, SCENARIO, fourteen, meets
from tests.scenarios.small import small
from trainer.coaching.content import QUIET, health, own, remarks_on, unpractised
from trainer.coaching.difficulty import Content
from trainer.store import Store
from trainer.store.coaching.firsts import First, Practised

CONTENT = Content(
    "price",
    80,
    "rubric",
    {"A": "words", "B": "words"},
    {"evidence": ("Give evidence", 2), "check": ("Check", 1), "need": ("Ask", 1)},
)
Verdicts = Mapping[str, bool | None]


def first(score: int | None, verdicts: Verdicts | None = None, *, best: int = 0, tried: int = 1) -> First:
    top = max(best, score or 0)
    return First("price", "A", "words", "rubric", score, top, tried, tuple((verdicts or {}).items()))


def said(firsts: Sequence[First]) -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in remarks_on(CONTENT, firsts)]


def mixed(evidence: bool | None, check: bool | None) -> Verdicts:
    return {"evidence": evidence, "check": check, "need": check}


def test_what_everybody_passes_first_time_and_how_sure_that_is() -> None:
    (found,) = remarks_on(CONTENT, [first(90)] * 14)
    assert found.says == "all 14 passed the first time, and of others at least 78 % would"
    assert said([first(90)] * 9) == []
    assert said([*[first(90)] * 13, first(70, best=90)]) == []


def test_what_nobody_has_passed_however_often_they_tried() -> None:
    (found,) = remarks_on(CONTENT, [first(40, best=70, tried=3)] * 10)
    assert found.says == "nobody has passed yet, 10 people in 30 attempts"
    assert said([first(40, best=70)] * 9) == []
    assert said([*[first(40, best=70)] * 9, first(40, best=80)]) == []


def test_a_criterion_that_all_or_none_meet_tells_nobody_apart() -> None:
    half = [mixed(True, number % 2 == 0) for number in range(20)]
    assert ("always met", "evidence") in said([first(70, one, best=90) for one in half])
    none = [{**one, "evidence": False} for one in half]
    found = list(remarks_on(CONTENT, [first(70, one, best=90) for one in none]))
    assert [(one.kind, one.says) for one in found] == [("never met", "was met in none of 20 first attempts")]


def test_one_who_differs_is_enough_and_under_twenty_nothing_is_said() -> None:
    half = [mixed(True, number % 2 == 0) for number in range(19)]
    assert said([first(70, one, best=90) for one in half]) == []
    one_missed = [*half, mixed(False, False)]
    assert said([first(70, one, best=90) for one in one_missed]) == []


def test_a_criterion_that_could_mostly_not_be_judged() -> None:
    often = [mixed(None if number < 15 else True, number % 2 == 0) for number in range(20)]
    (found,) = remarks_on(CONTENT, [first(70, one, best=90) for one in often])
    assert (found.about, found.says) == ("evidence", "could not be judged in 15 of 20 first attempts")
    seldom = [mixed(None if number < 12 else True, number % 2 == 0) for number in range(20)]
    assert said([first(70, one, best=90) for one in seldom]) == []


def test_a_criterion_that_never_came_up_is_not_spoken_of() -> None:
    assert said([first(70, {"check": n % 2 == 0, "need": n % 2 == 0}, best=90) for n in range(30)]) == []


def test_a_criterion_that_goes_with_no_other_is_said_once_that_is_sure() -> None:
    dice = random.Random(4)  # noqa: S311
    by_chance = [mixed(dice.random() < 0.5, dice.random() < 0.5) for _ in range(400)]
    found = list(remarks_on(CONTENT, [first(70, one, best=90) for one in by_chance]))
    assert [(one.kind, one.about) for one in found] == [("unrelated", "evidence")]
    assert found[0].figures["high"] < 0.2
    assert "400 first attempts" in found[0].says
    assert said([first(70, one, best=90) for one in by_chance[:30]]) == []


def test_a_criterion_that_goes_with_the_others_is_not_spoken_of() -> None:
    together = [mixed(number % 2 == 0, number % 2 == 0) for number in range(40)]
    assert said([first(70, one, best=90) for one in together]) == []


def test_a_criterion_is_held_against_the_others_and_never_against_itself() -> None:
    """With itself in the total, a heavy one would go with it although it goes with nothing else."""
    alone = Content("price", 80, "rubric", {"A": "words"}, {"evidence": ("", 50), "check": ("", 1)})
    dice = random.Random(4)  # noqa: S311
    verdicts = [{"evidence": dice.random() < 0.5, "check": dice.random() < 0.5} for _ in range(400)]
    found = remarks_on(alone, [first(70, one, best=90) for one in verdicts])
    assert [one.kind for one in found] == ["unrelated", "unrelated"]


def practised(scenario: str, *, since: int = 200, last: int = 1, lately: int = 50) -> Practised:
    then, now = NOW - timedelta(days=since), NOW - timedelta(days=last)
    return Practised(scenario, then, now, lately, lately)


@pytest.fixture
def old(tmp_path: Path) -> Scenario:
    """A scenario whose file has been there for a hundred days."""
    file = small(tmp_path)
    long_ago = (NOW - timedelta(days=100)).timestamp()
    os.utime(file, (long_ago, long_ago))
    return load(file)


def silent(scenario: Scenario, attempts: Sequence[Practised], of_library: int = 40) -> list[str]:
    return list(unpractised([scenario], attempts, NOW, of_library=of_library))


def test_what_nobody_practised_for_a_quarter_although_they_practised_others(old: Scenario) -> None:
    assert silent(old, [practised("another")]) == [old.id]
    assert silent(old, [practised("another"), practised(old.id, last=95, lately=0)]) == [old.id]
    assert silent(old, [practised("another"), practised(old.id, lately=1)]) == []


def test_nobody_is_blamed_for_a_scenario_that_is_new_or_where_little_is_practised(old: Scenario) -> None:
    assert silent(old, []) == []
    assert silent(old, [practised("another", since=60)]) == []
    assert silent(old, [practised("another", lately=39)]) == []
    assert old.file
    recent = (NOW - timedelta(days=80)).timestamp()
    os.utime(old.file, (recent, recent))
    assert silent(old, [practised("another")]) == []


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "trainer.db", now=lambda: NOW)


def test_from_the_store_to_what_there_is_to_look_at(store: Store) -> None:
    with store:
        fourteen(store)
        for who in range(10):
            meets(store, who, 95, scenario="gone-quiet")
        meets(store, 20, 95, scenario="gone-quiet", words="older")
        looked_at = [load(one) for one in (SCENARIO, "gone-quiet", "just-email-me")]
        firsts, times = store.firsts.all(verdicts=True), store.firsts.practised(NOW - QUIET)
    found = health(looked_at, firsts, times, NOW, of_library=40)
    assert [(one.scenario, one.kind) for one in found.remarks] == [("gone-quiet", "all passed")]
    assert (found.attempts, found.enough, found.of, found.outdated) == (25, 2, 3, 1)
    assert "Rep" not in repr(found)


def test_a_reps_own_machine_counts_their_warm_ups_for_them(store: Store) -> None:
    with store:
        meets(store, 1, 60, kind="warm-up")
        meets(store, 1, 60, at=NOW + timedelta(days=100))
        (found,) = own(store.attempts(finished=True), NOW + timedelta(days=90))
    assert (found.scenario, found.attempts, found.lately) == (SCENARIO, 2, 1)
