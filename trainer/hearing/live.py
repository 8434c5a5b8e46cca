"""A reply heard while it is spoken: one thread follows the voice, one makes words of what is complete."""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.activity import Stretch
from models.recogniser import SAMPLE_RATE, Recogniser
from scoring.transcript import Sound, Transcript, Word
from trainer.hearing.pace import Pace
from trainer.hearing.reply import finished, moved, sound_beside, transcript_of, words_of
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

    stretch: Stretch
    words: list[Word]
    draft: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Ending:
    """A reply as it is if it ends in this pause."""

    words: tuple[Word, ...]
    samples: NDArray[np.float32]
    end: float


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
        self._quiet = True
        self._beside: tuple[float, Sound] | None = None  # what a reply that ends there says beside its words
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
                    return transcript_of(self._firm, self._samples(), recogniser)
                self._change.wait(LOOK)
                on_progress(self._share())
        if self._failure:
            raise self._failure
        samples = self._samples()
        end, sound = self._beside or (0.0, None)
        if sound is None or end != self._known:
            sound = sound_beside(self._firm, samples, self._known)
        return finished(self._firm, samples, recogniser, sound=sound)

    def abandon(self) -> None:
        """Nobody wants the words any more. What the recogniser is at ends, nothing else begins."""
        with self._change:
            self._abandoned = True
            self._change.notify_all()
        self._arrived.put(None)

    # The thread that follows the voice

    def _listen(self, recogniser: Recogniser) -> None:
        cutter = Stretches(recogniser.cuts)
        while (block := self._arrived.get()) is not None and not self._abandoned:
            found = cutter.feed(_floats(block.tobytes()))
            self._heard(block.tobytes(), found, cutter)
        found = cutter.finish()
        with self._change:
            self._take_up(found)
            self._pending, self._complete = None, True
            self._change.notify_all()

    def _heard(self, sound: bytes, found: list[Stretch], cutter: Stretches) -> None:
        with self._change:
            self._sound += sound
            self._take_up(found)
            if found or cutter.pending != self._pending or cutter.quiet != self._quiet:
                self._pending, self._quiet = cutter.pending, cutter.quiet
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
            if isinstance(job, _Ending):
                self._beside = job.end, sound_beside(job.words, job.samples, job.end)
                pace.took(self._clock() - begun, what="ending")
                continue
            stretch, guess, draft = job
            words = self._words(stretch, recogniser, draft=draft)
            pace.took(self._clock() - begun, what="draft" if draft else "stretch")
            with self._change:
                if guess:
                    self._guess = _Guess(stretch, words, draft)
                    self._publish()
                else:
                    self._settle(stretch, words)
        with self._change:
            self._worked = True
            self._change.notify_all()

    def _next(self, pace: Pace, recogniser: Recogniser) -> "tuple[Stretch, bool, bool] | _Ending | None":
        """A stretch to make words of, whether it is a guess and whether a draft; or an end that may have
        come; None when all is done.
        """
        with self._change:
            while not self._abandoned:
                if self._due:
                    stretch, guess = self._due.popleft(), self._guess
                    if guess is None or guess.draft or guess.stretch != stretch:
                        return stretch, False, False
                    self._settle(stretch, guess.words)
                elif self._complete:
                    return None
                elif (draft := self._worth_guessing(pace, recogniser)) is not None:
                    assert self._pending is not None  # noqa: S101 - or it would not be worth it
                    return self._pending, True, draft
                elif (ending := self._likely_ending(pace)) is not None:
                    return ending
                else:
                    self._change.wait()
        return None

    def _worth_guessing(self, pace: Pace, recogniser: Recogniser) -> bool | None:
        """Whether the pause is for a draft (True) or for words that can stay (False); None for neither."""
        pending = self._pending
        if pending is None or (self._guess and self._guess.stretch == pending):
            return None
        spoken = len(self._sound) / 2 / SAMPLE_RATE - pending.start
        if pace.fits(spoken, "stretch"):
            return False
        return True if recogniser.drafts and pace.fits(spoken, "draft") else None

    def _likely_ending(self, pace: Pace) -> "_Ending | None":
        """In a pause in which all words are there: the reply as it is if it ends here."""
        guess, end, words = self._guess, self._known, self._firm
        if self._pending is not None and guess and not guess.draft and guess.stretch == self._pending:
            end, words = guess.stretch.end, (*words, *guess.words)
        elif self._pending is not None:
            return None
        spoken = max(0.0, len(self._sound) / 2 / SAMPLE_RATE - self._known)
        known = self._beside is not None and self._beside[0] == end
        if known or not self._quiet or not words or not pace.fits(spoken, "ending"):
            return None
        return _Ending(words, self._samples(), end)

    def _words(self, stretch: Stretch, recogniser: Recogniser, *, draft: bool) -> list[Word]:
        with self._change:
            first, last = (round(at * SAMPLE_RATE) * 2 for at in (stretch.start, stretch.end))
            part = _floats(bytes(self._sound[first:last]))
        at_zero = Stretch(0.0, len(part) / SAMPLE_RATE)
        with self._lock:
            if draft:
                words: Iterable[Word] = recogniser.words(part, hotwords=self._hotwords, draft=True)
            else:
                words = words_of(at_zero, part, recogniser, self._hotwords)
        return list(moved(words, stretch.start))

    def _settle(self, stretch: Stretch, words: list[Word]) -> None:
        self._firm += tuple(words)
        self._done = stretch.end
        self._guess = None
        self._publish()

    # What both share

    def _publish(self, *, silent_for: float | None = None) -> None:
        waiting = sum(stretch.seconds for stretch in self._due)
        self._so_far = SoFar(
            self._firm,
            tuple(self._guess.words) if self._guess else (),
            self._so_far.silent_for if silent_for is None else silent_for,
            behind=waiting > BEHIND,
        )

    def _samples(self) -> NDArray[np.float32]:
        return _floats(bytes(self._sound))

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
