"""A reply heard while it is spoken: one thread follows the voice, one makes words of what is complete."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch
from models.recogniser import SAMPLE_RATE, Recogniser
from scoring.transcript import Transcript, Word
from trainer.hearing.pace import Pace
from trainer.hearing.reply import Heard, transcript_of, with_sound, words_of
from trainer.hearing.stretches import Stretches

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


@dataclass(frozen=True, slots=True)
class _Guess:
    """What a stretch would say if it ended in this pause."""

    heard: Heard
    draft: bool


@dataclass(frozen=True, slots=True)
class _Listen:
    """To make words of a stretch."""

    stretch: Stretch
    guess: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """To find what the sound of a stretch says beside its words: a firm one by its number, or the guess."""

    heard: Heard
    number: int | None


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
        self._due: deque[Stretch] = deque()
        self._pending: Stretch | None = None
        self._guess: _Guess | None = None
        self._heard: list[Heard] = []
        self._blocks = bytearray()  # of speech and of none
        self._firm: tuple[Word, ...] = ()
        self._done = self._known = 0.0  # where the last stretch ends whose words are there; that is known
        self._complete = self._abandoned = self._worked = False
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
            self._recogniser = recogniser
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
                    return transcript_of(self._heard, self._seconds(), recogniser)
                self._change.wait(LOOK)
                on_progress(self._share())
        if self._failure:
            raise self._failure
        return transcript_of(self._heard, self._seconds(), recogniser)

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
            self._take_up(found)
            self._pending, self._complete = None, True
            self._change.notify_all()

    def _arrive(self, sound: bytes, found: list[Stretch], cutter: Stretches) -> None:
        with self._change:
            self._sound += sound
            self._take_up(found)
            if found or cutter.pending != self._pending:
                self._pending = cutter.pending
                self._change.notify_all()
            self._publish(silent_for=cutter.silent_for if cutter.spoken else 0.0)

    def _take_up(self, found: list[Stretch]) -> None:
        if found:
            self._due += found
            self._known = found[-1].end

    # The thread that makes words

    def _transcribe(self, recogniser: Recogniser) -> None:
        pace = Pace(recogniser.cuts)
        while (job := self._next(pace, recogniser)) is not None:
            begun = self._clock()
            if isinstance(job, _Look):
                self._look(job)
                pace.took(self._clock() - begun, what="sound")
            else:
                heard = self._listen_to(job, recogniser)
                pace.took(self._clock() - begun, what="draft" if job.draft else "stretch")
                self._take_in(job, heard)
        with self._change:
            self._worked = True
            self._change.notify_all()

    def _next(self, pace: Pace, recogniser: Recogniser) -> _Listen | _Look | None:
        """What to do next: what is certain before what is guessed, words before the sound beside them.

        None when all is done.
        """
        with self._change:
            while not self._abandoned:
                if self._due:
                    stretch, guess = self._due.popleft(), self._guess
                    if guess is None or guess.draft or guess.heard.stretch != stretch:
                        return _Listen(stretch)
                    self._settle(guess.heard)
                elif (look := self._unlooked()) is not None:
                    return look
                elif self._complete:
                    return None
                elif (job := self._worth_guessing(pace, recogniser)) is not None:
                    return job
                else:
                    self._change.wait()
        return None

    def _unlooked(self) -> _Look | None:
        """The first stretch with firm words of which the sound was not looked at."""
        numbered = enumerate(self._heard)
        return next((_Look(heard, number) for number, heard in numbered if heard.beside is None), None)

    def _worth_guessing(self, pace: Pace, recogniser: Recogniser) -> _Listen | _Look | None:
        """In a pause for which there is time enough: its words, that can stay or as a draft, or its sound."""
        pending, guess = self._pending, self._guess
        if pending is None:
            return None
        spoken = self._seconds() - pending.start
        if guess and guess.heard.stretch == pending:
            due = not guess.draft and guess.heard.beside is None and pace.fits(spoken, "sound")
            return _Look(guess.heard, None) if due else None
        if pace.fits(spoken, "stretch"):
            return _Listen(pending, guess=True)
        drafts = recogniser.drafts and pace.fits(spoken, "draft")
        return _Listen(pending, guess=True, draft=True) if drafts else None

    def _listen_to(self, job: _Listen, recogniser: Recogniser) -> Heard:
        part = self._part(job.stretch)
        with self._lock:
            if job.draft:
                words = tuple(recogniser.words(part, hotwords=self._hotwords, draft=True))
            else:
                words = words_of(part, recogniser, self._hotwords)
        return Heard(job.stretch, words)

    def _take_in(self, job: _Listen, heard: Heard) -> None:
        with self._change:
            if job.guess:
                self._guess = _Guess(heard, job.draft)
                self._publish()
            else:
                self._settle(heard)

    def _look(self, job: _Look) -> None:
        heard = with_sound(job.heard, self._part(job.heard.stretch), self._blocks)
        with self._change:
            if job.number is not None:
                self._heard[job.number] = heard
            elif self._guess:
                self._guess = replace(self._guess, heard=heard)

    def _settle(self, heard: Heard) -> None:
        self._heard.append(heard)
        self._firm += heard.placed
        self._done = heard.stretch.end
        self._guess = None
        self._publish()

    # What both share

    def _publish(self, *, silent_for: float | None = None) -> None:
        waiting = sum(stretch.seconds for stretch in self._due)
        self._so_far = SoFar(
            self._firm,
            self._guess.heard.placed if self._guess else (),
            self._so_far.silent_for if silent_for is None else silent_for,
            behind=waiting > BEHIND,
        )

    def _seconds(self) -> float:
        return len(self._sound) / 2 / SAMPLE_RATE

    def _part(self, stretch: Stretch) -> NDArray[np.float32]:
        with self._change:
            first, last = (round(at * SAMPLE_RATE) * 2 for at in (stretch.start, stretch.end))
            return _floats(bytes(self._sound[first:last]))

    def _share(self) -> float:
        return self._done / self._known if self._complete and self._known else 0.0

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
