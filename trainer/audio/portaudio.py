"""PortAudio, through sounddevice, which is loaded when sound is first wanted.

While a sound server is frozen nothing here returns, and native libraries write to the screen: call it through
`in_time`, or on a thread that nobody waits for.
"""

import atexit
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio.errors import AudioDeviceError

BLOCK_SECONDS = 0.032
"""512 samples at 16 kHz. A size must be given: by default callbacks get 1 to 140 samples each, and when the
sound server dies some calls never return."""

PLAY_LATENCY = 0.2
"""At the default of 35 ms a busy machine leaves gaps in what is played."""

GET_PORTAUDIO = {
    "linux": "Install it: sudo apt-get install libportaudio2 (Fedora, Arch: portaudio).",
    "darwin": "Install it again: pip install --force-reinstall sounddevice (or: brew install portaudio).",
    "win32": "Install it again: pip install --force-reinstall sounddevice.",
}

# PortAudio is one for the process, and not made for threads: one call at a time.
_lock = threading.Lock()
_open_streams: set["_SoundStream"] = set()

LEAVING_SECONDS = 1.0
"""Closing a device that works takes a tenth of that."""

OnBlock = Callable[[bytes, bool], None]
"""Gets interleaved 16-bit samples and whether some were lost before them, on PortAudio's thread."""

Fill = Callable[[NDArray[np.float32]], bool]
"""Fills a block of mono samples and says whether there are more, on PortAudio's thread."""


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone or loudspeaker: the name it is chosen by, and whether the system would choose it."""

    name: str
    default: bool


class Stream(Protocol):
    """An open device. `latency` is how many seconds sound is on its way."""

    rate: int
    channels: int
    latency: float

    def close(self) -> None:
        """Ends it at once."""
        ...


class OpenMicrophone(Protocol):
    """Opens and starts a microphone by name ("" is the system's own choice), AudioDeviceError if it can't.

    `on_end` is called when it is gone, or when Python ends; whoever opened it must then close it.
    """

    def __call__(self, name: str, on_block: OnBlock, on_end: Callable[[], None]) -> Stream: ...  # noqa: D102


class OpenLoudspeaker(Protocol):
    """Opens and starts a loudspeaker, at `rate` Hz if it takes that; AudioDeviceError if it can't."""

    def __call__(self, rate: int, fill_for: Callable[[int], Fill], on_end: Callable[[], None]) -> Stream:
        """`fill_for` is asked before the first sample, with the rate that the device did take."""
        ...


class _SoundStream:
    def __init__(self, stream: Any, on_end: Callable[[], None]) -> None:
        self._stream, self.on_end = stream, on_end
        self.rate, self.channels = round(stream.samplerate), stream.channels
        self.latency = float(stream.latency)

    def close(self) -> None:
        with _lock:
            # abort, not stop: that waits for ever on a device that has stalled.
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)
            _open_streams.discard(self)


def sounddevice() -> Any:
    """The library, loaded; AudioDeviceError with the mend where PortAudio is missing."""
    try:
        with _lock:
            import sounddevice as library  # noqa: PLC0415 - loading it looks for devices and takes time
    except Exception as error:  # PortAudio's own error can't be imported when it fails to load
        mend = GET_PORTAUDIO.get(sys.platform, "Install the PortAudio library.")
        raise AudioDeviceError(f"No sound: the PortAudio library can't be loaded. {mend}") from error
    atexit.unregister(library._exit_handler)  # waits for ever for a device that hangs; see _leave
    return library


@atexit.register
def _leave() -> None:
    """Closes what is open when Python ends, or callbacks run into a Python that is gone; but never hangs."""
    library: Any = sys.modules.get("sounddevice")
    for stream in tuple(_open_streams):
        stream.on_end()  # whoever opened it closes it: no thread can be started any more
    end = time.monotonic() + LEAVING_SECONDS
    while _open_streams and time.monotonic() < end:
        time.sleep(0.005)
    if library and not _open_streams and _lock.acquire(timeout=LEAVING_SECONDS):
        library._exit_handler()


def look_again() -> None:
    """Has PortAudio list devices anew (it does so once, when loaded), unless one of them is in use."""
    library = sounddevice()
    with _lock:
        if not _open_streams:
            library._terminate()
            library._initialize()


def devices(kind: Literal["input", "output"]) -> list[Device]:
    """The devices of the default host interface; the others list the same ones again."""
    library = sounddevice()
    with _device_errors(library, "list of sound devices"), _lock:
        host = library.query_hostapis(library.default.hostapi)
        found = [library.query_devices(index) for index in host["devices"]]
    default = host[f"default_{kind}_device"]
    return [Device(each["name"], each["index"] == default) for each in found if each[f"max_{kind}_channels"]]


def open_microphone(name: str, on_block: OnBlock, on_end: Callable[[], None]) -> Stream:
    """See `OpenMicrophone`. Asks for 16 kHz mono; takes the device's own rate and stereo where it insists."""
    library = sounddevice()

    def opened() -> Any:
        device = _find(library, name, "input")
        tried = _first_that_opens(
            library,
            library.RawInputStream,
            _settings(library, device, "input", SAMPLE_RATE),
            dtype="int16",
            device=device,
            callback=microphone_callback(on_block),
            finished_callback=on_end,
        )
        tried.start()
        return tried

    return _opened_somehow(library, opened, on_end, f"microphone {name!r}" if name else "microphone")


def microphone_callback(on_block: OnBlock) -> Callable[[Any, int, Any, Any], None]:
    """What PortAudio calls for every block. Copies and hands on: whatever it waits for, sound is lost for."""

    def callback(data: Any, _frames: int, _time: Any, status: Any) -> None:
        on_block(bytes(data), status.input_overflow)

    return callback


def open_loudspeaker(rate: int, fill_for: Callable[[int], Fill], on_end: Callable[[], None]) -> Stream:
    """See `OpenLoudspeaker`."""
    library = sounddevice()
    fill: Fill

    def callback(out: Any, _frames: int, _time: Any, _status: Any) -> None:
        more = fill(out[:, 0])
        out[:, 1:] = out[:, :1]
        if not more:
            raise library.CallbackStop

    def opened() -> Any:
        nonlocal fill
        device = _find(library, "", "output")
        stream = _first_that_opens(
            library,
            library.OutputStream,
            _settings(library, device, "output", rate),
            dtype="float32",
            device=device,
            latency=PLAY_LATENCY,
            callback=callback,
            finished_callback=on_end,
        )
        fill = fill_for(round(stream.samplerate))
        stream.start()
        return stream

    return _opened_somehow(library, opened, on_end, "loudspeaker")


def _find(library: Any, name: str, kind: str) -> int | None:
    """The index of the device of that name, None for the system's own choice."""
    if not name:
        return None
    for device in library.query_devices():
        if device["name"] == name and device[f"max_{kind}_channels"]:
            return int(device["index"])
    raise AudioDeviceError(f"There is no {name!r} now. Plug it in, or choose another microphone.")


def _settings(library: Any, device: int | None, kind: str, rate: int) -> Iterator[tuple[int, int]]:
    """Rates and channels to try, the wanted ones first."""
    found = library.query_devices(device, kind)
    own, most = round(found["default_samplerate"]), found[f"max_{kind}_channels"]
    for each in dict.fromkeys((rate, own)):
        yield each, 1
        if most > 1:
            yield each, 2


def _first_that_opens(library: Any, kind: Any, settings: Iterator[tuple[int, int]], **how: Any) -> Any:
    refusals: list[Exception] = []
    for rate, channels in settings:
        try:
            return kind(samplerate=rate, channels=channels, blocksize=round(rate * BLOCK_SECONDS), **how)
        except (library.PortAudioError, ValueError) as refused:
            refusals.append(refused)
    raise refusals[0]


def _opened_somehow(library: Any, opener: Callable[[], Any], on_end: Callable[[], None], what: str) -> Stream:
    """Opens a device, once more with a fresh list of devices where the first try fails."""
    try:
        return _opened(opener, on_end)
    except (library.PortAudioError, AudioDeviceError, ValueError):
        look_again()
    with _device_errors(library, what):
        return _opened(opener, on_end)


def _opened(opener: Callable[[], Any], on_end: Callable[[], None]) -> Stream:
    with _lock:
        stream = _SoundStream(opener(), on_end)
        _open_streams.add(stream)
    return stream


@contextmanager
def _device_errors(library: Any, what: str) -> Iterator[None]:
    try:
        yield
    except (library.PortAudioError, ValueError) as error:
        raise AudioDeviceError(
            f"The {what} can't be opened ({_plain(error)}). Plug it in, or free it if a program uses it."
        ) from error


def _plain(error: Exception) -> str:
    """PortAudio's words without its numbers and line ends."""
    text = str(error.args[0]) if error.args else str(error)
    return " ".join(text.split()).removesuffix(":")
