from pathlib import Path

import pytest
import yaml

from scenarios.headings import library_ids
from scenarios.loader import LIBRARY, ScenarioError, all_scenarios, headings, ids, load
from tests.scenarios.small import small


def test_an_id_and_the_path_to_its_file_give_the_same_scenario() -> None:
    by_id = load("price-20-percent")
    assert by_id.id == "price-20-percent"
    assert by_id.file == LIBRARY / "price-20-percent.yaml"
    assert load(LIBRARY / "price-20-percent.yaml") == by_id
    assert load(str(LIBRARY / "price-20-percent.yaml")) == by_id


def test_an_id_is_found_whatever_its_case() -> None:
    assert load(" Price-20-PERCENT").id == "price-20-percent"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("price-20-procent", "there is no scenario 'price-20-procent'; did you mean 'price-20-percent'?"),
        ("zzz", "there is no scenario 'zzz'; there are "),
        ("", "there is no scenario ''; there are "),
    ],
)
def test_an_unknown_id_names_the_closest(wrong: str, said: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(wrong)
    assert str(caught.value).startswith(said)


SECOND_BRANCH = "          - go: hard\n"


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("start: first", "strat: first", 16, "unknown key 'strat'; did you mean 'start'"),
        ("criteria:", "criterea:", 20, "unknown key 'criterea'; did you mean 'criteria'"),
        ("goal:", "gaol:", 6, "unknown key 'gaol'; did you mean 'goal'?"),
        ("closing: Good", "colsing: Good", 41, "unknown key 'colsing'; did you mean 'closing'?"),
        ("skill: price-objection\n", "", 1, "'skill' is missing; add 'skill' here"),
        ("go: soft", "go: sofd", 23, "there is no turn 'sofd' to go to; did you mean 'soft'"),
        ("start: first", "start: fist", 16, "there is no turn 'fist' to start with; did you mean 'first'"),
        (
            "go: last",
            "go: first",
            29,
            "turn in a circle: first -> soft -> first; let one of them go on or end",
        ),
        ("go: soft", "go: first", 23, "turn in a circle: first -> first; let"),
        (
            "made: [clarifies_root_cause]",
            "made: [clarifies_cause]",
            22,
            "did you mean 'clarifies_root_cause'",
        ),
        (
            "go: soft",
            "missed: [clarifies_root_cause]\n            go: soft",
            22,
            "made and missed at once; take",
        ),
        (
            SECOND_BRANCH,
            "          - {missed: [gives_evidence], go: hard}\n",
            21,
            "has no otherwise; end its 'next'",
        ),
        (SECOND_BRANCH, SECOND_BRANCH * 2, 24, "those after it are never taken; put it last or give it"),
        ("id: soft", "id: hard", 30, "the turn 'hard' is there twice; rename one of them"),
        ("id: soft", "id: end", 25, "'end' is no turn but the talk's end; give the turn another id"),
        (
            "id: soft",
            "id: Soft One",
            25,
            "id can't be 'Soft One'; use small letters, digits and single hyphens",
        ),
        ("voice: female", "voice: woman", 14, "voice can't be 'woman'; "),
        ("minutes: 3", "minutes: 300", 5, "minutes can't be 300; "),
        ("minutes: 3", "minutes: three", 5, "minutes can't be 'three'; "),
        (
            "hotwords: [quote]",
            "hotwords: [20]",
            7,
            "hotwords must be text, not 20; write it in double quotes",
        ),
        (
            "hotwords: [quote]",
            "hotwords: quote",
            7,
            "hotwords must be a list, not 'quote'; write it as [one, two]",
        ),
        (
            "criteria: [acknowledge, root-cause]",
            "criteria: [check, check]",
            20,
            "'check' is listed twice; remove",
        ),
        (
            "go: hard",
            "go: hard\n            closing: Well.",
            25,
            "a last line, but the talk goes on; remove it",
        ),
        ("            closing: Bye.\n", "", 42, "the talk ends here without a last line; add 'closing'"),
        ("  A:\n", "  a:\n", 9, "a form can't be called 'a'; call the forms A, B, C"),
        ("    persona:\n", "    persona: Ada\n    x:\n", 11, "unknown key 'x'; "),
        ('title: "Too', 'title: a: "Too', 2, "mapping values are not allowed"),
        ("id: small", "id: small\nid: other", 2, "the key 'id' is given twice; keep one"),
        ('"Too dear"', '""', 2, "title is too short; give it at least 2 characters"),
        ("That is too dear.", "dear " * 200, 19, "says is too long; keep it to 600 characters"),
    ],
)
def test_a_wrong_place_is_named_with_file_line_and_mend(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    file = small(tmp_path, (before, after))
    with pytest.raises(ScenarioError) as caught:
        load(file)
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.startswith(f"{file}:{line}: ")
    assert "; " in sentence
    assert "\n" not in sentence


def test_a_good_file_outside_the_library_loads(tmp_path: Path) -> None:
    scenario = load(small(tmp_path))
    assert (scenario.id, list(scenario.forms), scenario.file) == ("small", ["A"], tmp_path / "small.yaml")


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "hello\n", "3\n"])
def test_a_file_that_is_no_scenario_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"other\.yaml:1: this is not a scenario; begin with"):
        load(file)


def test_a_file_that_was_changed_is_read_again(tmp_path: Path) -> None:
    assert load(small(tmp_path)).title == "Too dear"
    assert load(small(tmp_path, ("Too dear", "Too cheap"))).title == "Too cheap"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none\.yaml:1: can't be read"):
        load(tmp_path / "none.yaml")


def test_the_library_is_loaded_in_the_order_of_its_file_and_nothing_is_left_out() -> None:
    assert tuple(one.id for one in all_scenarios()) == ids()
    assert ids()[0] == "price-20-percent"
    assert set(ids()) == {file.stem for file in LIBRARY.glob("*.yaml")}


def test_the_order_names_every_scenario_of_the_library() -> None:
    named = yaml.safe_load((LIBRARY.parent / "order.yaml").read_text(encoding="utf-8"))
    assert list(library_ids()) == named


def test_the_headings_say_what_the_files_say() -> None:
    assert [(one.id, one.title, one.skill, one.minutes) for one in headings()] == [
        (one.id, one.title, one.skill, one.minutes) for one in all_scenarios()
    ]
