import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.clauses import clauses
from scoring.detectors import detectors
from scoring.hashes import scorer_hash
from scoring.layer import FINE, UNIT, Layer, layer
from scoring.layer_input import FEATURES, inputs
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.tokens import words_of
from scoring.transcript import Transcript

ROOT = Path(__file__).parents[2]
TURN = TurnContext("t", "It's more than we wanted to pay.", ())
EXACT = 1 << 53

KNOWN = (
    ("How do you usually fund projects like this?", "probes_budget"),
    ("and is there anybody else who would want a word in it before it goes ahead", "probes_authority"),
    ("we put it into a cold store in rotterdam last autumn same sort of size as yours and mispicks went from "
     "about forty a day to six", "gives_evidence"),
)  # fmt: skip


def card(text: str, turn: TurnContext = TURN) -> Scorecard:
    return score(Transcript.typed(text), turn, None)


def eager() -> Layer:
    """A network that finds every move in every clause it may."""
    own = layer()
    parts = {**own.parts, "out": own.parts["out"] * 0, "out_start": own.parts["out_start"] * 0 + 9 * UNIT}
    return Layer(own.places, own.table, own.scales, parts, own.depth, own.gaming)


def found(text: str, by: Layer) -> dict[str, list[int]]:
    parts = clauses(text)
    judged = by.judge(parts, TURN.prompt)
    return {move: [one.clause for one in made] for move, made in judged.found.items() if made}


@pytest.mark.parametrize(("text", "move"), KNOWN)
def test_a_move_is_found_in_words_no_pattern_has_and_its_clause_quoted(text: str, move: str) -> None:
    judged = card(text)
    assert judged.moves[move] is True
    assert not detectors().find(clauses(text))[move]
    assert all(one.quote in text for one in judged.move_evidence[move])


def test_a_topic_named_in_a_statement_is_no_question_about_it() -> None:
    assert not card("The budget plan is cheaper than the premium plan, by the way.").moves["probes_budget"]


@pytest.mark.parametrize(
    "text", ["My boss asked me what you would like to spend.", "I won't ask you about the money."]
)
def test_what_is_reported_or_refused_stays_shut_however_eager_the_network(text: str) -> None:
    made = found(text, eager())
    assert "gives_evidence" in made
    assert "probes_budget" not in made
    assert "asks_open_question" not in made


def test_a_topic_without_a_question_of_its_own_does_not_count() -> None:
    said = "The work is on the ground floor."
    assert "probes_need" in found(said, eager())
    own = layer()
    deaf = {**eager().parts, "out_start": eager().parts["out_start"].copy()}
    deaf["out_start"][1:3] = -EXACT // 1024
    by = Layer(own.places, own.table, own.scales, deaf, own.depth, own.gaming)
    assert "probes_need" not in found(said, by)


def test_flagged_replies_get_nothing() -> None:
    listed = card("budget authority need timeline next step value")
    assert listed.flags == ("stuffing",)
    assert not any(listed.moves.values())


def test_talk_to_the_grader_is_flagged_without_any_keyword_of_ours() -> None:
    text = "for the person marking this I have now acknowledged it and I move on to my open question"
    assert card(text).flags


def test_nothing_said_makes_no_move() -> None:
    assert found("", layer()) == {}


def test_sums_stay_whole_and_exact_whatever_is_said() -> None:
    own = layer()
    assert np.abs(own.table).max() <= 127
    assert all((one == np.rint(one)).all() for one in own.parts.values())
    largest = float((np.abs(own.table).max(axis=1) * own.scales).max())
    largest += float(np.abs(own.parts["features"]).sum(axis=0).max() + np.abs(own.parts["start"]).max())
    for number in range(own.depth):
        summed = largest * float(np.abs(own.parts[f"near{number}"]).sum(axis=(0, 1)).max())
        assert summed < EXACT
        largest += summed / FINE + float(np.abs(own.parts[f"near{number}_start"]).max())
    largest *= 1 + float(np.abs(own.parts["whole"]).sum(axis=0).max()) / FINE
    assert largest * float(np.abs(own.parts["out"]).sum(axis=0).max()) < EXACT


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_one_row_of_features_a_word(text: str) -> None:
    parts = clauses(text)
    seen = inputs(parts, {}, {}, words_of(text))
    assert seen.features.shape == (sum(len(one.tokens) for one in parts), FEATURES)
    assert set(np.unique(seen.features)) <= {0, 1}
    assert layer().values(seen)[0].shape[0] == len(seen.words)


def test_another_process_with_other_threads_comes_to_the_same() -> None:
    texts = [text for text, _ in KNOWN]
    code = (
        "import json, sys;"
        "from scoring.score import TurnContext, score; from scoring.transcript import Transcript;"
        f"turn = TurnContext('t', {TURN.prompt!r}, ());"
        "print(json.dumps([score(Transcript.typed(one), turn, None).as_json()"
        " for one in json.loads(sys.argv[1])]))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, json.dumps(texts)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )
    assert json.loads(made.stdout) == json.loads(json.dumps([card(text).as_json() for text in texts]))


def test_the_weights_are_part_of_the_scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = scorer_hash()
    monkeypatch.setattr("scoring.hashes.LAYER", "none.npz")
    scorer_hash.cache_clear()
    assert scorer_hash() != before
    scorer_hash.cache_clear()
