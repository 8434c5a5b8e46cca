"""What the practice on this machine says about scenarios, on the command line."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Trainer
from tests.coaching.first_attempts import NOW, SCENARIO, fourteen, meets
from trainer.commands import voices
from trainer.config import Config, Role, save
from trainer.paths import Paths
from trainer.store import Store


@pytest.fixture(autouse=True)
def voiced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "speaks", lambda _gender: True)


def profile(role: Role, name: str = "Mara") -> None:
    save(Config(name=name, role=role), Paths.of_user().settings)


def store() -> Store:
    return Store.open(Paths.of_user().database)


def test_how_hard_a_scenario_is_stands_in_the_list_and_on_its_page(
    trainer: Trainer, document: Callable[..., Any]
) -> None:
    profile("manager")
    with store() as opened:
        fourteen(opened)
    _, listed, _ = trainer("scenarios", "list")
    assert [line.split()[0] for line in listed.splitlines() if "passed first" in line] == [SCENARIO]
    assert "6 of 14 passed first, 21–67 %" in listed
    _, shown, _ = trainer("scenarios", "show", SCENARIO)
    assert "How hard: 6 of 14 passed first, 21–67 %; their mean score 71, " in shown
    of = {one["id"]: one["difficulty"] for one in document("scenarios", "list")["scenarios"]}
    assert of.pop(SCENARIO) == document("scenarios", "show", SCENARIO)["difficulty"]
    assert set(of.values()) == {None}
    found = document("scenarios", "show", SCENARIO)["difficulty"]
    assert (found["people"], found["passed"], found["share"]) == (14, 6, [0.214, 0.674])
    assert found["mean_score_interval"][0] < found["mean_score"] < found["mean_score_interval"][1]


def test_nothing_is_claimed_without_a_store_nor_under_ten_people(
    trainer: Trainer, document: Callable[..., Any], home: Path
) -> None:
    assert document("scenarios", "show", SCENARIO)["difficulty"] is None
    assert not home.exists() or not list(home.rglob("*.db"))
    with store() as opened:
        for who in range(9):
            meets(opened, who, 90)
    _, listed, _ = trainer("scenarios", "list")
    assert "passed" not in listed


def test_a_rep_is_told_nothing_about_others(trainer: Trainer) -> None:
    profile("rep", "Rep 3")
    with store() as opened:
        fourteen(opened)
    for words in (("list",), ("show", SCENARIO)):
        _, out, _ = trainer("scenarios", *words)
        assert "passed first" not in out
    _, out, _ = trainer("scenarios", "check", SCENARIO)
    assert "From 1 attempt on this machine" in out


def test_warm_ups_are_in_no_figure_of_a_managers(trainer: Trainer) -> None:
    profile("manager")
    with store() as opened:
        for who in range(20):
            meets(opened, who, 95, kind="warm-up")
    _, listed, _ = trainer("scenarios", "list")
    assert "passed" not in listed
    _, out, _ = trainer("scenarios", "check", SCENARIO)
    assert "on this machine" not in out


def test_check_says_what_practice_shows_and_is_not_failed_by_it(
    trainer: Trainer, document: Callable[..., Any]
) -> None:
    profile("manager")
    with store() as opened:
        for who in range(22):
            verdicts = {"evidence": True, "next-step": who % 2 == 0}
            meets(opened, who, 95, verdicts=verdicts, at=NOW + timedelta(days=who))
        meets(opened, 30, 95, words="older")
    code, out, _ = trainer("scenarios", "check", SCENARIO)
    assert code == 0
    section = out[out.index("\nFrom 23 attempts on this machine:") :]
    assert "all 22 passed the first time, and of others at least 85 % would." in section
    assert "evidence was met in all 22 first attempts." in section
    assert "1 first attempt was at other words or another rubric than now, and left out." in section
    assert out.endswith("0 errors, 0 warnings.\n")
    assert "Rep" not in section
    practice = document("scenarios", "check", SCENARIO)["practice"]
    assert [one["kind"] for one in practice["remarks"]] == ["all passed", "always met"]
    assert (practice["attempts"], practice["enough"], practice["outdated"]) == (23, 1, 1)


def test_check_without_a_store_prints_what_it_always_did(trainer: Trainer, home: Path) -> None:
    _, out, _ = trainer("scenarios", "check", SCENARIO)
    assert "machine" not in out
    _, out, _ = trainer("scenarios", "check", SCENARIO, "--json")
    assert json.loads(out)["practice"] is None
    assert not list(home.rglob("*.db"))


def test_a_store_that_cannot_be_read_keeps_nobody_from_checking(trainer: Trainer) -> None:
    database = Paths.of_user().database
    database.parent.mkdir(parents=True)
    database.write_bytes(b"something else altogether " * 100)
    code, out, err = trainer("scenarios", "check", SCENARIO)
    assert code == 0 and out.endswith("0 errors, 0 warnings.\n")
    assert "Nothing of what was practised" in err
