from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import scoring.score
from tests.cli.attempts import ASKS, PUSHES, changed, opened, practised, profile
from tests.cli.conftest import Trainer

RUBRIC = Path(scoring.score.__file__).parent / "rubrics" / "price-objection.yaml"


@pytest.fixture
def older_scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is scored in this test says that another scorer did it."""
    monkeypatch.setattr(scoring.score, "scorer_hash", lambda: "0ld")


def test_what_this_very_scorer_scored_stays_out_of_it(document: Callable[..., Any]) -> None:
    practised()
    found = document("rescore")
    assert (found["attempts"], found["up_to_date"]) == ([], 1)


@pytest.mark.usefixtures("older_scorer")
def test_old_and_new_stand_side_by_side_and_the_old_score_stays(document: Callable[..., Any]) -> None:
    of = practised([PUSHES], misjudged="acknowledge")
    (found,) = document("rescore")["attempts"]
    assert found["attempt"] == of.id
    assert found["changes"] == [
        {"position": 0, "turn": "objection", "criterion": "acknowledge", "old": True, "new": False}
    ]
    assert found["new"] < found["old"]
    assert found["added"]
    with opened() as store:
        result = store.result(of.id)
        assert result is not None
        assert result.score.score == found["old"]
        (kept,) = store.rescores(of.id)
        assert kept.score.score == found["new"]


@pytest.mark.usefixtures("older_scorer")
def test_a_second_time_adds_nothing_and_shows_the_same(document: Callable[..., Any]) -> None:
    of = practised(misjudged="acknowledge")
    (first,) = document("rescore")["attempts"]
    (second,) = document("rescore")["attempts"]
    assert second == {**first, "added": False}
    with opened() as store:
        assert len(store.rescores(of.id)) == 1


@pytest.mark.usefixtures("older_scorer")
def test_a_dry_run_keeps_nothing(document: Callable[..., Any]) -> None:
    of = practised()
    (found,) = document("rescore", "--dry-run")["attempts"]
    assert not found["added"]
    with opened() as store:
        assert store.rescores(of.id) == []


def test_another_rubric_may_weigh_and_ask_otherwise(document: Callable[..., Any], tmp_path: Path) -> None:
    practised([ASKS])
    text = RUBRIC.read_text(encoding="utf-8")
    start, end = text.index("  - id: acknowledge"), text.index("  - id: root-cause")
    mine = tmp_path / "mine.yaml"
    mine.write_text(text[:start] + text[end:], encoding="utf-8")
    (found,) = document("rescore", "--rubric", str(mine), "--dry-run")["attempts"]
    assert {change["criterion"] for change in found["changes"]} == {"acknowledge"}
    assert all(change["new"] is None for change in found["changes"])


@pytest.mark.usefixtures("older_scorer")
def test_a_rubric_narrows_it_to_its_own_attempts(document: Callable[..., Any]) -> None:
    practised()
    assert document("rescore", "--rubric", "status-quo")["attempts"] == []
    assert len(document("rescore", "--rubric", "price-objection")["attempts"]) == 1


@pytest.mark.usefixtures("older_scorer")
def test_warm_ups_are_for_their_own_rep_alone(document: Callable[..., Any]) -> None:
    practised(kind="warm-up")
    profile("Mara Voss", "manager")
    assert document("rescore")["attempts"] == []
    profile("Ben Okoro", "rep")
    assert document("rescore")["attempts"] == []
    profile("Ana Ruiz", "rep")
    assert [one["kind"] for one in document("rescore")["attempts"]] == ["warm-up"]


@pytest.mark.usefixtures("older_scorer")
def test_people_read_what_changed(trainer: Trainer) -> None:
    practised([PUSHES], misjudged="acknowledge")
    code, out, err = trainer("rescore")
    assert code == 0
    assert "1. objection, acknowledge: met → not met" in out
    assert "1 new record kept" in err


@pytest.mark.parametrize("named", ["nowhere", "nowhere.yaml"])
def test_a_rubric_that_is_not_there_is_bad_use(trainer: Trainer, named: str) -> None:
    code, out, err = trainer("rescore", "--rubric", named)
    assert (code, out) == (2, "")
    assert named in err
    assert err.count("\n") == 1


@pytest.mark.usefixtures("older_scorer")
def test_words_that_were_changed_are_left_out_and_named(trainer: Trainer) -> None:
    of = practised()
    practised()
    changed("UPDATE replies SET text = 'nothing of it' WHERE attempt_id = ?", of.id)
    code, out, err = trainer("rescore")
    assert code == 0
    assert "1 scored anew" in out
    assert f"{of.id}: left out, the words of its turn" in err
