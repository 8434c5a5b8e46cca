"""Where a take is recorded: the microphone behind its meter, and the words as they are known."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from trainer.app import recording
from trainer.app.services import Microphone
from trainer.app.threads import off_thread
from trainer.app.widgets.meter import Meter
from trainer.practice.session import Session
from trainer.store.records import Take

if TYPE_CHECKING:
    from trainer.hearing.live import Live, SoFar

POLL = 1 / 20
"""Seconds between two looks at the level: sound shows within 100 ms, the recorder's block included."""

COUNTED = 0.4
"""Seconds of pause from which the end of a reply is counted down; shorter ones are part of speaking."""


class Booth(Widget):
    """Starts and ends takes; tells by messages what the microphone does by itself and what is heard."""

    DEFAULT_CSS = "Booth { height: 1; }"

    class Ended(Message):
        """The take ended by itself, and why; `finish` is still to be called."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Muted(Message):
        """Nothing but zeros comes from the microphone."""

    class Heard(Message):
        """What is known of the reply so far; `left`: seconds until its pause ends it, None if none does."""

        def __init__(self, so_far: "SoFar", left: float | None) -> None:
            super().__init__()
            self.so_far, self.left = so_far, left

        def can_replace(self, message: Message) -> bool:
            """Only the newest state matters."""
            return isinstance(message, Booth.Heard)

    def __init__(self) -> None:
        super().__init__()
        self.microphone: Microphone | None = None
        self.ears: Live | None = None
        self.end_pause = 0.0
        self._early: Microphone | None = None
        self.wanted = False  # whether it is to be open ahead of a take; set before `listen` is called
        self._opening = asyncio.Lock()
        self._told = False
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The meter is all there is to see."""
        yield Meter()

    def on_mount(self) -> None:
        """Looks only while something is recorded."""
        self.ticking = self.set_interval(POLL, self.look, pause=True)

    async def on_unmount(self) -> None:
        """However the screen was left: nobody listens any more."""
        self.drop_ears()
        self.wanted = False
        early, self._early = self._early, None
        if early is not None:
            await off_thread(early.let_go)

    @property
    def live(self) -> bool:
        """Whether a take is being recorded."""
        return self.microphone is not None

    def clear(self) -> None:
        """As before the first take."""
        self.query_one(Meter).clear()

    def show(self, take: Take) -> None:
        """How long a take is that was recorded before."""
        self.query_one(Meter).show(take.seconds)

    async def listen(self, opened: Callable[[], Microphone]) -> None:
        """Opens the microphone for the take to come, if still `wanted`; AudioDeviceError if that fails."""
        async with self._opening:
            if not self.wanted or self.microphone is not None or self._early is not None:
                return
            self._early = early = opened()
            try:
                await off_thread(lambda: recording.listen(early, gone=lambda: self._early is not early))
            except Exception:
                self._early = None
                raise
            if self._early is early:
                self.query_one(Meter).listening = True

    async def let_go(self) -> None:
        """Closes a microphone that only listened; one that is being opened yet closes itself again."""
        self.wanted = False
        early, self._early = self._early, None
        self.query_one(Meter).listening = False
        if early is not None:
            await off_thread(early.let_go)

    async def start(self, opened: Callable[[], Microphone], ears: "Live", *, preroll: bool) -> None:
        """A new take; AudioDeviceError or TakeError if the microphone can't be opened."""
        self.drop_ears()
        async with self._opening:
            microphone, self._early = self._early or opened(), None
            self.query_one(Meter).listening = False
            await off_thread(
                lambda: recording.start(microphone, ears, preroll=preroll, gone=lambda: not self.is_attached)
            )
        self.microphone, self.ears, self._told, self._shown = microphone, ears, False, ()
        self.query_one(Meter).start()
        self.ticking.resume()

    async def finish(self, session: Session) -> tuple[Take, str]:
        """The take, kept and logged, and what else to say of it; TakeError if it can't be kept."""
        microphone, self.microphone = self.microphone, None
        assert microphone is not None  # noqa: S101 - only while it is live
        self.ticking.pause()
        self.query_one(Meter).stop()
        take = await off_thread(lambda: recording.keep(session, microphone))
        return take, recording.remarks(microphone)

    def take_ears(self) -> "Live | None":
        """Who heard the newest take, once; whoever asks again has to hear the recording."""
        ears, self.ears = self.ears, None
        return ears

    def drop_ears(self) -> None:
        """Nobody wants the words of that take."""
        if ears := self.take_ears():
            ears.abandon()

    def look(self) -> None:
        """Moves the meter."""
        if self.microphone is None or self._told:
            return
        self.query_one(Meter).feed(self.microphone.level, self.microphone.seconds)
        if self.microphone.ended_by is not None:
            self._told = True
            self.post_message(self.Ended(self.microphone.ended_by))
            return
        if self.microphone.nothing_arrives:
            self.post_message(self.Muted())
        if self.ears is not None:
            self._tell(self.ears.so_far)

    def _tell(self, so_far: "SoFar") -> None:
        pause = so_far.silent_for
        counted = self.end_pause > 0 and pause >= COUNTED
        left = round(max(0.0, self.end_pause - pause), 1) if counted else None
        if counted and pause >= self.end_pause:
            self._told = True
            self.post_message(self.Ended("pause"))
        elif self._shown != (now := (so_far.firm, so_far.tentative, so_far.behind, left)):
            self._shown = now
            self.post_message(self.Heard(so_far, left))
