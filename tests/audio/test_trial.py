"""A microphone tried out, with recordings through a fake one."""

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scenarios.demo import demo
from tests.audio.fakes import FakeMicrophone
from tests.virtual_mic.server import VirtualMic
from trainer.audio.errors import AudioDeviceError
from trainer.audio.portaudio import OnBlock
from trainer.audio.reading import read
from trainer.audio.trial import Trial, judged, listen

Samples = NDArray[np.float32]
VOICE = read(demo().replies[0]).samples[: 5 * 16_000]


def room(dbfs: float, seconds: float = 2.0) -> Samples:
    """Noise of that level."""
    noise = np.random.default_rng(3).standard_normal(round(seconds * 16_000)).astype(np.float32)
    return noise * np.float32(10 ** (dbfs / 20))


def spoken(gain_db: float, noise_dbfs: float) -> tuple[Samples, Samples]:
    """A quiet moment and a sentence, in a room of that noise, as a converter with its limits gives them."""
    voice = VOICE * np.float32(10 ** (gain_db / 20)) + room(noise_dbfs, len(VOICE) / 16_000)
    return room(noise_dbfs), np.clip(voice, -1, 1)


def test_a_voice_in_a_quiet_room_is_heard_well() -> None:
    found = judged(*spoken(0, -70))
    assert found.verdict == "good"
    assert found.speech == pytest.approx(-19, abs=6)
    assert found.noise == pytest.approx(-70, abs=1)
    assert found.over_noise == pytest.approx((found.speech or 0) - found.noise)
    assert found.mend == ""


@pytest.mark.parametrize(
    ("given", "verdict", "mend"),
    [
        (lambda: (np.zeros(32_000, np.float32), np.zeros(80_000, np.float32)), "dead", ""),
        (lambda: spoken(40, -70), "clipped", "Turn it down"),
        (lambda: spoken(-36, -80), "silent", "Turn it up"),
        (lambda: spoken(0, -28), "noisy", "quieter place"),
        (lambda: (room(-60), room(-60, 5)), "no speech", "speak up"),
        (lambda: (room(-30), None), "noisy", "quieter place"),
    ],
)
def test_what_is_wrong_is_named_with_the_mend(
    given: Callable[[], tuple[Samples, Samples | None]], verdict: str, mend: str
) -> None:
    found = judged(*given())
    assert found.verdict == verdict
    assert mend in found.mend
    assert found.mend
    assert not found.good


def test_without_anybody_to_ask_a_quiet_room_is_all_that_can_be_told() -> None:
    found = judged(room(-62), None)
    assert (found.verdict, found.speech, found.good) == ("quiet room", None, True)


class Playing(FakeMicrophone):
    """A fake that hands a recording over as soon as it is opened."""

    def __init__(self, samples: NDArray[np.int16], rate: int = 16_000, channels: int = 1) -> None:
        super().__init__(rate=rate, channels=channels)
        self.samples = samples

    def __call__(self, name: str, on_block: OnBlock, on_end: Callable[[], None]) -> FakeMicrophone:
        opened = super().__call__(name, on_block, on_end)
        threading.Thread(target=self._play, daemon=True).start()
        return opened

    def _play(self) -> None:
        self.speak(self.samples)
        self.vanish()


def test_listening_gives_so_many_seconds_without_the_first_click() -> None:
    sound = np.full(2 * 16_000, 100, np.int16)
    sound[:100] = 32767
    microphone = Playing(sound)
    heard = listen("", 1.0, opener=microphone)
    assert len(heard) >= 16_000
    assert np.unique(heard) == pytest.approx([100 / 32768])
    assert microphone.closed.is_set()


def test_listening_takes_the_rate_and_the_channels_that_a_device_insists_on() -> None:
    stereo = np.full((2 * 48_000, 2), 100, np.int16)
    heard = listen("", 1.0, opener=Playing(stereo, rate=48_000, channels=2))
    assert len(heard) == pytest.approx(16_000, abs=600)
    assert np.median(heard) == pytest.approx(100 / 32768, rel=0.01)


def test_a_microphone_that_vanishes_is_one_line() -> None:
    microphone = Playing(np.zeros(16_000, np.int16))
    with pytest.raises(AudioDeviceError, match="stopped"):
        listen("", 2.0, opener=microphone)
    assert microphone.closed.is_set()


def test_the_virtual_microphone_is_tried_with_a_voice(sound: VirtualMic, tmp_path: Path) -> None:
    quiet = listen("", 0.5)
    playing = threading.Thread(target=sound.play, args=[demo().replies[0]])
    playing.start()
    said = listen("", 4.0)
    playing.join()
    found: Trial = judged(quiet, said)
    assert found.verdict == "good"
    with sound.muted():
        assert judged(listen("", 0.5), None).verdict == "dead"
