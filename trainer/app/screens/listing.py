"""Screens that are one list, opened by enter."""

from typing import TypeVar

from textual import on
from textual.app import ComposeResult

from trainer.app.screens.page import Page
from trainer.app.widgets.rows import Rows

Outcome = TypeVar("Outcome")


class Listing(Page[Outcome]):
    """One list; a subclass has enter among its keys and says what a chosen row opens."""

    def body(self) -> ComposeResult:
        """The list."""
        yield Rows()

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
