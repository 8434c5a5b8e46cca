import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.sphinx_errors import Fit, Floats, Judge, Words, gain, left_out, loaded, logistic, nearest


def words(seed: int = 1, count: int = 600) -> Words:
    """Words of which the first feature tells a lot and the second nothing, ten a recording."""
    chance = np.random.default_rng(seed)
    rows = chance.normal(size=(count, 2))
    right = (chance.random(count) < 1 / (1 + np.exp(-2 * rows[:, 0]))).astype(float)
    recordings = np.arange(count) // 10
    return Words(("telling", "idle"), rows, right, recordings, recordings % 5, tuple("vwxyz"))


@pytest.mark.parametrize("fit", [logistic, nearest])
def test_words_left_out_are_called_as_sure_as_they_are_right(fit: Fit) -> None:
    one = words()
    told = left_out(one.rows, one.right, one.recordings % 10, fit)
    for low, high in ((0.0, 0.4), (0.4, 0.6), (0.6, 1.0)):
        band = (told >= low) & (told < high)
        assert one.right[band].mean() == pytest.approx(told[band].mean(), abs=0.12)


def test_nobody_judges_a_word_who_has_seen_its_group() -> None:
    rows = np.arange(30.0)[:, None]
    groups = np.arange(30) % 3
    seen: list[int] = []

    def fit(fitted: Floats, right: Floats) -> Judge:
        seen.append(len(fitted))
        return lambda others: np.full(len(others), right.mean())

    told = left_out(rows, (groups == 0).astype(float), groups, fit)
    assert seen == [20, 20, 20]
    assert set(told[groups == 0]) == {0.0}
    assert set(told[groups > 0]) == {0.5}


def test_the_gain_of_what_tells_more_is_surely_above_zero_and_of_the_same_zero() -> None:
    one = words()
    telling, idle = one.rows.T
    assert gain(telling, idle, one)[0] > 0.2
    assert gain(telling, telling, one) == (0.0, 0.0)


def test_features_are_read_a_recording_a_line(tmp_path: Path) -> None:
    lines = [
        {"file": "a", "speaker": "x", "words": [{"probability": 0.5, "frames": 1.0, "right": 1.0}]},
        {"file": "b", "speaker": "x", "words": []},
        {"file": "c", "speaker": "w", "words": [{"probability": 1.0, "frames": 10.0, "right": 0.0}]},
    ]
    (tmp_path / "f.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    one = loaded(tmp_path / "f.jsonl")
    assert one.names == ("probability", "frames")
    assert one.rows == pytest.approx(np.array([[0.0, 0.0], [np.log(999), np.log(10)]]))
    assert (list(one.right), list(one.recordings), list(one.speakers)) == ([1, 0], [0, 1], [1, 0])
    assert one.voices == ("w", "x")
