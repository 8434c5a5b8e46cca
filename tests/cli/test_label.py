import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.attempts import ASKS, PUSHES, practised, profile
from tests.cli.conftest import Trainer
from trainer.commands import opening
from trainer.practice.labelling import Labelling


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Labelling]:
    """What the app was opened with."""
    found: list[Labelling] = []
    monkeypatch.setattr(opening, "terminal", lambda: None)
    monkeypatch.setattr(opening, "open_app", lambda first: found.append(first().labelling))
    return found


def test_assessed_replies_of_everybody_are_labelled_and_no_warm_ups(
    trainer: Trainer, shown: list[Labelling], tmp_path: Path
) -> None:
    practised([ASKS, PUSHES])
    practised([PUSHES], kind="warm-up", rep="Ben Okoro")
    profile("Mara Voss", "manager")
    assert trainer("label", "--to", str(tmp_path / "l.jsonl"))[0] == 0
    texts = [item.text for item in shown[0].items]
    assert ASKS in texts
    assert len(texts) == len({item.id for item in shown[0].items}) >= 3
    assert {item.scenario for item in shown[0].items} == {"price-20-percent"}


def test_labels_are_what_calibrate_reads(
    trainer: Trainer, document: Callable[..., Any], shown: list[Labelling], tmp_path: Path
) -> None:
    practised([ASKS, PUSHES])
    to = str(tmp_path / "l.jsonl")
    trainer("label", "--to", to, "--count", "2")
    sheet = shown[0]
    while sheet.item:
        sheet.given.update({one.label: False for one in sheet.item.asked})
        sheet.done()
    found = document("calibrate", to)
    assert found["replies"] == 2
    assert found["overall"]["made"] == 0
    assert all(one["id"].startswith("price-objection.") for one in found["agreement"])


def test_a_file_of_replies_can_be_labelled(trainer: Trainer, shown: list[Labelling], tmp_path: Path) -> None:
    source = tmp_path / "r.jsonl"
    given = [
        {"id": 1, "text": "Why?", "prompt": "No."},
        {"id": 2, "text": "Why?", "scenario": "price-20-percent", "turn": "objection"},
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in given), encoding="utf-8")
    assert trainer("label", "--from", str(source), "--to", str(tmp_path / "l.jsonl"))[0] == 0
    by_id = {item.id: item for item in shown[0].items}
    assert len(by_id["1"].asked) == 14
    assert "acknowledge" in [one.label for one in by_id["2"].asked]
    assert by_id["2"].form == "A"


def test_when_all_is_labelled_that_is_said(trainer: Trainer, shown: list[Labelling], tmp_path: Path) -> None:
    code, out, _ = trainer("label", "--to", str(tmp_path / "l.jsonl"))
    assert (code, shown) == (0, [])
    assert "Nothing is left to label" in out


def test_without_a_terminal_it_says_so(trainer: Trainer, tmp_path: Path) -> None:
    code, out, err = trainer("label", "--to", str(tmp_path / "l.jsonl"))
    assert (code, out) == (2, "")
    assert "needs a terminal" in err
