"""What is asked of PortAudio, of a library that answers as awkward devices do."""

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from trainer.audio import portaudio
from trainer.audio.errors import AudioDeviceError
from trainer.audio.portaudio import Fill


class RefusedError(Exception):
    pass


class Library:
    """Stands for the sounddevice module: one device, and the settings (rate, channels) that it takes."""

    PortAudioError = RefusedError
    CallbackStop = StopIteration

    def __init__(self, *, takes: set[tuple[int, int]], rate: int = 48_000, channels: int = 2) -> None:
        self.takes, self.calls = takes, list[str]()
        self.plugged = True
        self.device = {
            "name": "Headset",
            "index": 3,
            "default_samplerate": float(rate),
            "max_input_channels": channels,
            "max_output_channels": channels,
        }
        self.RawInputStream = self.OutputStream = self._stream
        self.streams: list[SimpleNamespace] = []

    def _exit_handler(self) -> None: ...

    def query_devices(self, device: int | None = None, kind: str = "") -> Any:
        if not self.plugged:
            raise RefusedError("Error querying device -1")
        return self.device if kind else [self.device]

    def _terminate(self) -> None:
        self.calls.append("terminate")

    def _initialize(self) -> None:
        self.calls.append("initialize")
        self.plugged = True

    def _stream(self, *, samplerate: int, channels: int, **how: Any) -> SimpleNamespace:
        if (samplerate, channels) not in self.takes:
            raise RefusedError(
                f"Error opening stream: Invalid sample rate {samplerate}\n[PaErrorCode -9997]", -9997
            )
        stream = SimpleNamespace(samplerate=float(samplerate), channels=channels, **{"latency": 0.05} | how)
        stream.start = lambda: self.calls.append("start")
        stream.abort = lambda **_: self.calls.append("abort")
        stream.close = lambda **_: self.calls.append("close")
        self.streams.append(stream)
        return stream


@pytest.fixture
def using(monkeypatch: pytest.MonkeyPatch) -> Callable[[Library], Library]:
    def use(library: Library) -> Library:
        monkeypatch.setitem(sys.modules, "sounddevice", library)
        return library

    return use


def open_microphone(name: str = "") -> portaudio.Stream:
    return portaudio.open_microphone(name, lambda *_: None, lambda: None)


@pytest.mark.parametrize(
    ("takes", "got"),
    [
        ({(16_000, 1), (48_000, 1), (48_000, 2)}, (16_000, 1)),
        ({(16_000, 2), (48_000, 1), (48_000, 2)}, (16_000, 2)),
        ({(48_000, 1), (48_000, 2)}, (48_000, 1)),
        ({(48_000, 2)}, (48_000, 2)),
    ],
)
def test_the_microphone_is_opened_as_near_to_16_khz_mono_as_it_lets_itself(
    using: Callable[[Library], Library], takes: set[tuple[int, int]], got: tuple[int, int]
) -> None:
    library = using(Library(takes=takes))
    stream = open_microphone()
    assert (stream.rate, stream.channels) == got
    assert library.streams[0].blocksize == got[0] * 32 // 1000
    assert library.calls == ["start"]
    stream.close()
    assert library.calls == ["start", "abort", "close"]


def test_a_microphone_is_found_by_its_name(using: Callable[[Library], Library]) -> None:
    library = using(Library(takes={(16_000, 1)}))
    open_microphone("Headset").close()
    assert library.streams[0].device == 3
    with pytest.raises(AudioDeviceError, match="no 'Webcam' now"):
        open_microphone("Webcam")


def test_a_microphone_plugged_in_since_is_found_by_looking_again(using: Callable[[Library], Library]) -> None:
    library = using(Library(takes={(16_000, 1)}))
    library.plugged = False
    open_microphone().close()
    assert library.calls[:3] == ["terminate", "initialize", "start"]


def test_devices_are_not_listed_anew_while_one_is_in_use(using: Callable[[Library], Library]) -> None:
    library = using(Library(takes={(16_000, 1)}))
    stream = open_microphone()
    portaudio.look_again()
    assert "terminate" not in library.calls
    stream.close()
    portaudio.look_again()
    assert library.calls[-2:] == ["terminate", "initialize"]


def test_a_device_that_takes_nothing_is_one_line(using: Callable[[Library], Library]) -> None:
    using(Library(takes=set()))
    with pytest.raises(AudioDeviceError) as error:
        open_microphone()
    assert "Invalid sample rate 16000" in str(error.value)  # what was wanted first
    assert "\n" not in str(error.value)


def test_both_sides_of_a_stereo_loudspeaker_get_the_sound(using: Callable[[Library], Library]) -> None:
    library = using(Library(takes={(44_100, 2)}, rate=44_100))
    asked: list[int] = []

    def fill_for(rate: int) -> Fill:
        asked.append(rate)

        def fill(out: Any) -> bool:
            out[:] = 0.5
            return len(asked) > 1

        return fill

    stream = portaudio.open_loudspeaker(16_000, fill_for, lambda: None)
    out = np.zeros((512, 2), np.float32)
    with pytest.raises(StopIteration):  # nothing more to play
        library.streams[0].callback(out, 512, None, None)
    assert (out == 0.5).all()
    assert asked == [44_100]
    asked.append(0)
    library.streams[0].callback(out, 512, None, None)
    stream.close()
