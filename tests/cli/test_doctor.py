"""What `trainer doctor` measures, with a fake microphone and made-up speeds."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models import speed as speeds_of
from models.speed import COSTS, Speed
from scenarios.demo import demo
from tests.audio.test_trial import Playing, room
from tests.cli.conftest import Trainer
from trainer.audio.portaudio import OnBlock, Stream
from trainer.audio.reading import read
from trainer.commands import measuring
from trainer.config import Config
from trainer.paths import Paths


def machine(monkeypatch: pytest.MonkeyPatch, base: float, *installed: str) -> None:
    """One that needs so many seconds for a second of speech with base.en."""

    def found(*_: object, **__: object) -> list[Speed]:
        return [
            Speed(name, base * cost / COSTS["base.en"], name == "base.en", name in installed)
            for name, cost in COSTS.items()
        ]

    monkeypatch.setattr(speeds_of, "speeds", found)


class Several:
    """Microphones that are opened one after the other."""

    def __init__(self, *microphones: Playing) -> None:
        self._left = list(microphones)

    def __call__(self, name: str, on_block: OnBlock, on_end: Callable[[], None]) -> Stream:
        return self._left.pop(0)(name, on_block, on_end)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config", tmp_path / "data", tmp_path / "cache")


def test_the_largest_model_that_keeps_up_is_recommended_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, paths: Paths
) -> None:
    machine(monkeypatch, 0.2)
    check = measuring.speed(paths, Config())
    assert "small.en is the largest model that keeps up" in check.what
    assert "models fetch small.en" in check.mend
    assert check.figures["recommended"] == "small.en"
    assert [line.split()[0] for line in check.table] == list(COSTS)
    assert ["measured" in line for line in check.table] == [False, True, False, False, False]


def test_where_none_keeps_up_it_says_what_that_means(monkeypatch: pytest.MonkeyPatch, paths: Paths) -> None:
    machine(monkeypatch, 5.0)
    check = measuring.speed(paths, Config())
    assert "words come after a reply" in check.what
    assert check.figures["recommended"] is None


def test_levels_are_told_for_the_room_and_for_the_voice(paths: Paths) -> None:
    asked: list[str] = []
    voice = (read(demo().replies[0]).samples * 32767).astype("<i2")
    quiet = (room(-60, 3) * 32767).astype("<i2")
    check = measuring.microphone(Config(), ask=asked.append, opener=Several(Playing(quiet), Playing(voice)))
    assert check.ok is True
    assert len(asked) == 2
    assert check.figures["noise_dbfs"] == pytest.approx(-60, abs=1)
    assert check.figures["signal_to_noise_db"] > 25
    json.dumps(check.as_json(), allow_nan=False)


def test_nobody_is_asked_to_speak_where_nobody_is(paths: Paths) -> None:
    quiet = Playing((room(-60, 3) * 32767).astype("<i2"))
    check = measuring.microphone(Config(), ask=None, opener=quiet)
    assert check.ok is True
    assert check.figures["speech_dbfs"] is None


def test_quick_leaves_out_what_takes_seconds(document: Callable[..., Any]) -> None:
    ids = {check["id"] for check in document("doctor", "--quick")["checks"]}
    assert "microphone" in ids
    assert not {"speed", "levels"} & ids


def test_measuring_is_part_of_the_one_document(
    document: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(monkeypatch, 0.2)
    found = {check["id"]: check for check in document("doctor")["checks"]}
    assert found["speed"]["figures"]["models"][0] == {
        "model": "tiny.en",
        "real_time": pytest.approx(0.094, abs=0.001),
        "keeps_up": True,
        "measured": False,
        "installed": False,
    }


def test_people_see_a_line_a_model(trainer: Trainer, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(monkeypatch, 0.2)
    code, out, err = trainer("doctor")
    assert code == 0, err
    assert "medium.en" in out
    assert "too slow" in out
