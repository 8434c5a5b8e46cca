"""What all full screens have in common: a title, a body in one column, a notice, the keys."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen

from trainer.app.threads import off_thread
from trainer.app.trouble import named
from trainer.app.widgets.key_line import KeyBar
from trainer.app.widgets.notice import Notice
from trainer.app.widgets.title import Title
from trainer.app.widgets.too_small import TooSmall
from trainer.errors import TrainerError

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

Outcome = TypeVar("Outcome")

GONE = "This recording is not here any more: old ones are deleted. Its words and scores stay."

TALL = 30
"""Lines from which a screen has room for margins."""


class Page(Screen[Outcome]):
    """A full screen. Subclasses give `body`, their keys, and in ABOUT a sentence or two for the help."""

    ABOUT: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "back", id="back", tooltip="Back to where you came from"),
        Binding(
            "question_mark", "app.keys", "help", id="help", key_display="?", tooltip="What the keys do here"
        ),
    ]

    @property
    def trainer(self) -> "TrainerApp":
        """The app, as what it is."""
        return cast("TrainerApp", self.app)

    def compose(self) -> ComposeResult:
        """Title, body, notice, keys."""
        with Vertical(id="column"):
            yield Title()
            yield from self.body()
            yield Notice()
        yield KeyBar()
        yield TooSmall()

    def body(self) -> ComposeResult:
        """What stands between the title and the keys."""
        yield from ()

    def head(self, left: str, right: str = "") -> None:
        """Sets the title line."""
        title = self.query_one(Title)
        title.left, title.right = left, right

    def say(self, text: str, *, trouble: bool = False) -> None:
        """One quiet line above the keys; an empty one takes it away."""
        self.query_one(Notice).say(text, trouble=trouble)

    async def have(self, recording: Path) -> bool:
        """Whether a recording is here to be heard: fetched now if it lies elsewhere, with how far it got.

        If it can't be had, the reason is said. To be awaited in a worker.
        """
        if not self.trainer.config.team:
            if not (here := recording.exists()):
                self.say(GONE)
            return here
        from trainer.team.recordings import heard  # noqa: PLC0415 - only who has a team needs it

        if recording.exists():
            heard(recording)
            return True
        loop, store = asyncio.get_running_loop(), await self.trainer.store()

        def told(share: float) -> None:
            with suppress(RuntimeError):  # the app ended meanwhile
                loop.call_soon_threadsafe(self._fetching, share)

        before = self.query_one(Notice).text
        self._fetching(0.0)
        try:
            post = self.trainer.services.post(self.trainer.config, store)
            await off_thread(lambda: post.fetch(recording.stem, told=told))
        except TrainerError as error:
            self.say(str(error))
            return False
        self.say(before)
        return True

    def _fetching(self, share: float) -> None:
        if self.is_mounted and share < 1.0:
            self.say(f"Fetching the recording … {share:.0%}")

    @contextmanager
    def trouble_said(self) -> Iterator[None]:
        """Whatever has a name and goes wrong in here becomes a line on this screen."""
        try:
            yield
        except Exception as error:
            if not named(error):
                raise
            self.say(str(error), trouble=True)

    def on_resize(self, event: events.Resize) -> None:
        """More air where there is room; covers the screen when it is too small."""
        self.set_class(event.size.height >= TALL, "-tall")
        self.query_one(TooSmall).fit(event.size.width, event.size.height)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The first screen has nothing before it."""
        if action == "leave":
            return not self.trainer.at_front
        return super().check_action(action, parameters)

    async def action_leave(self) -> None:
        """Back to the screen before."""
        self.dismiss()

    def may_leave(self) -> bool:
        """Whether leaving loses nothing; if it does, that is said, and the second try may."""
        return True

    def something_new(self) -> None:
        """Records came from the team's other machines."""

    async def wind_up(self) -> str:
        """What has to be done before the app may end; what to tell the user about it then."""
        return ""
