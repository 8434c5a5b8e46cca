import numpy as np
import pytest

from trainer.audio.level import clipped_share, dbfs, floor, peak_dbfs


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


def test_the_floor_is_what_lies_between_the_sounds() -> None:
    wave = np.sin(np.arange(64_000) * 0.3)
    amplitude = np.where(np.arange(64_000) // 8_000 % 2, 0.1, 0.0005)
    assert floor(np.asarray(wave * amplitude, np.float32)) == pytest.approx(-69, abs=0.2)
    assert floor(np.zeros(0, np.float32)) == -np.inf


def test_samples_at_full_scale_count_as_clipped() -> None:
    samples = np.zeros(1000, np.float32)
    samples[:10], samples[10:20] = 1.0, -1.0
    assert clipped_share(samples) == pytest.approx(0.02)
    assert clipped_share(samples[:0]) == 0
