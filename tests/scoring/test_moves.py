import pytest

from scoring.clauses import clauses
from scoring.detectors import MOVES, detectors
from scoring.language import data, language
from scoring.score import TurnContext, score
from scoring.transcript import Transcript

EXAMPLES = [
    (move, text, kind == "exemplars")
    for move in MOVES
    for kind in ("exemplars", "counter_examples")
    for text in data(f"{move}.yaml")[kind]
]


@pytest.mark.parametrize(("move", "text", "made"), EXAMPLES)
def test_examples_are_judged_as_they_say(move: str, text: str, made: bool) -> None:
    assert bool(detectors().find(clauses(text))[move]) is made


@pytest.mark.parametrize(("move", "text", "made"), EXAMPLES)
def test_the_verdict_on_examples_is_as_they_say(move: str, text: str, made: bool) -> None:
    assert score(Transcript.typed(text), TurnContext("t", "", ()), None).moves[move] is made


@pytest.mark.parametrize("move", MOVES)
def test_every_move_has_examples_of_both_kinds(move: str) -> None:
    found = data(f"{move}.yaml")
    assert found["move"] == move
    assert len(found["exemplars"]) >= 5
    assert len(found["counter_examples"]) >= 3


def test_a_question_counts_for_the_topic_it_is_most_about() -> None:
    found = detectors().find(clauses("What would your director need to see before she decides?"))
    assert found["probes_authority"]
    assert not found["probes_need"]


def test_the_language_has_the_lists_and_forms_that_patterns_name() -> None:
    assert "send" in language().lists["do"]
    assert "went" in language().forms["go"]
