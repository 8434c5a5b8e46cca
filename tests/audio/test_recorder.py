import threading
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.audio.fakes import FakeMicrophone, speech
from tests.virtual_mic.server import until
from trainer.audio import portaudio, recorder
from trainer.audio.errors import AudioDeviceError, TakeError
from trainer.audio.recorder import Recorder
from trainer.audio.takes import KeptTake


def recording(folder: Path, microphone: FakeMicrophone, *, limit: float = 300.0) -> Recorder:
    started = Recorder("", folder, "t", opener=microphone, limit=limit)
    started.start()
    return started


def samples_of(kept: KeptTake) -> NDArray[np.int16]:
    samples: NDArray[np.int16] = soundfile.read(kept.file, dtype="int16")[0]
    return samples


def test_what_the_microphone_gives_is_kept_sample_for_sample(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(2.0)
    take = recording(tmp_path, microphone)
    microphone.speak(said)
    kept = take.stop()
    assert np.array_equal(samples_of(kept), said)
    assert (kept.id, kept.seconds, take.seconds) == ("t", 2.0, 2.0)
    assert take.ended_by is None
    assert microphone.closed.is_set()


def test_what_is_on_its_way_when_the_key_is_pressed_is_kept(tmp_path: Path) -> None:
    said = speech(0.5)

    class Slow(FakeMicrophone):
        @property
        def latency(self) -> float:  # asked for once the key is pressed
            threading.Timer(0.02, self.speak, [said[4096:]]).start()
            return 10.0

        @latency.setter
        def latency(self, _: float) -> None: ...

    microphone = Slow()
    take = recording(tmp_path, microphone)
    microphone.speak(said[:4096])
    assert np.array_equal(samples_of(take.stop()), said)


def test_the_take_is_on_disk_while_it_is_spoken(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(1.0)
    take = recording(tmp_path, microphone)
    microphone.speak(said)
    until(lambda: take.seconds == 1.0)
    assert (tmp_path / "t.raw").read_bytes() == said.tobytes()
    take.stop()


def test_blocks_are_tapped_once_they_are_on_disk(tmp_path: Path) -> None:
    tapped: list[NDArray[np.int16]] = []
    on_disk: list[int] = []

    def tap(block: NDArray[np.int16]) -> None:
        tapped.append(block)
        on_disk.append((tmp_path / "t.raw").stat().st_size // 2)

    microphone, said = FakeMicrophone(), speech(0.5)
    take = Recorder("", tmp_path, "t", opener=microphone)
    take.start(on_block=tap)
    microphone.speak(said)
    take.stop()
    assert np.array_equal(np.concatenate(tapped), said)
    assert on_disk == np.cumsum([len(block) for block in tapped]).tolist()


def test_the_level_is_that_of_the_last_block(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = recording(tmp_path, microphone)
    assert take.level == -np.inf
    microphone.speak(np.full(512, 16384, np.int16))
    until(lambda: take.level > -np.inf)
    assert take.level == pytest.approx(-6.02, abs=0.01)
    microphone.speak(np.zeros(512, np.int16))
    until(lambda: take.level == -np.inf)
    take.stop()


def test_lost_input_is_counted(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = recording(tmp_path, microphone)
    for overflow in (False, True, False, True):
        microphone.speak(speech(0.1), overflow=overflow)
    take.stop()
    assert take.overflows == 2


def test_nothing_but_zeros_is_told_from_a_quiet_room(tmp_path: Path) -> None:
    dead, quiet = FakeMicrophone(), FakeMicrophone()
    take = recording(tmp_path / "dead", dead)
    dead.speak(np.zeros(20_000, np.int16))
    take.stop()
    assert take.nothing_arrives
    take = recording(tmp_path / "quiet", quiet)
    quiet.speak(np.eye(1, 20_000, 1000, dtype=np.int16)[0])
    take.stop()
    assert not take.nothing_arrives


@pytest.mark.parametrize("rate", [44_100, 48_000, 8_000])
def test_a_device_with_its_own_rate_is_resampled(tmp_path: Path, rate: int) -> None:
    microphone = FakeMicrophone(rate=rate)
    take = recording(tmp_path, microphone)
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(2 * rate) / rate)
    microphone.speak((tone * 32767).astype(np.int16))
    got = samples_of(take.stop()) / 32767
    assert len(got) == pytest.approx(32_000, abs=2)
    want = 0.5 * np.sin(2 * np.pi * 440 * np.arange(len(got)) / 16_000)
    assert np.abs(got - want)[800:-800].max() < 0.002


def test_stereo_is_mixed_down(tmp_path: Path) -> None:
    microphone = FakeMicrophone(channels=2)
    take = recording(tmp_path, microphone)
    microphone.speak(np.column_stack([np.full(1024, 1000), np.full(1024, 3000)]).astype(np.int16))
    assert set(samples_of(take.stop())) == {2000}


def test_the_limit_ends_the_take_to_the_sample(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(2.0)
    take = recording(tmp_path, microphone, limit=1.0)
    microphone.speak(said)
    until(lambda: take.ended_by)
    assert take.ended_by == "limit"
    until(microphone.closed.is_set)
    assert np.array_equal(samples_of(take.stop()), said[:16_000])


def test_a_device_that_vanishes_ends_the_take_and_keeps_it(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(0.5)
    take = recording(tmp_path, microphone)
    microphone.speak(said)
    microphone.vanish()
    until(lambda: take.ended_by)
    assert take.ended_by == "device lost"
    assert np.array_equal(samples_of(take.stop()), said)
    assert take.level == -np.inf


def test_a_device_that_stalls_ends_the_take_and_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "STALLED_SECONDS", 0.05)
    monkeypatch.setattr(recorder, "SECOND_LOOK", 0.05)
    microphone, said = FakeMicrophone(), speech(0.5)
    take = recording(tmp_path, microphone)
    microphone.speak(said)
    until(lambda: take.ended_by)
    assert take.ended_by == "device lost"
    assert np.array_equal(samples_of(take.stop()), said)


def test_a_disk_that_refuses_ends_the_take_and_keeps_what_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    microphone, said = FakeMicrophone(), speech(1.0)
    take = recording(tmp_path, microphone)
    microphone.speak(said[:8192])
    until(lambda: take.seconds == 8192 / 16_000)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as no_room:
        no_room.setattr("trainer.audio.disk.write", full)
        microphone.speak(said[8192:])
        until(lambda: take.ended_by)
        with pytest.raises(TakeError, match="make room"):
            take.stop()
    assert take.ended_by == "disk"
    assert np.array_equal(samples_of(take.stop()), said[:8192])  # once there is room


def test_stopping_twice_gives_the_same_take(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = recording(tmp_path, microphone)
    microphone.speak(speech(0.1))
    assert take.stop() == take.stop()


def test_stopping_before_a_sound_came_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    take = recording(tmp_path, FakeMicrophone())
    with pytest.raises(TakeError, match="Nothing was recorded"):
        take.stop()
    assert not list(tmp_path.iterdir())


def test_stopping_what_was_not_started_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(TakeError, match="not started"):
        Recorder("", tmp_path, "t", opener=FakeMicrophone()).stop()


def test_a_microphone_that_can_not_be_opened_leaves_nothing(tmp_path: Path) -> None:
    take = Recorder("", tmp_path, "t", opener=FakeMicrophone(refusal="unplugged"))
    with pytest.raises(AudioDeviceError, match="unplugged"):
        take.start()
    assert not list(tmp_path.iterdir())


def test_a_microphone_that_never_answers_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "OPENING_SECONDS", 0.05)
    microphone = FakeMicrophone()
    waiting = microphone.answering
    waiting.clear()
    take = Recorder("", tmp_path, "t", opener=microphone)
    with pytest.raises(AudioDeviceError, match="does not answer"):
        take.start()
    waiting.set()  # it answers after all, too late
    assert microphone.closed.wait(10)
    assert not list(tmp_path.iterdir())


def test_a_microphone_by_name_is_asked_for(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = Recorder("Headset", tmp_path, "t", opener=microphone)
    take.start()
    assert microphone.name == "Headset"
    with pytest.raises(TakeError):
        take.stop()


def listening(folder: Path, microphone: FakeMicrophone) -> Recorder:
    opened = Recorder("", folder, "t", opener=microphone)
    opened.listen()
    return opened


def test_what_was_said_just_before_the_key_is_in_the_take_and_nothing_older(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(3.0)
    take = listening(tmp_path, microphone)
    microphone.speak(said[:32_000])
    until(lambda: remembered(take)[-1:].tolist() == said[31_999:32_000].tolist())
    assert len(remembered(take)) == 4800
    take.start()
    microphone.speak(said[32_000:])
    assert np.array_equal(samples_of(take.stop()), said[32_000 - 4800 :])


def remembered(take: Recorder) -> NDArray[np.int16]:
    return np.concatenate([np.zeros(0, np.int16), *take._ring])


def test_a_microphone_that_only_listens_leaves_nothing(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = listening(tmp_path, microphone)
    microphone.speak(speech(1.0))
    until(lambda: len(remembered(take)) == 4800)
    assert not list(tmp_path.iterdir())
    take.let_go()
    assert microphone.closed.is_set()
    assert len(remembered(take)) == 0
    assert not take.listening
    assert not list(tmp_path.iterdir())


def test_what_came_before_can_be_forgotten_the_prospect_spoke_then(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(1.0)
    take = listening(tmp_path, microphone)
    microphone.speak(said)
    until(lambda: len(remembered(take)) == 4800)
    take.start(preroll=False)
    microphone.speak(said[:1024])
    assert np.array_equal(samples_of(take.stop()), said[:1024])


def test_what_was_said_before_is_tapped_with_the_first_block(tmp_path: Path) -> None:
    tapped: list[NDArray[np.int16]] = []
    microphone, said = FakeMicrophone(), speech(1.0)
    take = listening(tmp_path, microphone)
    microphone.speak(said[:3200])
    until(lambda: len(remembered(take)) == 3200)
    take.start(on_block=tapped.append)
    microphone.speak(said[3200:])
    take.stop()
    assert np.array_equal(np.concatenate(tapped), said)


def test_a_microphone_that_went_while_it_listened_is_opened_anew(tmp_path: Path) -> None:
    microphone, said = FakeMicrophone(), speech(0.5)
    take = listening(tmp_path, microphone)
    microphone.speak(said)
    microphone.vanish()
    until(lambda: not take.listening)
    assert take.ended_by is None
    late = microphone._on_block
    take.start()
    late(said.tobytes(), False)  # the old one has something to say still
    microphone.speak(said[:512])
    assert np.array_equal(samples_of(take.stop()), said[:512])


def test_a_take_that_the_disk_refuses_lets_go_of_the_microphone(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = listening(tmp_path, microphone)
    (tmp_path / "t.flac").touch()
    with pytest.raises(TakeError):
        take.start()
    assert microphone.closed.wait(10)


def test_sound_lost_before_the_take_does_not_count(tmp_path: Path) -> None:
    microphone = FakeMicrophone()
    take = listening(tmp_path, microphone)
    microphone.speak(speech(0.1), overflow=True)
    until(lambda: len(remembered(take)))
    take.start()
    microphone.speak(speech(0.1))
    take.stop()
    assert take.overflows == 0


def test_portaudio_s_own_flag_counts_as_lost_input() -> None:
    try:
        import sounddevice
    except OSError as error:
        pytest.skip(str(error))
    flags = sounddevice.CallbackFlags()
    arrived: list[tuple[bytes, bool]] = []
    callback = portaudio.microphone_callback(lambda data, lost: arrived.append((data, lost)))
    callback(memoryview(b"\1\0\2\0"), 2, None, flags)
    flags.input_overflow = True
    callback(memoryview(b"\3\0\4\0"), 2, None, flags)
    assert arrived == [(b"\1\0\2\0", False), (b"\3\0\4\0", True)]


def test_a_machine_that_sleeps_ends_the_take_where_it_fell_asleep(tmp_path: Path) -> None:
    now = 0.0
    microphone, said = FakeMicrophone(), speech(1.0)
    take = Recorder("", tmp_path, "t", opener=microphone, clock=lambda: now)
    take.start()
    microphone.speak(said)
    now = 600.0
    microphone.speak(speech(0.1))
    until(lambda: take.ended_by)
    assert take.ended_by == "slept"
    assert np.array_equal(samples_of(take.stop()), said)
    assert microphone.closed.is_set()


def test_a_sleep_before_the_take_is_none_of_its_business(tmp_path: Path) -> None:
    now = 0.0
    microphone, said = FakeMicrophone(), speech(1.0)
    take = Recorder("", tmp_path, "t", opener=microphone, clock=lambda: now)
    take.listen()
    microphone.speak(speech(0.1))
    until(lambda: sum(map(len, take._ring)) == 1600)
    now = 600.0
    microphone.speak(speech(0.1))
    until(lambda: sum(map(len, take._ring)) == 3200)
    take.start(preroll=False)
    microphone.speak(said)
    assert take.stop().seconds >= 1.0
    assert take.ended_by is None
