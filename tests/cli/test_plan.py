from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Trainer
from trainer.config import Config, Role, save
from trainer.paths import Paths


def profile(name: str, role: Role) -> None:
    save(Config(name=name, role=role), Paths.of_user().settings)


def test_a_template_is_listed_copied_changed_and_made_a_plan(trainer: Trainer, tmp_path: Path) -> None:
    profile("Mara", "manager")
    code, out, _ = trainer("plan", "templates")
    assert code == 0
    assert "six-months" in out and "8 skills" in out and "26 weeks" in out
    _, text, _ = trainer("plan", "templates", "six-months")
    mine = tmp_path / "ours.yaml"
    mine.write_text(text.replace("weeks: 4", "weeks: 5"), encoding="utf-8")
    code, out, err = trainer("plan", "make", "Ana", "--template", str(mine))
    assert code == 0, err
    assert "8 skills in 28 weeks" in out
    assert "Ana and the manager have not said yes to 80 yet." in out


def test_a_target_stands_once_both_said_yes(trainer: Trainer, document: Callable[..., Any]) -> None:
    profile("Mara", "manager")
    document("plan", "make", "Ana", "--template", "six-months")
    _, out, _ = trainer("plan", "agree", "Ana", "price-objection", "85")
    assert "Ana has not said yes to 85 yet." in out
    profile("Ana", "rep")
    found = document("plan", "agree", "Ana", "price-objection", "85")
    assert (found["target"], found["yes"]) == (85, {"rep": 85, "manager": 85})
    shown = document("plan", "show", "Ana")
    assert shown["focus"] == "price-objection"
    assert [step["target"] for step in shown["steps"][:2]] == [85, 80]
    _, out, _ = trainer("plan", "show", "Ana")
    assert "Both said yes to 85." in out


def test_without_a_plan_the_way_to_one_is_said(trainer: Trainer) -> None:
    profile("Mara", "manager")
    trainer("assign", "Ana", "price-20-percent")
    code, out, _ = trainer("plan", "show", "Ana")
    assert code == 0
    assert "has no plan yet" in out and "plan templates" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "Nobody"), "nobody of that name"),
        (("agree", "Ana", "pricing", "80"), "not on the plan of Ana; there is price-objection"),
        (("agree", "Ana", "price-objection", "70"), "agree on 80 to 100"),
        (("make", "Ana", "--template", "six-month"), "did you mean 'six-months'"),
    ],
)
def test_what_can_not_be_done_says_what_can(trainer: Trainer, words: tuple[str, ...], said: str) -> None:
    profile("Mara", "manager")
    trainer("plan", "make", "Ana", "--template", "six-months")
    code, _, err = trainer("plan", *words)
    assert code == 2
    assert said in err


def test_a_rep_makes_and_agrees_to_no_plan_but_their_own(trainer: Trainer) -> None:
    profile("Mara", "manager")
    trainer("plan", "make", "Ana", "--template", "six-months")
    profile("Ben", "rep")
    code, _, err = trainer("plan", "agree", "Ana", "price-objection", "80")
    assert code == 2
    assert "theirs and their manager's" in err


def test_whoever_has_no_name_yet_is_asked_for_it(trainer: Trainer) -> None:
    code, _, err = trainer("plan", "make", "Ana", "--template", "six-months")
    assert code == 2
    assert "give your name" in err
