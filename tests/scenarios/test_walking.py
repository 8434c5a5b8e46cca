from pathlib import Path

import pytest

from scenarios.loader import load
from scenarios.walking import Walk, asked
from scoring.rubrics_library import load_rubric
from tests.scenarios.small import small
from trainer.practice.meaning import embedder

ASKS = "When you say too dear, what are you comparing us with?"


@pytest.fixture
def walk(tmp_path: Path) -> Walk:
    scenario = load(small(tmp_path))
    return Walk(scenario, "A", load_rubric(scenario.rubric), embedder())


def test_a_reply_is_judged_as_in_practice_and_shows_its_branch(walk: Walk) -> None:
    walk.say("  Okay,\n sure. ")
    assert walk.text == "Okay, sure."
    assert walk.branch == 1
    walk.say(ASKS)
    assert walk.card is not None
    assert walk.card.moves["clarifies_root_cause"]
    assert walk.branch == 0
    walk.say(" ")
    assert walk.text == ""
    assert walk.branch is None


def test_any_branch_can_be_taken_and_back_brings_the_reply_back(walk: Walk) -> None:
    walk.say(ASKS)
    walk.go(1)
    assert walk.turn is not None
    assert (walk.turn.id, walk.text) == ("hard", "")
    assert walk.back()
    assert (walk.turn.id, walk.text, walk.branch) == ("first", ASKS, 0)
    assert not walk.back()


def test_every_way_is_listed_and_those_that_were_walked_stay_walked(walk: Walk) -> None:
    assert len(walk.ways) == 4
    for way in walk.ways:
        for turn, branch in way:
            assert walk.turn is not None
            assert walk.turn.id == turn
            walk.go(branch)
        assert walk.turn is None
        assert walk.last is not None
        assert walk.last.closing in ("Good.", "Bye.")
        with pytest.raises(IndexError):
            walk.go(0)
        walk.restart()
    assert walk.walked == set(walk.ways)


def test_what_was_said_before_counts_against_saying_it_again(walk: Walk) -> None:
    script = (
        "I'll send you both sums on one page by Thursday, with your own hours and lines in it, so that your "
        "boss can follow it, and on Friday at ten we go through all of it together, line by line."
    )
    walk.say(script)
    walk.go(1)
    walk.say(script)
    assert walk.card is not None
    assert "recital" in walk.card.flags


def test_examples_come_one_after_the_other_and_begin_again() -> None:
    scenario = load("price-20-percent")
    walk = Walk(scenario, "A", load_rubric(scenario.rubric), None)
    turn = scenario.form("A").turn("objection")
    assert [walk.example(good=True) for _ in range(3)] == [*turn.exemplars, turn.exemplars[0]]
    assert walk.example(good=False) == turn.counter_examples[0]


def test_a_turn_without_examples_has_none_to_give(walk: Walk) -> None:
    assert walk.example(good=True) is None


def test_a_branch_says_in_a_line_what_it_asks_for() -> None:
    first, second = load("price-20-percent").form("A").turn("objection").next
    assert asked(first) == "made clarifies_root_cause, missed interrupts_or_argues"
    assert asked(second) == "otherwise"
