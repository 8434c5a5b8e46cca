import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scenarios.demo import demo
from tests.cli.conftest import Trainer

DEMO = demo()
REPLIES = [str(reply) for reply in DEMO.replies]


def test_the_demo_shows_a_whole_practice_and_logs_nothing(trainer: Trainer, home: Path) -> None:
    code, out, err = trainer("demo")
    assert code == 0, err
    assert "Scorecard:" in out
    assert "✓" in out
    assert "synthetic" in err
    assert not (home / "data").exists()


@pytest.fixture
def practised(document: Callable[..., Any]) -> Any:
    return document("practice", DEMO.scenario, "--replies", *REPLIES, "--rep", "Ana Ruiz")


def test_a_practice_is_judged_and_logged(practised: Any, document: Callable[..., Any], home: Path) -> None:
    assert practised["kind"] == "assessed"
    assert 0 <= practised["score"] <= 100
    assert len(practised["replies"]) >= 3
    (row,) = document("attempts", "--rep", "ana ruiz")["attempts"]
    assert (row["id"], row["score"]) == (practised["attempt"], practised["score"])
    (member,) = document("team")["team"]
    assert (member["rep"], member["last_score"], member["attempts"]) == ("Ana Ruiz", practised["score"], 1)
    takes = sorted(file.suffix for file in (home / "data" / "takes").rglob("*") if file.is_file())
    assert takes == [".flac"] * len(practised["replies"])


def test_the_replies_of_a_practice_score_as_they_do_alone(
    practised: Any, document: Callable[..., Any]
) -> None:
    first = practised["replies"][0]
    alone = document(
        "score", "--audio", REPLIES[0], "--scenario", DEMO.scenario, "--turn", first["turn"],
        "--form", DEMO.form,
    )  # fmt: skip
    assert alone["text"] == first["text"]
    assert alone["criteria"] == first["criteria"]
    assert alone["hashes"] == first["hashes"]


def test_a_warm_up_is_nobody_elses(document: Callable[..., Any]) -> None:
    document("practice", DEMO.scenario, "--replies", *REPLIES, "--rep", "Ana", "--warm-up")
    assert document("attempts")["attempts"] == []
    assert document("attempts", "--rep", "Ana")["attempts"] == []
    (member,) = document("team")["team"]
    assert (member["last_score"], member["attempts"], member["last_practice"]) == (None, 0, None)


def test_too_few_recordings_are_named_and_what_was_said_is_kept(trainer: Trainer, home: Path) -> None:
    code, _, err = trainer("practice", DEMO.scenario, "--replies", REPLIES[0], "--rep", "Ana")
    assert code == 2
    assert "not enough" in err.splitlines()[-1]
    with sqlite3.connect(home / "data" / "trainer.db") as db:
        assert db.execute("select count(*) from replies").fetchone() == (1,)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("price-20-percent", "--rep", "Ana"), "--replies"),
        (("price-20-percent", "--replies", "nowhere.wav", "--rep", "Ana"), "nowhere.wav"),
        (("price-20-percent", "--replies", REPLIES[0]), "--rep NAME"),
        (("nothing-like-it", "--replies", REPLIES[0], "--rep", "Ana"), "nothing-like-it"),
        (("price-20-percent", "--form", "Z", "--replies", REPLIES[0], "--rep", "Ana"), "--form Z"),
    ],
)
def test_bad_use_is_one_line_and_leaves_no_trace(
    trainer: Trainer, home: Path, words: tuple[str, ...], said: str
) -> None:
    code, out, err = trainer("practice", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert not (home / "data").exists()


def test_silence_is_nothing_heard_and_no_score(document: Callable[..., Any], tmp_path: Path) -> None:
    import numpy as np
    import soundfile

    silence = tmp_path / "silence.wav"
    soundfile.write(silence, np.zeros(32_000, np.float32), 16_000)
    found = document("practice", DEMO.scenario, "--replies", *[str(silence)] * 5, "--rep", "Ana")
    assert found["score"] is None
    assert all(reply["flags"] == ["nothing_heard"] for reply in found["replies"])
    assert all(reply["score"] is None for reply in found["replies"])


def test_an_assignment_needs_a_day_that_is_to_come(trainer: Trainer) -> None:
    for day, said in (("soon", "write it as"), ("2020-01-01", "over")):
        code, _, err = trainer("assign", "Ana", "price-20-percent", "--due", day)
        assert code == 2
        assert said in err


def test_an_assignment_counts_until_its_target_is_reached(
    document: Callable[..., Any], practised: Any
) -> None:
    below = max(1, practised["score"] - 1)
    document("assign", "Ana Ruiz", "price-20-percent", "--due", "2999-01-01", "--target", str(below))
    assert document("team")["team"][0]["open_assignments"] == 1
    document("practice", DEMO.scenario, "--replies", *REPLIES, "--rep", "Ana Ruiz")
    assert document("team")["team"][0]["open_assignments"] == 0


def test_an_assignment_can_be_taken_back_once(trainer: Trainer, document: Callable[..., Any]) -> None:
    document("assign", "Ana Ruiz", "price-20-percent")
    found = document("assign", "Ana Ruiz", "price-20-percent", "--withdraw")
    assert len(found["withdrawn"]) == 1
    assert document("team")["team"][0]["open_assignments"] == 0
    code, _, err = trainer("assign", "Ana Ruiz", "price-20-percent", "--withdraw")
    assert code == 2
    assert "nothing to take back" in err


def test_a_slip_of_the_pen_makes_no_new_rep(trainer: Trainer, practised: Any) -> None:
    code, _, err = trainer("assign", "Ana Riuz", "price-20-percent")
    assert code == 2
    assert "did you mean Ana Ruiz?" in err


def test_transcribe_prints_what_was_said(document: Callable[..., Any]) -> None:
    found = document("transcribe", REPLIES[0])
    assert found["text"].split() == [word["text"] for word in found["words"]]
    assert len(found["words"]) > 8


def test_a_broken_settings_file_is_named(trainer: Trainer, home: Path) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("name = ", encoding="utf-8")
    code, out, err = trainer("attempts", "--json")
    assert (code, out) == (2, "")
    assert "config.toml" in err


def test_a_broken_database_is_named_and_left_alone(trainer: Trainer, home: Path) -> None:
    database = home / "data" / "trainer.db"
    database.parent.mkdir(parents=True)
    database.write_bytes(b"not a database at all" * 100)
    code, out, err = trainer("team", "--json")
    assert (code, out) == (1, "")
    assert str(database) in err
    assert database.read_bytes().startswith(b"not a database")


def test_doctor_looks_at_everything(document: Callable[..., Any]) -> None:
    found = {check["id"]: check for check in document("doctor", "--quick")["checks"]}
    assert {"folder", "store", "recogniser", "microphone", "voice", "scenarios"} <= set(found)
    assert found["recogniser"]["ok"] is None
    assert "trainer models fetch base.en" in found["recogniser"]["mend"]


def test_doctor_looks_at_the_rest_where_the_settings_are_broken(
    document: Callable[..., Any], home: Path
) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text("name = ", encoding="utf-8")
    found = {check["id"]: check for check in document("doctor", "--quick")["checks"]}
    assert found["settings"]["ok"] is False
    assert "config.toml" in found["settings"]["what"]
    assert found["scenarios"]["ok"] is True


def test_scenarios_are_listed_shown_and_checked(trainer: Trainer, document: Callable[..., Any]) -> None:
    listed = document("scenarios", "list")["scenarios"]
    assert len(listed) >= 6
    shown = document("scenarios", "show", "price-20-percent")
    assert len(shown["forms"]["A"]["turns"]) >= 3
    code, out, err = trainer("scenarios", "check")
    assert code == 0, err
    assert "\n0 errors, 0 warnings." in out


def test_models_are_listed_with_where_they_go(document: Callable[..., Any], home: Path) -> None:
    found = document("models", "list")
    assert found["folder"].startswith(str(home))
    assert "base.en" in {model["name"] for model in found["models"]}
    assert json.dumps(found)
