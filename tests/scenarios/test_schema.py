import pytest

from scenarios.loader import load
from scenarios.schema import END, Branch, Scenario

NOTHING_SURE: dict[str, bool | None] = {"clarifies_root_cause": None, "interrupts_or_argues": None}


@pytest.fixture(scope="module")
def price() -> Scenario:
    return load("price-20-percent")


def test_a_branch_is_taken_when_all_is_made_and_nothing_of_the_missed(price: Scenario) -> None:
    turn = price.form("A").turn("objection")
    assert turn.follow({"clarifies_root_cause": True, "interrupts_or_argues": False}) == "opened"
    assert turn.follow({"clarifies_root_cause": True, "interrupts_or_argues": True}) == "pressed"
    assert turn.follow({"clarifies_root_cause": False, "interrupts_or_argues": False}) == "pressed"


def test_a_move_without_a_verdict_is_neither_made_nor_missed(price: Scenario) -> None:
    assert price.form("A").turn("objection").follow(NOTHING_SURE) == "pressed"
    assert price.form("A").turn("objection").follow({}) == "pressed"
    assert not Branch(missed=("gives_evidence",), go="x").fits({"gives_evidence": None})


def test_the_last_line_depends_on_what_the_rep_did(price: Scenario) -> None:
    turn = price.form("A").turn("convinced")
    agreed, left = turn.branch({"proposes_next_step": True}), turn.branch({})
    assert agreed.go == left.go == END
    assert agreed.closing
    assert left.closing
    assert agreed.closing != left.closing


def test_the_longest_way_is_counted_from_any_turn(price: Scenario) -> None:
    form = price.form("A")
    assert form.longest == form.longest_from("objection") == 3
    assert form.longest_from("discount") == 1


def test_an_unknown_turn_or_form_is_a_key_error(price: Scenario) -> None:
    with pytest.raises(KeyError):
        price.form("Z")
    with pytest.raises(KeyError):
        price.form("A").turn("nowhere")


def test_the_hash_is_over_what_the_rep_meets_and_not_over_the_examples(price: Scenario) -> None:
    plain = price.model_dump()
    assert price.form_hash("A") != price.form_hash("B")
    plain["forms"]["A"]["turns"][0]["exemplars"] = ()
    assert Scenario.model_validate(plain).form_hash("A") == price.form_hash("A")
    plain["forms"]["A"]["turns"][0]["says"] = "Something else."
    changed = Scenario.model_validate(plain)
    assert changed.form_hash("A") != price.form_hash("A")
    assert changed.form_hash("B") == price.form_hash("B")
