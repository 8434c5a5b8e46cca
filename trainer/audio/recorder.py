"""One take, from the microphone to the disk."""

import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio import level
from trainer.audio.errors import AudioDeviceError, TakeError
from trainer.audio.portaudio import OpenMicrophone, Stream, open_microphone
from trainer.audio.reading import REPLY_SECONDS
from trainer.audio.resampling import Resampler
from trainer.audio.takes import KeptTake, TakeWriter
from trainer.audio.waiting import in_time

Block = NDArray[np.int16]
EndedBy = Literal["device lost", "limit", "disk"]

OPENING_SECONDS = 5.0
"""A wireless headset takes a second or two to wake its microphone; a frozen sound server never answers."""

STALLED_SECONDS = 0.7
"""A device that stalls gives no sign but that blocks, due every 32 ms, no longer come."""

SECOND_LOOK = 0.2
"""What held this thread up (a busy machine, a laptop that slept) may have held up the device's too."""

LONGEST_TAIL = 0.3
CLOSING_SECONDS = 1.0


class Recorder:
    """Records one take into `folder`. Poll `level`, `seconds`, `overflows` and `ended_by` while it runs.

    `on_block` gets every block of 16 kHz samples once it is on disk, on the recorder's own thread; it must
    not raise. `ended_by` tells why a take ended by itself; what was said is kept all the same by `stop`.
    """

    def __init__(
        self,
        device: str,
        folder: Path,
        take_id: str,
        *,
        on_block: Callable[[Block], None] = lambda _: None,
        limit: float = REPLY_SECONDS,
        opener: OpenMicrophone = open_microphone,
    ) -> None:
        self.level = level.SILENCE
        self.overflows = 0
        self.ended_by: EndedBy | None = None
        self._device, self._folder, self._take_id = device, folder, take_id
        self._on_block, self._limit, self._opener = on_block, round(limit * SAMPLE_RATE), opener
        # A SimpleQueue takes no lock that Python code could hold: right for PortAudio's thread.
        self._arrived: queue.SimpleQueue[tuple[bytes, bool] | Literal["lost", "stop"]] = queue.SimpleQueue()
        self._written, self._closed = threading.Event(), threading.Event()
        self._take: TakeWriter | None = None
        self._stream: Stream | None = None
        self._kept: KeptTake | None = None
        self._only_zeros = True

    @property
    def seconds(self) -> float:
        """How much is on disk."""
        return self._take.seconds if self._take else 0.0

    @property
    def nothing_arrives(self) -> bool:
        """Whether a second and more came, all of it zeros: the microphone is muted, or forbidden to us."""
        return self._only_zeros and self.seconds >= 1.0

    def start(self) -> None:
        """Returns with the microphone on. AudioDeviceError or TakeError if it can't be, with nothing left."""
        take = TakeWriter(self._folder, self._take_id)
        try:
            stream = in_time(self._open, OPENING_SECONDS, late=lambda too_late: too_late.close())
        except AudioDeviceError:
            take.abandon()
            raise
        self._take, self._stream = take, stream
        # A daemon: nobody must have to wait for what it does in the end, which is closing the device.
        threading.Thread(target=self._run, args=(take, stream), name="recorder", daemon=True).start()

    def stop(self) -> KeptTake:
        """Ends the take and returns it as it is kept.

        TakeError if nothing was recorded, or if the disk refuses; then what was said stays beside, and `stop`
        may be called again.
        """
        if self._kept:
            return self._kept
        if self._take is None:
            raise TakeError("Nothing was recorded: the recorder was not started.")
        if self._stream and not self._written.is_set():
            # What was said up to now is still on its way.
            self._written.wait(min(self._stream.latency, LONGEST_TAIL))
        self._arrived.put("stop")
        self._written.wait()
        self._closed.wait(CLOSING_SECONDS)
        self._kept = self._take.finish()
        return self._kept

    def _open(self) -> Stream:
        return self._opener(self._device, self._arrive, lambda: self._arrived.put("lost"))

    def _run(self, take: TakeWriter, stream: Stream) -> None:
        try:
            self._record(take, stream)
        finally:
            self.level = level.SILENCE
            self._written.set()
            stream.close()
            self._closed.set()

    def _arrive(self, data: bytes, overflow: bool) -> None:
        self._arrived.put((data, overflow))

    def _record(self, take: TakeWriter, stream: Stream) -> None:
        convert = _Conversion(stream.rate, stream.channels)
        patience = OPENING_SECONDS
        while (data := self._next(patience)) is not None:
            patience = STALLED_SECONDS
            self._write(take, convert(data))
            if self.ended_by:
                return
        self._write(take, convert(b"", last=True))

    def _next(self, patience: float) -> bytes | None:
        """The next block; None at the end, whoever brought it about."""
        for seconds in (patience, SECOND_LOOK):
            try:
                item = self._arrived.get(timeout=seconds)
                break
            except queue.Empty:
                item = "lost"
        if item == "stop":
            return None
        if item == "lost":
            self.ended_by = "device lost"
            return None
        data, overflow = item
        self.overflows += overflow
        return data

    def _write(self, take: TakeWriter, block: Block) -> None:
        block = block[: self._limit - take.samples]
        try:
            take.write(block)
        except TakeError:
            self.ended_by = "disk"
            return
        if not len(block):
            return
        self.level = level.dbfs(block)
        self._only_zeros = self._only_zeros and not block.any()
        self._on_block(block)
        if take.samples >= self._limit:
            self.ended_by = "limit"


class _Conversion:
    """Whatever the device gives, as mono at 16 kHz."""

    def __init__(self, rate: int, channels: int) -> None:
        self._channels = channels
        self._resample = Resampler(rate, SAMPLE_RATE, np.int16) if rate != SAMPLE_RATE else None

    def __call__(self, data: bytes, *, last: bool = False) -> Block:
        block: Block = np.frombuffer(data, np.int16)
        if self._channels > 1:
            block = block.reshape(-1, self._channels).mean(axis=1).round().astype(np.int16)
        if self._resample is not None:
            block = self._resample(block, last=last)
        return block
