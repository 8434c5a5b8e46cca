import tempfile
from pathlib import Path

import numpy as np
import pytest

from models import speed
from models.imitation import weights
from models.imitation.folder import Dimensions
from models.installed import write_manifest
from models.speed import BUDGET, COSTS, Speed, recommended, speeds
from tests.models.conftest import clip

SPEECH = np.zeros(16_000, np.float32)


class Machine:
    """One that needs so many seconds for a second of speech with base.en, and thrice that to get there."""

    def __init__(self, base: float) -> None:
        self.base, self.now = base, 0.0
        self.asked: list[tuple[str, Path | None]] = []

    def clock(self) -> float:
        return self.now

    def measure(self, name: str, folder: Path | None) -> float:
        self.asked.append((name, folder))
        real_time = self.base * COSTS[name] / COSTS["base.en"]
        self.now += real_time * 15
        return real_time

    def speeds(self, models: Path) -> list[Speed]:
        return speeds(models, SPEECH, clock=self.clock, measure=self.measure)


def install(models: Path, *names: str) -> None:
    for name in names:
        (models / name).mkdir(parents=True)
        write_manifest(models / name, {})


def test_without_weights_small_models_are_measured_and_the_larger_reckoned(tmp_path: Path) -> None:
    machine = Machine(0.1)
    found = {one.model: one for one in machine.speeds(tmp_path)}
    assert machine.asked == [("base.en", None), ("tiny.en", None)]
    assert [name for name, one in found.items() if one.measured] == ["tiny.en", "base.en"]
    assert found["small.en"].real_time == pytest.approx(0.1 * 3.85 / 1.17)
    assert not any(one.installed for one in found.values())


def test_installed_models_are_measured_themselves(tmp_path: Path) -> None:
    install(tmp_path, "small.en", "tiny.en", "somebody-elses")
    machine = Machine(0.1)
    found = machine.speeds(tmp_path)
    assert machine.asked == [("tiny.en", tmp_path / "tiny.en"), ("small.en", tmp_path / "small.en")]
    assert [one.model for one in found if one.installed] == ["tiny.en", "small.en"]


def test_what_would_take_too_long_is_reckoned(tmp_path: Path) -> None:
    install(tmp_path, "medium.en")
    machine = Machine(0.2)
    found = machine.speeds(tmp_path)
    assert machine.asked == [("base.en", None)]
    assert machine.now < BUDGET
    assert not found[-1].measured
    assert found[-1].installed


def test_the_largest_model_that_keeps_up_is_recommended(tmp_path: Path) -> None:
    fast, slow, slowest = (recommended(Machine(base).speeds(tmp_path)) for base in (0.2, 0.5, 3.0))
    assert (fast and fast.model, slow and slow.model, slowest) == ("small.en", "base.en", None)


def test_a_made_up_model_hears_made_up_words_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(weights.SIZES, "base.en", Dimensions(64, 2, (1, 1), 51_864))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    whisper = speed._imitation("base.en", "full")
    assert list(tmp_path.iterdir()) == []
    stretch = np.resize(clip("company").samples, 5 * 16_000)
    assert len(whisper.words(stretch)) == round(5 * weights.TOKENS_A_SECOND)
