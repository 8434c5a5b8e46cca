"""Branches and criteria that can't be: what is said of them, and what is left alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scenarios.comparing import equal_rules
from scenarios.deciding import branch_rules, criterion_rules
from scenarios.examples import tried
from scenarios.judging import Judge
from scenarios.lint import check_file, report
from scenarios.loader import load
from scenarios.schema import Scenario
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric, text_of
from tests.scenarios.judge import judge
from tests.scenarios.small import small

ASKS = "When you say too dear, what are you comparing us with?"
NODS = "I can see that it's a lot of money."
SENDS = "I'll send you both sums on one page by Thursday."
BRANCH = "made: [clarifies_root_cause]"


def examples(turn: str, good: list[str], poor: list[str]) -> tuple[str, str]:
    """What puts these examples into the turn of the small scenario."""
    return (
        f"criteria: [{turn}]\n",
        f"criteria: [{turn}]\n        exemplars: {good}\n        counter_examples: {poor}\n",
    )


FIRST = examples("acknowledge, root-cause", [f"{NODS} {ASKS}", f"{NODS} {ASKS}"], ["Okay.", "Sure, fine."])


def found(file: Path) -> Iterator[str]:
    """What is said of branches and criteria."""
    scenario = load(file)
    rubric = load_rubric(scenario.rubric)
    of = list(tried(scenario, rubric, judge()))
    for one in (*branch_rules(scenario, of), *criterion_rules(scenario, rubric, of)):
        yield f"{one.severity}: {one.fault.what}; {one.fault.mend}"


def test_a_branch_that_examples_take_is_left_alone(tmp_path: Path) -> None:
    assert list(found(small(tmp_path, FIRST))) == []


def test_a_question_that_is_to_be_no_question_is_an_error(tmp_path: Path) -> None:
    never = "made: [probes_budget]\n            missed: [asks_open_question, asks_closed_question]"
    assert list(found(small(tmp_path, (BRANCH, never)))) == [
        "error: no reply can take this branch: probes_budget is always asked, "
        "and asks_open_question and asks_closed_question is to be missed; take one of them out"
    ]


def test_a_question_that_may_still_be_of_one_kind_is_not(tmp_path: Path) -> None:
    only_open = "made: [probes_budget]\n            missed: [asks_closed_question]"
    assert not [one for one in found(small(tmp_path, (BRANCH, only_open))) if one.startswith("error")]


def test_a_branch_that_no_example_of_the_form_fits_is_a_warning(tmp_path: Path) -> None:
    said = list(found(small(tmp_path, FIRST, (BRANCH, "made: [probes_timeline]"))))
    assert said[0] == (
        "warning: no example in form A fits this branch (made probes_timeline), so nothing shows it can be "
        "taken; write an example that does, or ask for a move that replies make"
    )


def test_good_and_poor_examples_that_lead_the_same_way_are_a_warning(tmp_path: Path) -> None:
    said = list(found(small(tmp_path, FIRST, (BRANCH, "missed: [uses_hedging]"))))
    assert said == [
        "warning: the good and the poor examples of 'first' all lead to 'soft'; "
        "branch on a move that the good ones make and the poor ones miss"
    ]


def test_a_talk_that_hangs_on_open_against_closed_is_a_warning(tmp_path: Path) -> None:
    said = list(found(small(tmp_path, FIRST, (BRANCH, "made: [asks_open_question]"))))
    assert said == [
        "warning: where 'first' goes on hangs on whether a question is open or closed alone; "
        "people often disagree on that; branch on what it asks about, or treat both alike"
    ]
    both = "made: [asks_open_question]\n            go: soft\n          - made: [asks_closed_question]"
    assert list(found(small(tmp_path, FIRST, (BRANCH, both)))) == [
        "warning: no example in form A fits this branch (made asks_closed_question), so nothing shows it can "
        "be taken; write an example that does, or ask for a move that replies make"
    ]


def test_a_criterion_that_no_exemplar_of_any_turn_meets_is_an_error(tmp_path: Path) -> None:
    file = small(tmp_path, examples("acknowledge, root-cause", [NODS, NODS], ["Okay.", "Hm."]))
    said = [one for one in found(file) if "root-cause" in one]
    assert said == [
        "error: no exemplar of any turn meets 'root-cause': it may be that no reply can; "
        "write one that does, or take it out"
    ]


def test_a_criterion_that_only_this_turns_exemplars_miss_is_a_warning(tmp_path: Path) -> None:
    last = examples("next-step", [SENDS, SENDS], ["Bye.", "Okay."])
    also = (last[0], last[1].replace("[next-step]", "[next-step, acknowledge]"))
    said = list(found(small(tmp_path, FIRST, also)))
    assert said == [
        "warning: no exemplar of the turn 'last' meets 'acknowledge'; let one do it, or don't ask for it here"
    ]


def test_what_is_asked_of_the_whole_talk_must_be_done_in_some_exemplar(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        f"{text_of('price-objection')}\n  - id: asked-budget\n    move: probes_budget\n    scope: attempt\n"
        "    weight: 1\n    says: Ask about their budget\n    tip: Ask what was set aside.\n"
        "    model_answer: What budget is set aside for this?\n",
        encoding="utf-8",
    )
    file = small(tmp_path, FIRST, ("rubric: price-objection", "rubric: own.yaml"))
    assert "error: no exemplar does what 'asked-budget' asks of the whole talk (probes_budget); " in "".join(
        found(file)
    )


@pytest.fixture
def two_forms(tmp_path: Path) -> tuple[Scenario, Rubric]:
    """The small scenario in two forms that are the same but for the name."""
    file = small(tmp_path, FIRST)
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text[text.index("  A:") :].replace("  A:", "  B:"), encoding="utf-8")
    scenario = load(file)
    return scenario, load_rubric(scenario.rubric)


def test_like_forms_are_equal_and_an_easier_one_is_named(two_forms: tuple[Scenario, Rubric]) -> None:
    scenario, rubric = two_forms
    of = list(tried(scenario, rubric, judge()))
    assert list(equal_rules(scenario, of)) == []
    scores = {("B", "exemplar"): 85, ("B", "counter-example"): 40}
    of = [
        replace(one, judged=replace(one.judged, score=scores.get((one.form, one.kind), one.judged.score)))
        for one in of
    ]
    assert [one.fault.what for one in equal_rules(scenario, of)] == [
        "the exemplars of 'first' score 100 in form A and 85 in form B, so one form is easier",
        "the counter-examples of 'first' score 0 in form A and 40 in form B, so one form is easier",
    ]


def test_a_form_that_asks_for_much_more_words_is_named(tmp_path: Path) -> None:
    file = small(tmp_path, FIRST)
    text = file.read_text(encoding="utf-8")
    other = text[text.index("  A:") :].replace("  A:", "  B:")
    longer = other.replace(ASKS, f"{ASKS} {SENDS} {SENDS}").replace("No, really.", "No. " * 40)
    file.write_text(text + longer, encoding="utf-8")
    scenario = load(file)
    said = [one.fault.what for one in equal_rules(scenario, [])]
    assert [one.split(" words in form A")[0].rstrip("0123456789") for one in said[:2]] == [
        "a good reply takes ",
        "the buyer's lines have ",
    ]


def test_what_was_judged_is_remembered_for_the_same_scorer_and_a_damaged_memory_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, memory = small(tmp_path, FIRST), tmp_path / "checked"
    first = Judge(None, memory)
    before = report(file, first)
    first.remember()
    (kept,) = memory.glob("*.json")
    monkeypatch.setattr("scenarios.judging.score", None)  # nothing can be judged any more
    assert report(file, Judge(None, memory)) == before
    monkeypatch.undo()
    kept.write_text("{", encoding="utf-8")
    assert report(file, Judge(None, memory)) == before


def test_only_a_day_that_is_past_is_due(tmp_path: Path) -> None:
    from datetime import date

    file = small(tmp_path, ("goal:", "review_by: 2026-11-22\ngoal:"))
    due = [one for one in check_file(file, today=date(2026, 11, 23)) if "due" in one.message]
    assert [(one.severity, one.line) for one in due] == [("warning", 6)]
    assert not [one for one in check_file(file, today=date(2026, 11, 22)) if "due" in one.message]
    assert not [one for one in check_file(file) if "due" in one.message]
