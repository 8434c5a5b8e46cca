import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from scoring.agreement import kappa, spearman
from scoring.published import read
from scoring.score import TurnContext, score
from scoring.transcript import Transcript
from tests.cli.conftest import Trainer

OPEN = "What would have to change for you?"
NEXT = "I'll send you the plan by Thursday at noon."
TALK = "Our boxes are blue."
PLACE = {"scenario": "price-20-percent", "turn": "objection"}


def written(file: Path, *lines: dict[str, Any]) -> str:
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(file)


def row(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["agreement"] if one["id"] == name)


def made(text: str) -> list[str]:
    """What the scorer itself finds."""
    moves = score(Transcript.typed(text), TurnContext("", "", ()), None).moves
    return [move for move, verdict in moves.items() if verdict]


def test_labels_that_are_the_scorers_own_agree_wholly(document: Callable[..., Any], tmp_path: Path) -> None:
    lines = [{"id": n, "text": text, "labels": made(text)} for n, text in enumerate((OPEN, NEXT, TALK))]
    found = document("calibrate", written(tmp_path / "a.jsonl", *lines))
    overall = found["overall"]
    assert (overall["precision"], overall["recall"], overall["f1"], overall["kappa"]) == (1, 1, 1, 1)
    assert overall["n"] == 3 * 14
    assert overall["low"] < 1
    assert len(found["agreement"]) == 14


def test_a_missed_and_an_invented_move_cost_recall_and_precision(
    document: Callable[..., Any], tmp_path: Path
) -> None:
    move = "proposes_next_step"
    lines = [
        {"id": "hit", "text": NEXT, "labels": [move]},
        {"id": "false alarm", "text": NEXT, "labels": []},
        {"id": "miss", "text": TALK, "labels": [move]},
        {"id": "also missed", "text": TALK + " Yes.", "labels": [move]},
    ]
    found = row(document("calibrate", written(tmp_path / "a.jsonl", *lines)), move)
    assert (found["precision"], found["recall"], found["f1"]) == (0.5, 0.333, 0.4)
    assert (found["n"], found["made"]) == (4, 3)
    expected = kappa([True, True, False, False], [True, False, True, True])
    assert expected is not None
    assert found["kappa"] == round(expected.value, 3)


def test_criteria_of_the_turn_can_be_labels_and_what_was_skipped_is_left_out(
    document: Callable[..., Any], tmp_path: Path
) -> None:
    lines = [
        {"id": 1, "text": TALK, **PLACE, "labels": ["acknowledge"], "of": ["acknowledge"]},
        {"id": 2, "text": TALK + " Yes.", **PLACE, "labels": []},
    ]
    found = document("calibrate", written(tmp_path / "a.jsonl", *lines))
    assert row(found, "price-objection.acknowledge")["n"] == 2
    assert row(found, "price-objection.root-cause")["n"] == 1


def test_moves_and_criteria_may_stand_in_one_file(document: Callable[..., Any], tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": TALK, **PLACE, "labels": [], "of": ["acknowledge"]},
        {"id": 2, "text": TALK, "prompt": "Why?", "labels": [], "of": ["gives_evidence"]},
        {"id": 3, "text": TALK, "prompt": "Why?", "labels": []},
    ]
    found = document("calibrate", written(tmp_path / "a.jsonl", *lines))
    assert row(found, "price-objection.acknowledge")["n"] == 1
    assert row(found, "gives_evidence")["n"] == 2


def test_two_people_are_compared_with_each_other(document: Callable[..., Any], tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": OPEN, "labels": ["asks_open_question"], "labels_2": ["asks_open_question"]},
        {"id": 2, "text": TALK, "labels": [], "labels_2": ["asks_open_question"]},
        {"id": 3, "text": TALK + " Yes.", "labels": []},
    ]
    people = row(document("calibrate", written(tmp_path / "a.jsonl", *lines)), "asks_open_question")["people"]
    assert (people["n"], people["made"], people["f1"]) == (2, 1, 0.667)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"id": 1, "labels": ["gives_evidence"]}, id="another person's file"),
        pytest.param({"id": 1, "first": [], "second": ["gives_evidence"]}, id="a second reading"),
    ],
)
def test_a_second_persons_labels_may_lie_in_a_file_of_their_own(
    document: Callable[..., Any], tmp_path: Path, second: dict[str, Any]
) -> None:
    file = written(tmp_path / "a.jsonl", {"id": 1, "text": TALK, "labels": []})
    found = document("calibrate", file, "--second", written(tmp_path / "b.jsonl", second))
    assert row(found, "gives_evidence")["people"]["recall"] is None
    assert row(found, "gives_evidence")["people"]["precision"] == 0


def test_of_two_lines_with_one_id_the_later_stands(document: Callable[..., Any], tmp_path: Path) -> None:
    lines = [{"id": 1, "text": TALK, "labels": ["gives_evidence"]}, {"id": 1, "text": TALK, "labels": []}]
    found = document("calibrate", written(tmp_path / "a.jsonl", *lines))
    assert found["replies"] == 1
    assert row(found, "gives_evidence")["made"] == 0


def test_the_score_is_ranked_beside_quality_and_length(document: Callable[..., Any], tmp_path: Path) -> None:
    texts = (TALK, f"Twenty percent is a real gap. {OPEN}", " ".join([TALK] * 4))
    lines = [
        {"id": n, "text": text, **PLACE, "labels": [], "quality": quality}
        for n, (text, quality) in enumerate(zip(texts, (10, 90, 20), strict=True))
    ]
    found = document("calibrate", written(tmp_path / "a.jsonl", *lines))["quality"]
    assert (found["n"], found["scored"]) == (3, 3)
    assert found["words"] == 0.5
    place = [f"--{name}={value}" for name, value in PLACE.items()]
    scores = [document("score", "--text", text, *place)["score"] for text in texts]
    assert found["score"] == spearman(scores, (10, 90, 20))


def test_labels_of_criteria_give_a_score_of_their_own(
    trainer: Trainer, document: Callable[..., Any], tmp_path: Path
) -> None:
    texts = (TALK, f"Twenty percent is a real gap. {OPEN}", f"You are wrong. {TALK}")
    labels: list[list[str]] = [["no-arguing"], ["acknowledge", "root-cause", "no-arguing"], []]
    lines = [
        {"id": n, "text": text, **PLACE, "labels": given}
        for n, (text, given) in enumerate(zip(texts, labels, strict=True))
    ]
    file = written(tmp_path / "a.jsonl", *lines)
    place = [f"--{name}={value}" for name, value in PLACE.items()]
    scores = [document("score", "--text", text, *place)["score"] for text in texts]
    assert document("calibrate", file)["score"] == {"n": 3, "spearman": spearman(scores, (1, 2, 0))}
    assert "the one the labels give, n 3" in trainer("calibrate", file)[1]


@pytest.mark.parametrize(
    ("lines", "place", "mend"),
    [
        (['{"id": 1, "text": "a", "labels": []}', "{"], ":2:", "not JSON"),
        (['{"id": 1, "labels": []}'], ":1:", "text"),
        (['{"id": 1, "text": "a", "labels": ["gives_evidense"]}'], ":1:", "gives_evidense is no move"),
        (
            ['{"id": 1, "text": "a", "scenario": "nowhere", "turn": "a", "labels": []}'],
            ":1:",
            "there is no scenario",
        ),
        (
            ['{"id": 1, "text": "a", "scenario": "price-20-percent", "turn": "a", "labels": []}'],
            ":1:",
            "turn",
        ),
        (["[1]"], ":1:", "mend"),
        ([], "", "no line"),
    ],
)
def test_a_bad_line_is_named(
    trainer: Trainer, tmp_path: Path, lines: Sequence[str], place: str, mend: str
) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = trainer("calibrate", str(file))
    assert (code, out) == (2, "")
    assert f"{file}{place}" in err
    assert mend in err
    assert err.count("\n") == 1


def test_a_label_of_the_second_file_is_named_there(trainer: Trainer, tmp_path: Path) -> None:
    first = written(tmp_path / "a.jsonl", {"id": 1, "text": TALK, "labels": []})
    second = written(tmp_path / "b.jsonl", {"id": 1, "labels": ["nonsense"]})
    code, _, err = trainer("calibrate", first, "--second", second)
    assert code == 2
    assert f"{second}:1: no such label here: nonsense" in err


def test_what_is_published_can_be_read_again(trainer: Trainer, tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": OPEN, **PLACE, "labels": ["root-cause"]},
        {"id": 2, "text": TALK, **PLACE, "labels": []},
    ]
    target = tmp_path / "published.json"
    file = written(tmp_path / "a.jsonl", *lines)
    code, _, err = trainer("calibrate", file, "--publish", str(target), "--about", "two replies")
    assert code == 0, err
    found = read(target.read_text(encoding="utf-8"))
    assert (found.data, found.replies, found.current) == ("two replies", 2, True)
    assert found.moves["clarifies_root_cause"].n == 2
    assert "gives_evidence" not in found.moves or found.moves["gives_evidence"].n == 2


def test_a_criterion_against_a_fault_is_published_as_the_fault(
    trainer: Trainer, document: Callable[..., Any], tmp_path: Path
) -> None:
    argues = "You are wrong about that, and honestly nobody serious looks at the price."
    lines = [
        {"id": 1, "text": argues, **PLACE, "labels": [], "of": ["no-arguing"]},
        {"id": 2, "text": TALK, **PLACE, "labels": ["no-arguing"], "of": ["no-arguing"]},
    ]
    target = tmp_path / "published.json"
    file = written(tmp_path / "a.jsonl", *lines)
    criterion = row(document("calibrate", file), "price-objection.no-arguing")
    assert (criterion["n"], criterion["made"], criterion["f1"]) == (2, 1, 1)
    assert trainer("calibrate", file, "--publish", str(target))[0] == 0
    standing = read(target.read_text(encoding="utf-8")).moves["interrupts_or_argues"]
    assert (standing.n, standing.made, standing.f1) == (2, 1, 1)


def test_where_it_cannot_be_written_is_said(trainer: Trainer, tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", {"id": 1, "text": TALK, "labels": []})
    code, _, err = trainer("calibrate", file, "--publish", str(tmp_path / "none" / "p.json"))
    assert code == 2
    assert "name another file" in err


def test_people_read_a_table(trainer: Trainer, tmp_path: Path) -> None:
    line = {"id": 1, "text": NEXT, "labels": ["proposes_next_step"], "quality": 60}
    code, out, _ = trainer("calibrate", written(tmp_path / "a.jsonl", line))
    assert code == 0
    assert "kappa (95 %)" in out
    assert "proposes_next_step" in out
    assert "Spearman with overall quality, n 1" in out


def test_a_scenario_says_how_far_each_of_its_criteria_is_to_be_trusted(
    trainer: Trainer, document: Callable[..., Any]
) -> None:
    _, out, _ = trainer("scenarios", "show", "price-20-percent")
    lines = out.splitlines()
    after = lines.index("What is judged:") + 1
    known = [line.strip() for line in lines[after:] if line.startswith("      ")]
    assert known
    assert all(line.startswith(("agrees with people: kappa", "unproven")) for line in known)
    criteria = document("scenarios", "show", "price-20-percent")["criteria"]
    assert [one["proven"] for one in criteria] == [line.startswith("agrees") for line in known]
