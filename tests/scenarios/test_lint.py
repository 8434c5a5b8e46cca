from pathlib import Path

import pytest

from scenarios.lint import check, check_all, check_file
from scenarios.loader import load
from tests.scenarios.small import small

LONG = "says: Well, " + "and then " * 31 + "that."


def said(file: Path) -> list[str]:
    """The findings without the three that the small scenario always has."""
    always = ("there is only one form", " has 0 of ", "'review_by' is missing")
    return [str(one) for one in check_file(file) if not any(part in one.message for part in always)]


def test_a_good_scenario_has_only_warnings_about_what_it_leaves_out(tmp_path: Path) -> None:
    found = check(load(small(tmp_path)))
    assert {one.severity for one in found} == {"warning"}
    assert [one.line for one in found] == sorted(one.line for one in found)
    assert said(tmp_path / "small.yaml") == []


@pytest.mark.parametrize(
    ("before", "after", "line", "severity", "what"),
    [
        (
            "criteria: [next-step]",
            "criteria: [next-stop]",
            37,
            "error",
            "no criterion 'next-stop' for a turn; did",
        ),
        ("rubric: price-objection", "rubric: price-objektion", 4, "error", "price-objektion"),
        (
            "skill: price-objection",
            "skill: pricing",
            3,
            "error",
            "is for the skill 'price-objection'; write skill:",
        ),
        (
            "go: hard",
            "go: soft",
            30,
            "error",
            "no branch leads to the turn 'hard'; let one lead there or remove",
        ),
        ("go: soft", "go: last", 16, "error", "one way through has only 2 turns; make every way at least 3"),
        (
            "          - go: hard",
            "          - {made: [clarifies_root_cause, gives_evidence], go: hard}\n          - go: hard",
            24,
            "error",
            "this branch is never taken: an earlier one asks for no more than it does; put it before",
        ),
        (
            "says: No, really.",
            LONG,
            31,
            "warning",
            "a line of 64 words is long to listen to; keep it under 60",
        ),
        ("says: No, really.", LONG, 31, "warning", "a sentence of 64 words is hard to say; break it where"),
        ("closing: Bye.", LONG.replace("says", "closing"), 43, "warning", "a line of 64 words"),
        ("id: small", "id: tiny", 1, "warning", "the file is called 'small.yaml'; call it tiny.yaml"),
        ("go: soft", "go: sofd", 23, "error", "there is no turn 'sofd' to go to; did you mean 'soft'"),
    ],
)
def test_what_is_wrong_is_found_with_its_line_and_mend(
    tmp_path: Path, before: str, after: str, line: int, severity: str, what: str
) -> None:
    file = small(tmp_path, (before, after))
    found = [one for one in said(file) if what in one]
    assert found, said(file)
    assert found[0].startswith(f"{file}:{line}: {severity}: ")


def test_a_talk_that_nothing_changes_is_an_error(tmp_path: Path) -> None:
    file = small(
        tmp_path,
        ("- made: [clarifies_root_cause]\n            go: soft\n          - go: hard", "- go: soft"),
        ("          - go: last", "          - go: hard"),
        ("          - made: [proposes_next_step]\n            go: end\n            closing: Good.\n", ""),
    )  # fmt: skip
    assert [one.split(": ", 2)[2] for one in said(file)] == [
        "nothing the rep does changes the talk; give a turn a second branch"
    ]


def test_more_than_three_choices_on_one_way_are_an_error(tmp_path: Path) -> None:
    more = "      - id: more\n        says: Hm.\n        criteria: [check]\n        next:\n"
    choice = "          - {made: [gives_evidence], go: last}\n          - go: "
    file = small(
        tmp_path,
        ("          - go: last", choice + "hard"),
        ("          - go: last\n      - id: last", choice + "more\n      - id: last"),
        ("      - id: last", f"{more}{choice}last\n      - id: last"),
    )  # fmt: skip
    assert any("one way through branches 4 times; branch at most 3" in one for one in said(file))


def test_forms_that_ask_for_other_things_are_an_error(tmp_path: Path) -> None:
    file = small(tmp_path)
    text = file.read_text(encoding="utf-8")
    other = (
        text[text.index("  A:") :]
        .replace("  A:", "  B:")
        .replace("criteria: [next-step]", "criteria: [check]")
    )
    file.write_text(text + other, encoding="utf-8")
    assert [one.split(": ", 2)[2] for one in said(file)] == [
        "form A does not judge the turn 'last' by the same criteria; "
        "give all forms the same turns with the same criteria"
    ]


def test_examples_that_come_out_wrong_are_errors_that_say_what_was_met(tmp_path: Path) -> None:
    good = "I'll send you both sums on one page by Thursday."
    file = small(
        tmp_path,
        ("criteria: [next-step]", f"criteria: [next-step]\n        exemplars: [{good!r}, Thanks a lot.]"),
        ("exemplars: ", f"counter_examples: [Goodbye then., {good!r}]\n        exemplars: "),
    )  # fmt: skip
    assert [one.split(": ", 2)[2] for one in said(file)] == [
        "the counter-example scores 100, met: next-step; "
        "say it so that it stays under 50, or ask for more in this turn",
        "the exemplar scores 0, not met: next-step; "
        "say it so that it reaches 80, or ask for less in this turn",
    ]


def test_findings_of_several_files_come_together_and_an_unknown_id_is_one(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    found = check_all([tmp_path / "empty.yaml", "price-20-procent", str(tmp_path / "none.yaml")])
    assert [one.severity for one in found] == ["error"] * 3
    assert str(found[1]) == (
        "price-20-procent:1: error: there is no scenario 'price-20-procent'; did you mean 'price-20-percent'?"
    )
    assert found[0].as_json() == {
        "severity": "error",
        "file": str(tmp_path / "empty.yaml"),
        "line": 1,
        "message": "this is not a scenario",
        "mend": "begin with 'id: ' and 'title: '",
    }
