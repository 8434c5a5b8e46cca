"""One take, from the microphone to the disk."""

import contextlib
import math
import queue
import threading
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.recogniser import SAMPLE_RATE
from trainer.audio import level
from trainer.audio.clock import elapsed
from trainer.audio.errors import AudioDeviceError, TakeError
from trainer.audio.portaudio import OpenMicrophone, Stream, open_microphone
from trainer.audio.reading import REPLY_SECONDS
from trainer.audio.resampling import Resampler
from trainer.audio.takes import KeptTake, TakeWriter
from trainer.audio.waiting import in_time

Block = NDArray[np.int16]
EndedBy = Literal["device lost", "limit", "disk", "slept"]

OPENING_SECONDS = 5.0
"""A wireless headset takes a second or two to wake its microphone; a frozen sound server never answers."""

STALLED_SECONDS = 0.55
"""A device that stalls gives no sign but that blocks, due every 32 ms, no longer come."""

SECOND_LOOK = 0.2
"""What held this thread up (a busy machine, a laptop that slept) may have held up the device's too."""

SLEPT_SECONDS = 2.0
"""Between two blocks: a device that stalls is given up sooner, so the machine slept and was woken."""

PREROLL_SECONDS = 0.3
"""Kept of what comes before `start`: people begin to speak while their finger is still on the key."""

LONGEST_TAIL = 0.3
CLOSING_SECONDS = 1.0


class Recorder:
    """Records one take into `folder`. Poll `level`, `seconds`, `overflows` and `ended_by` while it runs.

    `listen` may open the microphone ahead of `start`: then the take begins with the last 0.3 s before it.
    Until `start` those are in memory alone, and whatever is older is gone.

    `ended_by` tells why a take ended by itself; what was said is kept all the same by `stop`.
    """

    def __init__(
        self,
        device: str,
        folder: Path,
        take_id: str,
        *,
        limit: float = REPLY_SECONDS,
        opener: OpenMicrophone = open_microphone,
        clock: Callable[[], float] = elapsed,
    ) -> None:
        self.level = level.SILENCE
        self.overflows = 0
        self.ended_by: EndedBy | None = None
        self._device, self._folder, self._take_id = device, folder, take_id
        self._limit, self._opener, self._clock = round(limit * SAMPLE_RATE), opener, clock
        self._arrived, self._written, self._closed = _Arrivals(), threading.Event(), threading.Event()
        self._turn = threading.Lock()  # whether a block goes into the ring or the take is decided once
        self._ring: deque[Block] = deque()
        self._take: TakeWriter | None = None
        self._stream: Stream | None = None
        self._kept: KeptTake | None = None
        self._only_zeros = True
        self._on_block: Callable[[Block], None] = lambda _: None

    @property
    def seconds(self) -> float:
        """How much is on disk."""
        return self._take.seconds if self._take else 0.0

    @property
    def nothing_arrives(self) -> bool:
        """Whether a second and more came, all of it zeros: the microphone is muted, or forbidden to us."""
        return self._only_zeros and self.seconds >= 1.0

    @property
    def listening(self) -> bool:
        """Whether the microphone is open; before `start` nothing is kept of what it gives but 0.3 s."""
        return self._stream is not None and not self._written.is_set()

    def listen(self) -> None:
        """Opens the microphone for a `start` to come. AudioDeviceError if it can't be."""
        # New ones each time: a microphone that has gone may have something to say still.
        arrived = _Arrivals()
        opened = partial(
            self._opener,
            self._device,
            lambda data, lost: arrived.put((data, lost, self._clock())),
            lambda: arrived.put("lost"),
        )
        self._stream = in_time(opened, OPENING_SECONDS, late=lambda too_late: too_late.close())
        self._arrived, self._written, self._closed = arrived, threading.Event(), threading.Event()
        # A daemon: nobody must have to wait for what it does in the end, which is closing the device.
        ends = self._written, self._closed
        threading.Thread(
            target=self._run, args=(self._stream, arrived, *ends), name="recorder", daemon=True
        ).start()

    def start(self, *, on_block: Callable[[Block], None] = lambda _: None, preroll: bool = True) -> None:
        """Begins the take; opens the microphone if it isn't. AudioDeviceError or TakeError if that fails.

        `on_block` gets every block of 16 kHz samples once it is on disk, on the recorder's own thread; it
        must not raise. Without `preroll` what came before is forgotten.
        """
        try:
            take = TakeWriter(self._folder, self._take_id)
        except TakeError:
            self.let_go()
            raise
        with self._turn:
            going_on = self.listening
            if going_on:
                self._begin(take, on_block)
            if not preroll:
                self._ring.clear()
        if going_on:
            return
        self._ring.clear()  # of a microphone that is gone
        try:
            self.listen()
        except AudioDeviceError:
            take.abandon()
            raise
        with self._turn:
            self._begin(take, on_block)

    def let_go(self) -> None:
        """Closes a microphone that only listened; nothing is left of what it heard."""
        if self.listening and self._take is None:
            self._arrived.put("stop")
            self._closed.wait(CLOSING_SECONDS)
        self._ring.clear()

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

    def _begin(self, take: TakeWriter, on_block: Callable[[Block], None]) -> None:
        self._take, self._on_block = take, on_block

    def _run(
        self, stream: Stream, arrived: "_Arrivals", written: threading.Event, closed: threading.Event
    ) -> None:
        try:
            self._record(stream, arrived, written)
        finally:
            self.level = level.SILENCE
            written.set()
            stream.close()
            closed.set()

    def _record(self, stream: Stream, arrived: "_Arrivals", written: threading.Event) -> None:
        convert = _Conversion(stream.rate, stream.channels)
        patience, before = OPENING_SECONDS, math.inf
        while isinstance(item := _next(arrived, patience), tuple):
            data, overflow, at = item
            if at - before > SLEPT_SECONDS:
                self.ended_by = "slept"
                break
            patience, before = STALLED_SECONDS, math.inf if self._take is None else at
            self.overflows += overflow and self._take is not None
            self._put(convert(data))
            if self.ended_by:
                return
        with self._turn:
            if self._take is None:
                written.set()  # a `start` from now on opens it anew
                return
        if item == "lost":
            self.ended_by = "device lost"
        self._put(convert(b"", last=True))

    def _put(self, block: Block) -> None:
        """Into the take, after what was remembered before it; or into what is remembered."""
        with self._turn:
            self._ring.append(block)
            if self._take is None:
                self._forget()
                return
            blocks, take = list(self._ring), self._take
            self._ring.clear()
        self._write(take, np.concatenate(blocks))

    def _forget(self) -> None:
        """All but the newest 0.3 s."""
        spare = sum(map(len, self._ring)) - round(PREROLL_SECONDS * SAMPLE_RATE)
        while spare > 0:
            oldest = self._ring.popleft()
            if spare < len(oldest):
                self._ring.appendleft(oldest[spare:])
            spare -= len(oldest)

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


_Item = tuple[bytes, bool, float] | Literal["lost", "stop"]
# A SimpleQueue takes no lock that Python code could hold: right for PortAudio's thread.
_Arrivals = queue.SimpleQueue[_Item]


def _next(arrived: "_Arrivals", patience: float) -> _Item:
    """The next block, or why there is none."""
    for seconds in (patience, SECOND_LOOK):
        with contextlib.suppress(queue.Empty):
            return arrived.get(timeout=seconds)
    return "lost"


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
