"""A reply heard while it is spoken: one thread follows the voice, one makes words of what is complete."""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch
from models.recogniser import SAMPLE_RATE, Recogniser
from scoring.transcript import Transcript, Word
from trainer.hearing.pace import Pace
from trainer.hearing.reply import Heard, transcript_of, with_sound, words_of
from trainer.hearing.stretches import Stretches
from trainer.hearing.work import Listen, Look, Work

THREAD = "hearing"
"""The name of both threads; daemons, for native code can't be interrupted and nobody must wait for it."""

BEHIND = 10.0
"""Seconds of speech that wait for the recogniser from which it is no longer worth waiting for words."""

LOOK = 0.05
"""Seconds between two looks at whether the end of a reply is still wanted."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """What is known of a reply that is still spoken.

    `firm` words stay as they are. `tentative` ones may change. `silent_for`: seconds of pause after what was
    said, 0 before anything was. `behind`: the machine is slower than the voice, words come afterwards.
    """

    firm: tuple[Word, ...] = ()
    tentative: tuple[Word, ...] = ()
    silent_for: float = 0.0
    behind: bool = False


class Live:
    """One reply. `feed` it blocks from the recorder's thread, `use` a recogniser as soon as there is one.

    Poll `so_far`; end with `finish` or `abandon`. `lock` is held while the recogniser works: it serves one
    at a time. Nothing queues up for the recogniser but the bounds of stretches: their sound is kept once,
    for the end.
    """

    def __init__(
        self,
        *,
        hotwords: Sequence[str] = (),
        lock: AbstractContextManager[object] | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._hotwords, self._lock, self._clock = hotwords, lock or nullcontext(), clock
        self._arrived: queue.SimpleQueue[NDArray[np.int16] | None] = queue.SimpleQueue()
        self._recogniser: Recogniser | None = None
        self._change = threading.Condition()
        self._sound = bytearray()
        self._blocks = bytearray()  # of speech and of none
        self._work = Work()
        self._abandoned = self._worked = False
        self._failure: Exception | None = None
        self._so_far = SoFar()

    # What others call

    @property
    def so_far(self) -> SoFar:
        """The newest state; nobody needs to see all of them."""
        return self._so_far

    @property
    def in_use(self) -> bool:
        """Whether it has a recogniser."""
        return self._recogniser is not None

    def feed(self, block: NDArray[np.int16]) -> None:
        """The next samples. Returns at once."""
        self._arrived.put(block)

    def use(self, recogniser: Recogniser) -> None:
        """Begins to listen, with what was fed before."""
        if self._recogniser is None and not self._abandoned:
            self._recogniser, self._work = recogniser, Work(drafts=recogniser.drafts)
            for work in (self._listen, self._transcribe):
                threading.Thread(
                    target=self._guarded, args=(work, recogniser), name=THREAD, daemon=True
                ).start()

    def finish(
        self,
        *,
        on_progress: Callable[[float], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Transcript:
        """The reply is over: its words, as soon as those of its last stretch are there.

        Blocks. Raises what the recogniser raised. When `cancelled` turns true, the words so far come back.
        """
        recogniser = self._recogniser
        assert recogniser is not None, "there is nobody to make words"  # noqa: S101 - `in_use` says so
        self._arrived.put(None)
        with self._change:
            while not self._worked and not self._failure:
                if cancelled():
                    self.abandon()
                    return transcript_of(self._work.heard, self._seconds(), recogniser)
                self._change.wait(LOOK)
                on_progress(self._work.share)
        if self._failure:
            raise self._failure
        return transcript_of(self._work.heard, self._seconds(), recogniser)

    def abandon(self) -> None:
        """Nobody wants the words any more. What the recogniser is at ends, nothing else begins."""
        with self._change:
            self._abandoned = True
            self._change.notify_all()
        self._arrived.put(None)

    # The thread that follows the voice

    def _listen(self, recogniser: Recogniser) -> None:
        cutter = Stretches(recogniser.cuts)
        self._blocks = cutter.blocks
        while (block := self._arrived.get()) is not None and not self._abandoned:
            found = cutter.feed(_floats(block.tobytes()))
            self._arrive(block.tobytes(), found, cutter)
        found = cutter.finish()
        with self._change:
            self._work.add(found)
            self._work.pending, self._work.complete = None, True
            self._change.notify_all()

    def _arrive(self, sound: bytes, found: list[Stretch], cutter: Stretches) -> None:
        with self._change:
            self._sound += sound
            self._work.add(found)
            if found or cutter.pending != self._work.pending:
                self._work.pending = cutter.pending
                self._change.notify_all()
            self._publish(silent_for=cutter.silent_for if cutter.spoken else 0.0)

    # The thread that makes words

    def _transcribe(self, recogniser: Recogniser) -> None:
        pace = Pace(recogniser.cuts)
        while (job := self._next(pace)) is not None:
            begun = self._clock()
            if isinstance(job, Look):
                heard = with_sound(job.heard, self._part(job.heard.stretch), self._blocks)
                pace.took(self._clock() - begun, what="sound")
                with self._change:
                    self._work.look_at(job, heard)
            else:
                heard = self._listen_to(job, recogniser)
                pace.took(self._clock() - begun, what="draft" if job.draft else "stretch")
                with self._change:
                    self._work.take_in(job, heard)
                    self._publish()
        with self._change:
            self._worked = True
            self._change.notify_all()

    def _next(self, pace: Pace) -> Listen | Look | None:
        """What to do next, waited for; None when all is done."""
        with self._change:
            while not self._abandoned:
                job = self._work.next(self._seconds(), pace)
                self._publish()
                if job is not None or self._work.complete:
                    return job
                self._change.wait()
        return None

    def _listen_to(self, job: Listen, recogniser: Recogniser) -> Heard:
        part = self._part(job.stretch)
        with self._lock:
            if job.draft:
                words = tuple(recogniser.words(part, hotwords=self._hotwords, draft=True))
            else:
                words = words_of(part, recogniser, self._hotwords)
        return Heard(job.stretch, words)

    # What both share

    def _publish(self, *, silent_for: float | None = None) -> None:
        self._so_far = SoFar(
            self._work.firm,
            self._work.tentative,
            self._so_far.silent_for if silent_for is None else silent_for,
            behind=self._work.waiting > BEHIND,
        )

    def _seconds(self) -> float:
        return len(self._sound) / 2 / SAMPLE_RATE

    def _part(self, stretch: Stretch) -> NDArray[np.float32]:
        with self._change:
            first, last = (round(at * SAMPLE_RATE) * 2 for at in (stretch.start, stretch.end))
            return _floats(bytes(self._sound[first:last]))

    def _guarded(self, work: Callable[[Recogniser], None], recogniser: Recogniser) -> None:
        try:
            work(recogniser)
        except Exception as error:  # noqa: BLE001 - it is raised where the words are waited for
            with self._change:
                self._failure = error
                self._abandoned = True
                self._change.notify_all()


def _floats(sound: bytes) -> NDArray[np.float32]:
    """16-bit samples as the recorder writes them, in -1..1: exactly what reading the take gives."""
    return np.frombuffer(sound, np.int16).astype(np.float32) / np.float32(32768)
