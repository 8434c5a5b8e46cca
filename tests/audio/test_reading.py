import os
import wave
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from trainer.audio.errors import AudioError
from trainer.audio.reading import read
from trainer.errors import BadInputError

RATE = 16_000


def tone(seconds: float, rate: int = RATE, hertz: float = 440.0) -> NDArray[np.float32]:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def pitch(samples: NDArray[np.float32]) -> float:
    """Hz of the loudest partial."""
    return float(np.argmax(np.abs(np.fft.rfft(samples)))) * RATE / len(samples)


def encoded(
    path: Path, *, sound: bool = True, video: bool = False, seconds: float = 2.0, rate: int = 48_000
) -> Path:
    with av.open(str(path), "w") as container:
        if video:
            picture = container.add_stream("mpeg4", rate=10)
            picture.width, picture.height, picture.pix_fmt = 32, 32, "yuv420p"
        stream = container.add_stream("aac", rate=rate, layout="mono") if sound else None
        if video:
            for _ in range(5):
                container.mux(picture.encode(av.VideoFrame(32, 32, "yuv420p")))
            container.mux(picture.encode(None))
        if stream:
            frame = av.AudioFrame.from_ndarray(tone(seconds, rate).reshape(1, -1), "fltp", "mono")
            frame.sample_rate = rate
            fifo = av.AudioFifo()
            fifo.write(frame)
            for part in fifo.read_many(1024, partial=True):
                container.mux(stream.encode(part))
            container.mux(stream.encode(None))
    return path


def test_mono_16_khz_is_read_sample_for_sample(tmp_path: Path) -> None:
    samples = np.arange(-1000, 1000, dtype=np.int16)
    soundfile.write(tmp_path / "a.wav", samples, RATE)
    recording = read(tmp_path / "a.wav")
    assert recording.samples.dtype == np.float32
    assert np.array_equal(recording.samples * 32768, samples)
    assert recording.seconds == 2000 / RATE
    assert not recording.note


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 96_000])
def test_any_rate_becomes_16_khz(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "a.flac", tone(1.5, rate), rate)
    recording = read(tmp_path / "a.flac")
    assert recording.seconds == pytest.approx(1.5, abs=0.001)
    assert pitch(recording.samples) == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean(recording.samples**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.01)


def test_channels_are_mixed_down(tmp_path: Path) -> None:
    left, right = tone(0.5), tone(0.5, hertz=1000)
    soundfile.write(tmp_path / "a.wav", np.column_stack([left, right]), RATE, subtype="FLOAT")
    assert np.allclose(read(tmp_path / "a.wav").samples, (left + right) / 2, atol=1e-6)


@pytest.mark.parametrize("name", ["a.m4a", "a.mka", "a.mp4", "a.mov"])
def test_what_soundfile_does_not_know_is_read_with_pyav(tmp_path: Path, name: str) -> None:
    recording = read(encoded(tmp_path / name))
    assert recording.seconds == pytest.approx(2.0, abs=0.1)
    assert pitch(recording.samples) == pytest.approx(440, abs=1)
    assert not recording.note


def test_the_sound_of_a_video_is_read(tmp_path: Path) -> None:
    assert read(encoded(tmp_path / "a.mp4", video=True)).seconds == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("name", ["a.wav", "a.aiff", "a.flac", "a.ogg", "a.mp3"])
def test_a_file_cut_short_gives_what_it_has_and_says_so(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    soundfile.write(path, tone(20.0, 22_050), 22_050)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    recording = read(path)
    assert 5 < recording.seconds < 15
    assert "cut short" in recording.note
    assert f"{recording.seconds:.1f} s" in recording.note
    assert str(path) in recording.note


def test_a_video_cut_short_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    path = encoded(tmp_path / "a.mkv", seconds=20)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    recording = read(path)
    assert 5 < recording.seconds < 15
    assert "cut short" in recording.note


@pytest.mark.parametrize("promise", [0x7FFFF000, 0xFFFFFFFF, 0])
def test_a_wav_that_was_written_to_a_pipe_is_whole(tmp_path: Path, promise: int) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tone(1.0), RATE)
    data = bytearray(path.read_bytes())
    at = data.index(b"data") + 4
    data[at : at + 4] = promise.to_bytes(4, "little")
    path.write_bytes(data)
    recording = read(path)
    assert recording.seconds == 1.0
    assert not recording.note


def test_a_broken_middle_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.flac"
    soundfile.write(path, np.random.default_rng(1).uniform(-0.5, 0.5, 20 * RATE), RATE)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    recording = read(path)
    assert recording.seconds > 5
    assert "damaged" in recording.note


def test_values_that_are_no_sound_become_silence(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.array([np.nan, np.inf, -np.inf, 2.0]), RATE, subtype="FLOAT")
    assert read(tmp_path / "a.wav").samples.tolist() == [0.0, 1.0, -1.0, 1.0]


BAD = ["missing.wav", "empty.wav", "text.wav", "header.wav", "zeros.mp3", "silent film.mp4", "headless.m4a"]
BAD += ["folder"]


def test_one_value_that_is_no_sound_harms_no_other(tmp_path: Path) -> None:
    sound = tone(1.0, 44_100)
    sound[100] = np.nan
    soundfile.write(tmp_path / "a.wav", sound, 44_100, subtype="FLOAT")
    samples = read(tmp_path / "a.wav").samples
    assert np.isfinite(samples).all()
    assert pitch(samples[1000:]) == pytest.approx(440, abs=1)


def bad_inputs(folder: Path) -> dict[str, Path]:
    files = {
        name: folder / name for name in ("missing.wav", "empty.wav", "text.wav", "header.wav", "zeros.mp3")
    }
    files["empty.wav"].touch()
    files["text.wav"].write_text("Price is always an objection.\n" * 100, encoding="utf-8")
    with wave.open(str(files["header.wav"]), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
    files["zeros.mp3"].write_bytes(bytes(50_000))
    files["silent film.mp4"] = encoded(folder / "silent film.mp4", sound=False, video=True)
    files["headless.m4a"] = encoded(folder / "headless.m4a")
    files["headless.m4a"].write_bytes(files["headless.m4a"].read_bytes()[:2000])
    files["folder"] = folder
    return files


@pytest.mark.parametrize(
    "which",
    [
        "missing.wav",
        "empty.wav",
        "text.wav",
        "header.wav",
        "zeros.mp3",
        "silent film.mp4",
        "headless.m4a",
        "folder",
    ],
)
def test_what_holds_no_sound_gets_one_line_with_the_file_and_the_mend(tmp_path: Path, which: str) -> None:
    path = bad_inputs(tmp_path)[which]
    with pytest.raises(AudioError) as error:
        read(path)
    line = str(error.value)
    assert isinstance(error.value, BadInputError)
    assert error.value.exit_code == 2
    assert line.startswith(f"{path}: ")
    assert "\n" not in line
    assert line.count(". ") >= 1 or "(" in line  # what happened, and what to do


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    with pytest.raises(AudioError, match="pipe"):
        read(tmp_path / "pipe.wav")


def test_too_long_is_refused_with_the_limit_named(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(301 * 8_000, np.int16), 8_000)
    with pytest.raises(AudioError, match="longer than 5 minutes"):
        read(tmp_path / "a.wav")
    with pytest.raises(AudioError, match="longer than 10 seconds"):
        read(tmp_path / "a.wav", limit=10)
    assert read(tmp_path / "a.wav", limit=302).seconds == 301


def test_a_file_at_the_limit_is_taken(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(10 * RATE, np.int16), RATE)
    assert read(tmp_path / "a.wav", limit=10).seconds == 10


def test_no_native_library_writes_to_the_screen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.mp3"
    soundfile.write(path, np.random.default_rng(1).uniform(-0.5, 0.5, 20 * RATE), RATE)
    data = bytearray(path.read_bytes())
    for at in range(1000, len(data), 997):
        data[at] ^= 255
    path.write_bytes(data)
    read(path)
    assert capfd.readouterr().err == ""
