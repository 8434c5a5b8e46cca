from collections.abc import Callable
from pathlib import Path
from typing import Any

import scoring.score
from tests.cli.attempts import ASKS, practised
from tests.cli.conftest import Trainer
from tests.scenarios.small import small

BY_EXAMPLES = Path(__file__).parents[1] / "scoring" / "by_examples.yaml"


def test_the_shipped_rubrics_are_listed_and_shown(trainer: Trainer, document: Callable[..., Any]) -> None:
    listed = document("rubrics", "list")["rubrics"]
    (found,) = (one for one in listed if one["id"] == "incumbent")
    assert found["skill"] == "incumbent"
    code, out, _ = trainer("rubrics", "show", "qualify-need")
    assert code == 0
    assert out.startswith("# How a talk")
    assert "measure: talk_share" in out
    assert trainer("rubrics", "show", "nothing")[0] == 2


def test_what_is_shown_can_be_changed_and_checked(trainer: Trainer, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(trainer("rubrics", "show", "price-objection")[1], encoding="utf-8")
    code, out, err = trainer("rubrics", "check", str(file))
    assert (code, err) == (0, "")
    assert out.endswith("0 errors, 0 warnings.\n")


def test_an_author_reads_how_good_the_examples_are(trainer: Trainer, document: Callable[..., Any]) -> None:
    code, out, err = trainer("rubrics", "check", str(BY_EXAMPLES))
    assert code == 2  # for the move whose model answer is none
    assert "line 5; 20 examples, 20 near misses" in out
    assert "precision 0." in out
    assert "Examples it would miss:" in out
    assert "reads most like" in out
    assert "What would help:" in out
    assert f"{BY_EXAMPLES}:106: error: the model answer of 'need' does not meet it" in err


def test_the_same_as_json(trainer: Trainer) -> None:
    import json

    _, out, _ = trainer("rubrics", "check", str(BY_EXAMPLES), "--json")
    (found,) = json.loads(out)["rubrics"]
    assert [one["id"] for one in found["by_examples"]] == ["trial", "cost-of-waiting"]
    assert all(one["told_apart"] and one["worth"]["f1"] > 0.6 for one in found["by_examples"])


def test_a_reply_is_scored_by_the_rubric_beside_its_scenario(
    trainer: Trainer, document: Callable[..., Any], tmp_path: Path
) -> None:
    own = trainer("rubrics", "show", "price-objection")[1].replace("weight: 3", "weight: 7", 1)
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    file = str(small(tmp_path, ("rubric: price-objection", "rubric: own.yaml")))
    found = document("score", "--text", ASKS, "--scenario", file, "--turn", "first")
    assert {one["id"]: one["weight"] for one in found["criteria"]} == {"acknowledge": 7, "root-cause": 3}
    (tmp_path / "own.yaml").write_text(own + "colour: red\n", encoding="utf-8")
    code, _, err = trainer("score", "--text", ASKS, "--scenario", file, "--turn", "first")
    assert code == 2
    assert "own.yaml" in err and "unknown key 'colour'" in err


def test_labels_are_compared_under_the_rubric_beside_the_scenario(
    trainer: Trainer, document: Callable[..., Any], tmp_path: Path
) -> None:
    own = trainer("rubrics", "show", "price-objection")[1].replace("id: price-objection", "id: own")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    file = small(tmp_path, ("rubric: price-objection", "rubric: own.yaml"))
    line = f'{{"id": 1, "text": "{ASKS}", "scenario": "{file}", "turn": "first", "labels": ["root-cause"]}}\n'
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text(line, encoding="utf-8")
    found = document("calibrate", str(labelled))["agreement"]
    assert {one["id"] for one in found} == {"own.acknowledge", "own.root-cause"}


def test_old_attempts_are_scored_anew_under_a_file_of_the_same_id(
    trainer: Trainer, document: Callable[..., Any], tmp_path: Path
) -> None:
    practised()
    listen = (
        "  - {id: listen, measure: talk_share, at_most: 0.65, weight: 1, says: Let them talk, tip: Ask more,"
        " model_answer: And then?}\n"
    )
    file = tmp_path / "stricter.yaml"
    file.write_text(trainer("rubrics", "show", "price-objection")[1] + "\n" + listen, encoding="utf-8")
    assert (Path(scoring.score.__file__).parent / "rubrics").is_dir()
    (found,) = document("rescore", "--rubric", str(file), "--dry-run")["attempts"]
    # Typed words have no times: the new criterion is there and can't be assessed.
    assert found["changes"] == []
    assert found["hashes"]["rubric"] != ""
