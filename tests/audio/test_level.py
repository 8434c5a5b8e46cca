import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.audio.level import dbfs, judge, peak_dbfs


def talk(loud: float, quiet: float) -> NDArray[np.float32]:
    """Four seconds that change every half second between two amplitudes of a tone."""
    wave = np.sin(np.arange(64_000) * 0.3)
    amplitude = np.where(np.arange(64_000) // 8_000 % 2, loud, quiet)
    return np.asarray(wave * amplitude, np.float32)


def test_full_scale_square_is_zero_and_half_is_six_below() -> None:
    assert dbfs(np.full(100, -32768, np.int16)) == 0
    assert dbfs(np.full(100, 16384, np.int16)) == pytest.approx(-6.02, abs=0.01)
    assert peak_dbfs(np.array([0, -32768], np.int16)) == 0
    assert dbfs(np.full(100, 1.0, np.float32)) == 0
    assert dbfs(np.full(100, -0.5, np.float32)) == pytest.approx(-6.02, abs=0.01)


def test_silence_and_nothing_have_no_level() -> None:
    assert dbfs(np.zeros(10, np.int16)) == -np.inf
    assert dbfs(np.zeros(0, np.int16)) == -np.inf
    assert peak_dbfs(np.zeros(0, np.float32)) == -np.inf


def test_a_good_microphone_is_told_its_levels() -> None:
    verdict = judge(talk(0.1, 0.0005))
    assert verdict.verdict == "good"
    assert verdict.speech == pytest.approx(-23, abs=0.2)
    assert verdict.noise == pytest.approx(-69, abs=0.2)
    assert verdict.peak == pytest.approx(-20, abs=0.2)


@pytest.mark.parametrize(
    ("samples", "verdict"),
    [
        (np.zeros(32_000, np.float32), "dead"),
        (np.zeros(0, np.float32), "dead"),
        (talk(0.002, 0.0001), "silent"),
        (np.clip(talk(3.0, 0.001), -1, 1), "clipped"),
        (talk(0.1, 0.05), "noisy"),
    ],
)
def test_what_is_wrong_is_named_with_the_mend(samples: NDArray[np.float32], verdict: str) -> None:
    judged = judge(samples)
    assert judged.verdict == verdict
    assert judged.message.endswith(".")
    assert "\n" not in judged.message
