"""The real PortAudio, through a microphone and a loudspeaker made of software."""

import subprocess
import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.audio.child import environment, python, run_python
from tests.audio.fakes import speech
from tests.virtual_mic.server import VirtualMic, until
from trainer.audio import devices, recorder
from trainer.audio.errors import AudioDeviceError
from trainer.audio.player import Player
from trainer.audio.recorder import Recorder
from trainer.audio.resampling import Resampler
from trainer.audio.takes import KeptTake, recover


@pytest.fixture
def said(tmp_path: Path) -> Path:
    soundfile.write(tmp_path / "said.wav", speech(1.5), 16_000)
    return tmp_path / "said.wav"


def recording(folder: Path, microphone: str = "") -> Recorder:
    """A take whose first block has come: what is played before that is lost."""
    started = Recorder(microphone, folder / "takes", "t")
    started.start()
    until(lambda: started.seconds)
    return started


def place(part: NDArray[np.floating], whole: NDArray[np.floating]) -> tuple[float, int]:
    """How alike (1 is the same) the best place for `part` in `whole` is, and where it is."""
    size = len(part) + len(whole)
    product = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    at = int(np.argmax(np.fft.irfft(product, size)[: len(whole)]))
    found = whole[at : at + len(part)]
    found = np.pad(found, (0, len(part) - len(found)))
    return float(np.dot(part, found) / (np.linalg.norm(part) * np.linalg.norm(found))), at


def heard_exactly(said: Path, kept: KeptTake) -> bool:
    """Whether all of what was said is in a take, bit for bit."""
    want, got = (soundfile.read(file, dtype="int16")[0] for file in (said, kept.file))
    at = place(want.astype(float), got.astype(float))[1]
    return np.array_equal(got[at : at + len(want)], want)


def test_the_virtual_devices_are_listed(sound: VirtualMic) -> None:
    status = devices.status()
    assert status.ok
    assert status.loudspeaker
    assert status.message == "Microphone: default."
    assert "default" in [device.name for device in devices.microphones() if device.default]


@pytest.mark.parametrize("microphone", ["", "pulse"])
def test_what_is_said_arrives_bit_for_bit(
    sound: VirtualMic, said: Path, tmp_path: Path, microphone: str
) -> None:
    take = recording(tmp_path, microphone)
    sound.play(said)
    kept = take.stop()  # at once: the last words are still on their way
    assert heard_exactly(said, kept)
    assert take.overflows == 0
    assert take.ended_by is None


def test_a_microphone_that_vanishes_leaves_what_it_heard(
    sound: VirtualMic, said: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    take = recording(tmp_path)
    sound.play(said)
    until(lambda: take.seconds > 1.7)
    sound.unplug()
    until(lambda: take.ended_by)
    assert take.ended_by == "device lost"
    assert heard_exactly(said, take.stop())


def test_a_microphone_that_stalls_leaves_what_it_heard(sound: VirtualMic, said: Path, tmp_path: Path) -> None:
    take = recording(tmp_path)
    sound.play(said)
    until(lambda: take.seconds > 1.7)
    with sound.stalled():
        until(lambda: take.ended_by)
        assert take.ended_by == "device lost"
        kept = take.stop()
    assert heard_exactly(said, kept)


def test_a_frozen_sound_server_holds_nobody_up(
    sound: VirtualMic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "OPENING_SECONDS", 0.3)
    take = recording(tmp_path)
    with sound.frozen():
        until(lambda: take.ended_by)
        assert take.stop().seconds > 0
        with pytest.raises(AudioDeviceError, match="does not answer"):
            Recorder("", tmp_path, "next").start()
    assert not list(tmp_path.rglob("next*"))
    until(lambda: not [one for one in threading.enumerate() if one.name in ("recorder", "sound system")])


def test_without_a_sound_server_it_is_one_line_and_comes_back_with_it(
    sound: VirtualMic, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sound.unplug()
    with pytest.raises(AudioDeviceError) as error:
        Recorder("", tmp_path, "t").start()
    assert "\n" not in str(error.value)
    with pytest.raises(AudioDeviceError, match="loudspeaker"):
        Player().play(np.zeros(100, np.float32))
    assert not devices.status().ok
    assert capfd.readouterr().err == ""
    sound.start()
    take = recording(tmp_path)
    assert take.stop().seconds > 0


def test_a_microphone_that_is_not_there_is_named(sound: VirtualMic, tmp_path: Path) -> None:
    with pytest.raises(AudioDeviceError, match="'Headset'"):
        Recorder("Headset", tmp_path, "t").start()


def test_a_muted_microphone_is_noticed(sound: VirtualMic, said: Path, tmp_path: Path) -> None:
    with sound.muted():
        take = recording(tmp_path)
        sound.play(said)
        take.stop()
    assert take.nothing_arrives


def test_what_is_played_is_heard_to_its_end(sound: VirtualMic, tmp_path: Path) -> None:
    voice = np.asarray(np.convolve(speech(1.5) / 32768, np.ones(8) / 8), np.float32)  # no treble to lose
    player, heard = Player(), tmp_path / "heard.wav"
    with sound.capture(heard):
        player.play(voice)
        until(lambda: not player.playing)
    got = Resampler(48_000, 16_000, np.float32)(soundfile.read(heard, dtype="float32")[0], last=True)
    likeness, at = place(voice, got)
    assert likeness > 0.98
    likeness, end = place(voice[-1600:], got)
    assert likeness > 0.98
    assert end == pytest.approx(at + len(voice) - 1600, abs=1)


def test_stopping_is_heard(sound: VirtualMic, tmp_path: Path) -> None:
    player, heard = Player(), tmp_path / "heard.wav"
    with sound.capture(heard):
        player.play(np.full(10 * 16_000, 0.5, np.float32))
        player.stop()
        until(lambda: not [one for one in threading.enumerate() if one.name == "player"])
    assert np.count_nonzero(soundfile.read(heard)[0]) < 48_000


LEAVES = """
import sys
from pathlib import Path
import numpy as np
from trainer.audio.player import Player
from trainer.audio.recorder import Recorder
recorder = Recorder("", Path(sys.argv[1]), "t")
recorder.start()
while not recorder.seconds:
    pass
Player().play(np.ones(160_000, np.float32))
"""


def test_a_program_that_just_ends_closes_its_devices(sound: VirtualMic, tmp_path: Path) -> None:
    assert run_python(LEAVES, tmp_path, **sound.env) == ""
    assert recover(tmp_path)[0].seconds > 0


STAYS = """
import sys
from pathlib import Path
from trainer.audio.recorder import Recorder
recorder = Recorder("", Path(sys.argv[1]), "t")
recorder.start()
while not recorder.seconds:
    pass
print("recording", flush=True)
sys.stdin.read()
"""


def test_a_program_can_end_while_the_sound_server_is_frozen(sound: VirtualMic, tmp_path: Path) -> None:
    program = subprocess.Popen(
        python(STAYS, tmp_path),
        env=environment(**sound.env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stdout
        assert program.stdout.readline() == "recording\n"
        with sound.frozen():
            try:
                program.communicate(timeout=20)
            finally:
                program.kill()
    assert program.returncode == 0
    assert recover(tmp_path)[0].seconds > 0
