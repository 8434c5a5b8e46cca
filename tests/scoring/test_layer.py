import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.embedding.static import StaticEmbedder
from scoring.clauses import clauses
from scoring.detectors import detectors
from scoring.hashes import scorer_hash
from scoring.layer import Layer, layer
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript

ROOT = Path(__file__).parents[2]
EMBEDDER = StaticEmbedder()
TURN = TurnContext("t", "It's more than we wanted to pay.", ())

KNOWN = (
    ("How do you usually fund projects like this?", "probes_budget"),
    ("we put it into a cold store in rotterdam last autumn same sort of size as yours and mispicks went from "
     "about forty a day to six", "gives_evidence"),
    ("Who would be?", "probes_authority"),
)  # fmt: skip


def card(text: str, *, by_meaning: bool = True) -> Scorecard:
    return score(Transcript.typed(text), TURN, None, embedder=EMBEDDER if by_meaning else None)


def eager() -> Layer:
    """Models that find their move in every clause they may look at."""
    return Layer(
        embedder=EMBEDDER.fingerprint,
        moves=layer().moves,
        weights=layer().weights * 0,
        thresholds=layer().thresholds * 0 - 1,
    )


def found(text: str, by: Layer) -> dict[str, list[int]]:
    parts = clauses(text)
    places = by.find(parts, detectors().find(parts), EMBEDDER)
    return {move: [one.clause for one in made] for move, made in places.items() if made}


def test_the_models_were_fitted_on_the_table_that_ships() -> None:
    assert layer().embedder == EMBEDDER.fingerprint
    assert layer().weights.shape == (len(layer().moves), EMBEDDER.embed(["a"]).shape[1])


def test_whole_numbers_stay_small_enough_for_sixty_four_bits() -> None:
    assert layer().weights.dtype == layer().thresholds.dtype == np.int64
    assert np.abs(layer().weights).max() <= 127


@pytest.mark.parametrize(("text", "move"), KNOWN)
def test_a_move_no_pattern_knows_is_found_and_its_clause_quoted_whole(text: str, move: str) -> None:
    assert card(text, by_meaning=False).moves[move] is False
    judged = card(text)
    assert judged.moves[move] is True
    quotes = [one.quote for one in judged.move_evidence[move]]
    assert all(quote in text for quote in quotes)
    assert any(quote.split()[-1].strip("?.") == text.rsplit(maxsplit=1)[-1].strip("?.") for quote in quotes)


def test_without_an_embedder_patterns_alone_decide() -> None:
    text = "How do you handle the orders today?"
    alone, beside = card(text, by_meaning=False), card(text)
    assert (alone.moves, alone.move_evidence) == (beside.moves, beside.move_evidence)
    assert "embedder" not in alone.hashes
    assert beside.hashes["embedder"] == EMBEDDER.fingerprint


def test_a_question_is_needed_for_what_only_a_question_does() -> None:
    assert "probes_budget" in found("Blue lamps for the garden?", eager())
    assert "probes_budget" not in found("There are blue lamps in the garden.", eager())


@pytest.mark.parametrize(
    "text",
    [
        "My boss asked me what you would like to spend.",
        "I won't ask you about the money.",
        "Budget check, yes.",
    ],
)
def test_what_is_reported_or_refused_or_ticked_off_stays_shut(text: str) -> None:
    assert "probes_budget" not in found(text, eager())


def test_a_veto_holds() -> None:
    assert "gives_evidence" in found("The lamps in the garden are blue.", eager())
    assert "gives_evidence" not in found("They said that the lamps in the garden are blue.", eager())


def test_what_a_pattern_found_is_left_as_it_is() -> None:
    text = "What is your budget? Are the lamps blue?"
    assert found(text, eager())["probes_budget"] == [0]


def test_a_clause_that_makes_the_move_another_yields_to_is_not_taken() -> None:
    assert "confirms_resolution" not in found("What is your budget?", eager())


def test_flagged_replies_get_nothing() -> None:
    listed = card("budget authority need timeline next step value")
    assert listed.flags == ("stuffing",)
    assert not any(listed.moves.values())


def test_another_embedder_finds_nothing() -> None:
    other = Layer("other", layer().moves, layer().weights, layer().thresholds * 0 - 1)
    text = "Are the lamps in the garden blue?"
    assert found(text, other) == found(text, Layer("other", (), layer().weights[:0], layer().thresholds[:0]))


def test_another_process_comes_to_the_same() -> None:
    texts = [text for text, _ in KNOWN]
    code = (
        "import json, sys; from models.embedding.static import StaticEmbedder;"
        "from scoring.score import TurnContext, score; from scoring.transcript import Transcript;"
        f"turn = TurnContext('t', {TURN.prompt!r}, ());"
        "print(json.dumps([score(Transcript.typed(one), turn, None, embedder=StaticEmbedder()).as_json()"
        " for one in json.loads(sys.argv[1])]))"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, json.dumps(texts)], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert json.loads(made.stdout) == json.loads(json.dumps([card(text).as_json() for text in texts]))


def test_the_weights_are_part_of_the_scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = scorer_hash()
    monkeypatch.setattr("scoring.hashes.LAYER", "none.json")
    scorer_hash.cache_clear()
    assert scorer_hash() != before
    scorer_hash.cache_clear()
