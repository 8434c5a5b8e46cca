import base64
import io
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from trainer.audio.errors import AudioError
from trainer.audio.takes import TakeWriter
from trainer.pages.sound import BEFORE, LEAD_IN, LONGEST, cut


def take(folder: Path, seconds: float) -> Path:
    """A recording that is silent but for a tone in its last second."""
    at = np.arange(round(seconds * 16_000)) / 16_000
    tone = np.where(at >= seconds - 1, 9000 * np.sin(2 * np.pi * 300 * at), 0)
    writer = TakeWriter(folder, "one")
    writer.write(tone.astype(np.int16))
    return writer.finish().file


def decoded(address: str) -> NDArray[np.float32]:
    coded = base64.b64decode(address.removeprefix("data:audio/mpeg;base64,"))
    with av.open(io.BytesIO(coded), "r") as file:
        return np.concatenate([frame.to_ndarray().ravel() for frame in file.decode(audio=0)])


def test_a_short_reply_is_whole_and_begins_just_before_the_place(tmp_path: Path) -> None:
    found = cut(take(tmp_path, 8), 5.0)
    assert found.start == pytest.approx(5.0 - LEAD_IN)
    assert found.seconds == 8
    samples = decoded(found.address)
    assert abs(len(samples) / 16_000 - 8) < 0.2
    assert np.abs(samples[: 6 * 16_000]).max() < 0.01
    assert np.abs(samples[-12_000:]).max() > 0.1


def test_a_long_one_is_cut_around_the_place(tmp_path: Path) -> None:
    found = cut(take(tmp_path, 120), 100.0)
    assert found.seconds == 30
    assert found.start == pytest.approx(BEFORE - LEAD_IN)
    assert cut(tmp_path / "one.flac", 20.0).seconds == LONGEST


def test_it_is_small(tmp_path: Path) -> None:
    assert len(cut(take(tmp_path, 60), 0.0).address) < 60 * 5_600


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"gone\.flac"):
        cut(tmp_path / "gone.flac", 1.0)
