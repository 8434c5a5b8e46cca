import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.rubric import MoveId
from tests.cli.conftest import Trainer

PLACE = ("--scenario", "price-20-percent", "--turn", "objection")
GOOD = "Twenty percent is a real gap. Before I answer, what are you comparing us with?"


def test_a_reply_comes_back_with_every_field_of_the_contract(document: Callable[..., Any]) -> None:
    found = document("score", "--text", GOOD, *PLACE)
    assert list(found) == [
        "scenario",
        "turn",
        "text",
        "transcript",
        "score",
        "criteria",
        "moves",
        "delivery",
        "next_step",
        "flags",
        "hashes",
    ]
    assert (found["scenario"], found["turn"], found["text"]) == ("price-20-percent", "objection", GOOD)
    assert set(found["moves"]) == set(MoveId.__args__)  # type: ignore[attr-defined]
    assert set(found["hashes"]) == {"scenario", "rubric", "scorer", "transcript", "embedder"}
    assert found["hashes"].pop("embedder").startswith("static-")
    assert all(len(digest) == 64 for digest in found["hashes"].values())
    assert {"id", "move", "met", "weight", "evidence", "why"} == set(found["criteria"][0])


def test_evidence_quotes_the_text_at_its_offsets(document: Callable[..., Any]) -> None:
    found = document("score", "--text", GOOD, *PLACE)
    quotes = [evidence for one in found["criteria"] for evidence in one["evidence"]]
    assert quotes
    for quote in quotes:
        assert found["text"][quote["start_char"] : quote["end_char"]] == quote["quote"]


def test_nothing_said_is_no_score(document: Callable[..., Any]) -> None:
    found = document("score", "--text", "", *PLACE)
    assert found["score"] is None
    assert "nothing_heard" in found["flags"]
    assert all(one["met"] is None and one["why"] for one in found["criteria"])


def test_a_reply_for_people_names_the_criteria_in_plain_words(trainer: Trainer) -> None:
    code, out, _ = trainer("score", "--text", GOOD, *PLACE)
    assert code == 0
    assert "what are you comparing us with" in " ".join(out.split())
    assert "of 100" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give one of --audio"),
        (("--text", "Hello", "--audio", "a.wav", *PLACE), "give one of --audio"),
        (("--text", "Hello"), "--scenario ID --turn ID"),
        (("--text", "Hello", "--scenario", "price-20", "--turn", "objection"), "price-20-percent"),
        (("--text", "Hello", "--scenario", "price-20-percent", "--turn", "x"), "objection"),
        (("--text", "Hello", *PLACE, "--form", "Z"), "no form Z"),
        (("--audio", "missing.wav", *PLACE), "missing.wav"),
        (("--batch", "missing.jsonl"), "missing.jsonl"),
        (("--audio", "README.md", *PLACE), "README.md"),
        (("--text", "Hello", *PLACE, "--nosuch"), "--nosuch"),
    ],
)
def test_bad_use_is_one_line_and_exit_2(trainer: Trainer, words: tuple[str, ...], said: str) -> None:
    code, out, err = trainer("score", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_an_unknown_engine_is_bad_use(trainer: Trainer, demo_reply: Path) -> None:
    code, _, err = trainer("score", "--audio", str(demo_reply), *PLACE, "--engine", "ears")
    assert code == 2
    assert "pocketsphinx" in err


@pytest.fixture
def demo_reply() -> Path:
    from scenarios.demo import demo

    return demo().replies[0]


def test_a_recording_is_heard_and_judged_with_times(document: Callable[..., Any], demo_reply: Path) -> None:
    found = document("score", "--audio", str(demo_reply), *PLACE)
    words = found["transcript"]["words"]
    assert len(words) > 8
    assert found["transcript"]["engine"] == "pocketsphinx"
    assert all(0 <= word["start"] <= word["end"] <= found["transcript"]["seconds"] + 0.1 for word in words)
    assert found["delivery"]["pace_wpm"] > 60


def test_a_batch_answers_every_line_in_order_and_names_the_bad_ones(trainer: Trainer, tmp_path: Path) -> None:
    lines = [
        {"id": "a", "text": GOOD},
        {"id": "b", "text": GOOD, "scenario": "price-20-percent", "turn": "nowhere"},
        {"id": "c", "text": "How do you handle that today?", "prompt": ""},
        {"id": "d"},
    ]
    file = tmp_path / "replies.jsonl"
    file.write_text("\n".join([*map(json.dumps, lines), "not json", ""]), encoding="utf-8")
    code, out, err = trainer("score", "--batch", str(file), *PLACE)
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [one["id"] for one in found] == ["a", "b", "c", "d", None]
    assert ["error" in one for one in found] == [False, True, False, True, True]
    assert [f"{file}:{number}:" in err for number in range(1, 6)] == [False, True, False, True, True]
    prompted = found[2]
    assert (prompted["score"], prompted["criteria"], prompted["scenario"]) == (None, [], None)
    assert prompted["moves"]["asks_open_question"] is True


def test_a_batch_says_what_the_single_call_says(
    trainer: Trainer, document: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": 7, "text": GOOD}), encoding="utf-8")
    code, out, _ = trainer("score", "--batch", str(file), *PLACE)
    assert code == 0
    batch = json.loads(out)
    assert batch.pop("id") == 7
    assert batch == document("score", "--text", GOOD, *PLACE)
