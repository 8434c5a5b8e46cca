"""Where a take is recorded: the microphone behind its meter."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget

from trainer.app import recording
from trainer.app.services import Microphone
from trainer.app.threads import off_thread
from trainer.app.widgets.meter import Meter
from trainer.practice.session import Session
from trainer.store.records import Take

POLL = 1 / 20
"""Seconds between two looks at the level: sound shows within 100 ms, the recorder's block included."""


class Booth(Widget):
    """Starts and ends takes; tells by messages what the microphone does by itself."""

    DEFAULT_CSS = "Booth { height: 1; }"

    class Ended(Message):
        """The take ended by itself, and why; `finish` is still to be called."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    class Muted(Message):
        """Nothing but zeros comes from the microphone."""

    def __init__(self) -> None:
        super().__init__()
        self.microphone: Microphone | None = None
        self._told = False

    def compose(self) -> ComposeResult:
        """The meter is all there is to see."""
        yield Meter()

    def on_mount(self) -> None:
        """Looks only while something is recorded."""
        self.ticking = self.set_interval(POLL, self.look, pause=True)

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

    async def start(self, opened: Callable[[], Microphone]) -> None:
        """A new take; AudioDeviceError or TakeError if the microphone can't be opened."""
        microphone = opened()
        await off_thread(lambda: recording.start(microphone, gone=lambda: not self.is_attached))
        self.microphone, self._told = microphone, False
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

    def look(self) -> None:
        """Moves the meter."""
        if self.microphone is None or self._told:
            return
        self.query_one(Meter).feed(self.microphone.level, self.microphone.seconds)
        if self.microphone.ended_by is not None:
            self._told = True
            self.post_message(self.Ended(self.microphone.ended_by))
        elif self.microphone.nothing_arrives:
            self.post_message(self.Muted())
