import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from tests.audio.fakes import FakeLoudspeaker, speech
from tests.virtual_mic.server import until
from trainer.audio import player
from trainer.audio.errors import AudioDeviceError, AudioError
from trainer.audio.player import Player
from trainer.audio.portaudio import Fill


def noise(seconds: float, rate: int = 16_000) -> NDArray[np.float32]:
    return (speech(seconds, rate=rate) / 32768).astype(np.float32)


def test_samples_are_played_and_followed_by_silence() -> None:
    speaker, sound = FakeLoudspeaker(), noise(1.0)
    playing = Player(speaker)
    playing.play(sound)
    until(lambda: not playing.playing)
    assert speaker.rate == 16_000
    assert np.array_equal(speaker.played[: len(sound)], sound)
    rest = speaker.played[len(sound) :]
    assert len(rest) >= 0.3 * 16_000
    assert not rest.any()
    assert speaker.closed.wait(10)


def test_a_file_is_played_at_its_own_rate(tmp_path: Path) -> None:
    sound = noise(0.5, 22_050)
    soundfile.write(tmp_path / "a.wav", sound, 22_050, subtype="FLOAT")
    speaker = FakeLoudspeaker()
    Player(speaker).play(tmp_path / "a.wav")
    assert speaker.rate == 22_050
    assert np.array_equal(speaker.played[: len(sound)], sound)


def test_a_device_with_its_own_rate_gets_that() -> None:
    speaker = FakeLoudspeaker(rate=48_000)
    tone = np.sin(2 * np.pi * 440 * np.arange(16_000) / 16_000).astype(np.float32)
    Player(speaker).play(tone)
    want = np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000)
    assert np.abs(speaker.played[:48_000] - want)[2400:-2400].max() < 0.01


@pytest.mark.parametrize(
    ("start", "end", "part"), [(0.5, None, slice(8000, 16000)), (0.25, 0.5, slice(4000, 8000))]
)
def test_evidence_is_played_from_its_second_to_its_end(start: float, end: float | None, part: slice) -> None:
    speaker, sound = FakeLoudspeaker(), noise(1.0)
    Player(speaker).play(sound, start, end)
    wanted = sound[part]
    assert np.array_equal(speaker.played[: len(wanted)], wanted)
    assert not speaker.played[len(wanted) :].any()


def test_starting_after_the_end_is_silence() -> None:
    speaker = FakeLoudspeaker()
    Player(speaker).play(noise(0.5), start=3.0)
    assert not speaker.played.any()


def test_stop_ends_it_at_once() -> None:
    speaker = FakeLoudspeaker(stuck=True)
    playing = Player(speaker)
    playing.play(noise(5.0))
    speaker.play(10)
    assert playing.playing
    playing.stop()
    assert not playing.playing
    assert speaker.closed.wait(10)


def test_a_new_sound_ends_the_one_before() -> None:
    speakers = [FakeLoudspeaker(stuck=True), FakeLoudspeaker(stuck=True)]
    waiting = iter(speakers)

    def opener(rate: int, fill_for: Callable[[int], Fill], on_end: Callable[[], None]) -> FakeLoudspeaker:
        return next(waiting)(rate, fill_for, on_end)

    playing = Player(opener)
    playing.play(noise(5.0))
    playing.play(noise(1.0))
    assert speakers[0].closed.wait(10)
    assert playing.playing
    assert not speakers[1].closed.is_set()
    playing.stop()


def test_stop_does_not_wait_for_what_is_only_about_to_play() -> None:
    speaker, opening, open_now = FakeLoudspeaker(stuck=True), threading.Event(), threading.Event()

    def opener(rate: int, fill_for: Callable[[int], Fill], on_end: Callable[[], None]) -> FakeLoudspeaker:
        opening.set()
        open_now.wait(10)
        return speaker(rate, fill_for, on_end)

    playing = Player(opener)
    caller = threading.Thread(target=playing.play, args=(noise(5.0),))
    caller.start()
    assert opening.wait(10)
    playing.stop()
    assert not open_now.is_set()
    open_now.set()
    caller.join()
    assert speaker.closed.wait(10)
    assert not playing.playing


def test_a_loudspeaker_that_takes_no_more_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "STALLED_SECONDS", 0.05)
    speaker = FakeLoudspeaker(stuck=True)
    playing = Player(speaker)
    playing.play(noise(5.0))
    assert speaker.closed.wait(10)
    assert not playing.playing


def test_without_a_loudspeaker_it_is_one_line_and_nothing_plays() -> None:
    playing = Player(FakeLoudspeaker(refusal="no loudspeaker"))
    with pytest.raises(AudioDeviceError, match="no loudspeaker"):
        playing.play(noise(0.1))
    assert not playing.playing


def test_a_file_without_sound_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.wav").touch()
    with pytest.raises(AudioError, match="empty"):
        Player(FakeLoudspeaker()).play(tmp_path / "a.wav")


def test_stopping_when_nothing_plays_does_nothing() -> None:
    playing = Player(FakeLoudspeaker())
    playing.stop()
    assert not playing.playing
