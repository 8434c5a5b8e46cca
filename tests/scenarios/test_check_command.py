"""What `trainer scenarios check` prints."""

import json
from pathlib import Path

import pytest

from models.voice import find
from scenarios.loader import ids
from tests.scenarios.small import small
from trainer.__main__ import main
from trainer.commands import checking, voices

SPEAKS = voices.speaks


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("TRAINER_HOME", str(folder))
    monkeypatch.setattr(voices, "speaks", lambda _gender: True)
    return folder


def test_one_scenario_has_its_margins_turn_by_turn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenarios", "check", "price-20-percent"]) == 0
    out = capsys.readouterr().out
    assert "A  objection         100 100" in out
    assert "+20" in out
    assert "Form A: a good reply has " in out
    assert out.endswith("0 errors, 0 warnings.\n")


def test_many_have_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    several = list(ids()[: checking.FEW + 1])
    assert main(["scenarios", "check", *several]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == several
    assert "over 80" in lines[0]


def test_as_json_the_margins_are_there_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenarios", "check", "price-20-percent", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    (scenario,) = found["scenarios"]
    assert scenario["id"] == "price-20-percent"
    first = scenario["margins"][0]
    assert (first["form"], first["turn"]) == ("A", "objection")
    assert first["over"] == min(first["exemplars"]) - 80
    assert first["under"] == 50 - max(first["counter_examples"])
    assert scenario["forms"][0]["grade"] < 9
    assert (found["errors"], found["no_voice_for"]) == (0, [])


def test_an_error_exits_with_two_and_a_warning_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenarios", "check", str(small(tmp_path))]) == 0
    assert "'review_by' is missing" in capsys.readouterr().err
    assert main(["scenarios", "check", str(small(tmp_path, ("go: soft", "go: sofd")))]) == 2
    assert "small.yaml:23: error: there is no turn 'sofd'" in capsys.readouterr().err


def test_what_is_past_its_day_is_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = small(tmp_path, ("goal:", "review_by: 2001-01-01\ngoal:"))
    assert main(["scenarios", "check", str(file)]) == 0
    assert "due: it was to be read again by 2001-01-01" in capsys.readouterr().err


def test_the_second_time_nothing_is_scored_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scenarios", "check", "price-20-percent"]) == 0
    first = capsys.readouterr().out
    assert len(list((home / "cache" / "checked").glob("*.json"))) == 1
    monkeypatch.setattr("scenarios.judging.score", None)
    assert main(["scenarios", "check", "price-20-percent"]) == 0
    assert capsys.readouterr().out == first


def test_a_machine_without_a_voice_is_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(voices, "speaks", lambda gender: gender == "male")
    assert main(["scenarios", "check", "price-20-percent"]) == 0
    assert capsys.readouterr().err == (
        "No voice of this machine speaks for a female buyer; the lines are shown all the same.\n"
    )


def test_a_machine_with_a_voice_speaks_for_both_kinds_of_buyer() -> None:
    if find() is None:
        pytest.skip("no synthesiser on this machine")
    assert SPEAKS("female")
    assert SPEAKS("male")
