import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.attempt import score_attempt
from scoring.detectors import MOVES
from scoring.rubric import Criterion, Rubric
from scoring.score import TurnContext, met_share, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript, Word

REPLY = "That's a fair point, twenty percent is a real gap. What are you comparing us with?"


def criterion(name: str, move: str, **more: object) -> Criterion:
    fields = {
        "id": name,
        "move": move,
        "weight": 1,
        "says": "does it",
        "tip": f"tip {name}",
        "model_answer": "like so",
    }
    return Criterion.model_validate({**fields, **more})


RUBRIC = Rubric(
    id="r",
    skill="s",
    title="title",
    criteria=(
        criterion("ack", "acknowledges_concern", weight=3),
        criterion("root", "clarifies_root_cause", weight=2),
        criterion("next", "proposes_next_step", weight=4),
        criterion("calm", "interrupts_or_argues", wanted=False),
        criterion("budget", "probes_budget", scope="attempt", weight=2),
    ),
)
TURN = TurnContext("t", "It is twenty percent more.", ("ack", "root", "next", "calm"))


def judged(text: str, turn: TurnContext = TURN) -> Scorecard:
    return score(Transcript.typed(text), turn, RUBRIC)


def heard(text: str, confidence: float = 0.9, rough: bool = False) -> Transcript:
    words = [Word(word, n * 0.5, n * 0.5 + 0.3, confidence) for n, word in enumerate(text.split())]
    return Transcript.from_words(words, engine="e", model="m", seconds=60, rough=rough)


def test_the_score_is_the_met_share_of_the_weight() -> None:
    card = judged(REPLY)
    assert {one.id: one.met for one in card.criteria} == {
        "ack": True,
        "root": True,
        "next": False,
        "calm": True,
    }
    assert card.score == 60
    assert card.next_step == "tip next"
    assert set(card.moves) == set(MOVES)


def test_evidence_quotes_the_text_and_its_times() -> None:
    transcript = heard(REPLY)
    card = score(transcript, TURN, RUBRIC)
    for found in card.move_evidence.values():
        for one in found:
            assert transcript.text[one.start_char : one.end_char] == one.quote
            assert one.start is not None and one.end is not None and one.start < one.end


def test_a_card_survives_json() -> None:
    card = judged(REPLY)
    assert Scorecard.from_json(json.loads(json.dumps(card.as_json()))) == card


def test_silence_is_no_score() -> None:
    for text in ("", "   ", "... ?!"):
        card = judged(text)
        assert card.flags == ("nothing_heard",)
        assert card.score is None
        assert set(card.moves.values()) == {None}
        assert all(one.met is None and one.why for one in card.criteria)


def test_what_a_rough_recogniser_is_unsure_of_is_not_assessable() -> None:
    assert score(heard(REPLY, 0.5, rough=True), TURN, RUBRIC).score is None
    assert score(heard("what are you comparing us with", 0.9, rough=True), TURN, RUBRIC).score is None
    assert score(heard(REPLY, 0.9, rough=True), TURN, RUBRIC).score == 60


def test_evidence_in_words_the_recogniser_guessed_is_not_assessable_rather_than_missed() -> None:
    transcript = heard(REPLY)
    words = tuple(
        replace(word, confidence=0.2) if n >= 10 else word for n, word in enumerate(transcript.words)
    )
    card = score(replace(transcript, words=words), TURN, RUBRIC)
    results = {one.id: one for one in card.criteria}
    assert results["root"].met is None
    assert "unclear" in results["root"].why
    assert results["ack"].met is True


def test_what_is_not_found_in_a_reply_that_is_mostly_guessed_is_not_assessable_rather_than_missed() -> None:
    clear, guessed = (
        heard("we do that on the ground floor"),
        heard("we do that on the ground floor", 0.3),
    )
    missed = {one.id: one.met for one in score(clear, TURN, RUBRIC).criteria}
    assert missed == {"ack": False, "root": False, "next": False, "calm": True}
    card = score(guessed, TURN, RUBRIC)
    assert {one.met for one in card.criteria} == {None}
    assert card.score is None
    assert "unclear" in card.criteria[0].why


def test_less_than_half_of_the_weight_assessable_is_no_score() -> None:
    base = judged(REPLY).criteria
    assert met_share([replace(base[0], met=True, weight=1), replace(base[0], met=None, weight=2)]) is None
    assert met_share([replace(base[0], met=True, weight=2), replace(base[0], met=None, weight=2)]) == 100
    assert met_share([]) is None


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("budget range funding spend money available quarter capex opex price comfortable", "stuffing"),
        ("Acknowledge. Open question. Root cause. Evidence. Reframe. Next step.", "stuffing"),
        ("This is the part where I tell you that I understand your concern.", "stuffing"),
        ("I'm supposed to ask who the decision maker is and what the budget is.", "stuffing"),
    ],
)
def test_gaming_is_flagged_and_earns_nothing(text: str, flag: str) -> None:
    card = judged(text)
    assert card.flags == (flag,)
    assert card.score == 0
    assert not any(card.moves.values())


def test_the_same_script_said_again_in_another_turn_is_a_recital() -> None:
    script = (
        "I hear you, that is a lot of money for a shop your size. A bakery like yours went from forty errors "
        "a week to six. Does that settle it? Shall we meet on Tuesday at ten?"
    )
    assert judged(script).flags == ()
    assert judged(script, replace(TURN, earlier=(script + " Right?",))).flags == ("recital",)


def test_an_attempt_counts_every_reply_and_its_own_criteria_once() -> None:
    first = judged(REPLY)
    second = judged("Do you have a budget set aside for this? I'll send the proposal by Friday.")
    attempt = score_attempt([first, second], RUBRIC)
    assert attempt.tally["ack"] == (1, 2)
    assert attempt.tally["calm"] == (2, 2)
    results = {one.id: one.met for one in attempt.criteria}
    assert results["budget"] is True
    assert attempt.score == round(100 * (3 + 2 + 4 + 2 + 2) / 22)
    assert attempt.next_step == "tip next"


def test_without_a_rubric_there_are_moves_but_no_score() -> None:
    card = score(Transcript.typed(REPLY), TurnContext("t", "", ()), None)
    assert card.criteria == () and card.score is None
    assert card.moves["acknowledges_concern"] is True


def test_the_scenario_hash_is_kept_and_the_others_are_made() -> None:
    card = score(Transcript.typed(REPLY), TURN, RUBRIC, scenario_hash="abc")
    assert card.hashes["scenario"] == "abc"
    assert all(len(card.hashes[key]) == 64 for key in ("rubric", "scorer", "transcript"))


ODD = st.text(max_size=300) | st.text(
    st.sampled_from("what's is'nt?!.,-(\"’‘ \n\t\x00😀İßﬀ%$1234"), max_size=300
)


@settings(max_examples=150, deadline=None)
@given(ODD)
def test_no_text_crashes_the_scorer_and_offsets_quote_it(text: str) -> None:
    card = score(Transcript.typed(text), TURN, RUBRIC)
    for found in card.move_evidence.values():
        for one in found:
            assert text[one.start_char : one.end_char] == one.quote != ""


@pytest.mark.parametrize(
    "piece", ["(", "a", "what ", "a.", "1,", "'s", "so what do you think ", "😀", "i guess maybe "]
)
def test_long_texts_take_linear_work(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    card = score(Transcript.typed(text), TURN, None)
    assert set(card.moves) == set(MOVES)


def test_the_same_replies_give_the_same_bytes_in_another_process_and_order(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "data" / "replies_dev.jsonl"
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()[:60]]
    shuffled = sorted(texts)
    here = {text: judged(text).as_json() for text in shuffled}
    script = (
        "import json, sys\n"
        "from tests.scoring.test_score import judged\n"
        "texts = json.loads(sys.stdin.read())\n"
        "sys.stdout.write(json.dumps([judged(text).as_json() for text in texts]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONUTF8": "1", "OMP_NUM_THREADS": "1"},
    )
    assert done.stdout == json.dumps([here[text] for text in texts])


def test_importing_the_scorer_does_not_import_spacy() -> None:
    code = "import sys, scoring.score; sys.exit('spacy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[2]).returncode
        == 0
    )
