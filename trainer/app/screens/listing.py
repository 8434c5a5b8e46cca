"""Screens that are one list, opened by enter."""

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult

from trainer.app.screens.page import Page
from trainer.app.widgets.rows import Rows

Outcome = TypeVar("Outcome")


class Listing(Page[Outcome]):
    """One list; a subclass has enter among its keys, loads the list, and says what a chosen row opens."""

    STAYS: ClassVar[bool] = False
    """Whether what was loaded first stays: somebody decides by it, or has been shown it."""

    _loaded = False

    def body(self) -> ComposeResult:
        """The list."""
        yield Rows()

    def load(self) -> object:
        """Fills the list, in a worker."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """The list follows."""
        self.query_one(Rows).focus()

    def on_screen_resume(self) -> None:
        """Things change while one is away; the first time, the screen is drawn before its list is read."""
        if not (self.STAYS and self._loaded):
            self._loaded = True
            self.call_after_refresh(self.load)

    def something_new(self) -> None:
        """The list may have more to show."""
        if not self.STAYS:
            self.load()

    def action_open(self) -> None:
        """What enter does in the list."""
        self.query_one(Rows).action_select()


class Attempts(Listing[None]):
    """A list with attempts in it, each opening its scorecard."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing to open in an empty list."""
        if action == "open":
            return self.query_one(Rows).highlighted_option is not None
        return super().check_action(action, parameters)

    @on(Rows.OptionSelected)
    def open_attempt(self, event: Rows.OptionSelected) -> None:
        """Its scorecard."""
        from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415 - it is a list itself

        if event.option_id:
            self.app.push_screen(Scorecard(event.option_id))
