from pathlib import Path

import pytest

from scenarios.loader import all_scenarios
from trainer.coaching.template import load_template, template_names, text_of_template
from trainer.errors import BadInputError
from trainer.store.coaching.plans import Step

GOOD = """\
title: Ours
steps:
  - skill: price-objection
    target: 85
    weeks: 4
  - skill: qualify-need
    weeks: 3
    why: Because.
"""


def test_a_path_of_half_a_year_has_eight_skills() -> None:
    found = load_template("six-months")
    assert (found.weeks, len(found.steps)) == (26, 8)


def test_every_skill_that_ships_is_on_some_path_and_can_be_practised() -> None:
    on_a_path = {step.skill for name in template_names() for step in load_template(name).steps}
    assert on_a_path == {one.skill for one in all_scenarios()}


@pytest.mark.parametrize("name", template_names())
def test_shipped_templates_say_why_each_skill_is_there_and_can_be_copied(name: str, tmp_path: Path) -> None:
    found = load_template(name)
    assert all(found.why) and found.title and found.about
    copy = tmp_path / f"{name}.yaml"
    copy.write_text(text_of_template(name), encoding="utf-8")
    assert load_template(str(copy)) == found


def test_a_step_without_a_target_takes_the_pass_mark(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(GOOD, encoding="utf-8")
    found = load_template(str(file))
    assert found.steps == (Step("price-objection", 85, 4), Step("qualify-need", 80, 3))
    assert (found.name, found.title, found.why) == ("ours", "Ours", ("", "Because."))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("price-objection", "price-objections", r":3: there is no skill .*did you mean 'price-objection'"),
        ("weeks: 4", "weeks: soon", r":5: weeks can't be 'soon'; write a whole number, 1 to 52"),
        ("weeks: 4", "weeks: 0", r":5: weeks can't be 0"),
        ("target: 85", "target: 60", r":4: target can't be 60; write a whole number from 80"),
        ("target: 85", "target: yes", r":4: target can't be True"),
        ("target: 85", "targt: 85", r":4: unknown key 'targt'; did you mean 'target'"),
        ("qualify-need", "price-objection", r":6: price-objection is there twice; keep one"),
        ("title: Ours\n", "", r":1: title is missing; add a line 'title: …' here"),
        ("title: Ours", "title: 5", r":1: title must be text"),
        ("Because.", "5", r":8: why must be text"),
        ("    weeks: 3\n", "", r":6: weeks is missing"),
        (GOOD, "title: Ours\nsteps: []\n", r":2: steps must be a list"),
        (GOOD, "title: Ours\nsteps: [price-objection]\n", r":2: a step holds keys"),
        (GOOD, "- price", r":1: this is not a plan"),
        ("weeks: 4", "weeks: [", r":\d+: .*"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_mend(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInputError, match=rf"ours\.yaml{said}") as error:
        load_template(str(file))
    assert "\n" not in str(error.value)


def test_a_name_that_nothing_has_gets_the_nearest() -> None:
    with pytest.raises(BadInputError, match="did you mean 'six-months'"):
        load_template("six-month")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"none\.yaml:1: can't be read"):
        load_template(str(tmp_path / "none.yaml"))
