"""One short answer: a line of text, or one of several."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input

from trainer.app.screens.panel import Panel
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows


class Ask(Panel[str]):
    """A line of text."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "done", "done", id="done", key_display="⏎", priority=True, tooltip="Take this answer"
        ),
    ]

    def fields(self) -> ComposeResult:
        """The line."""
        yield Input(max_length=80, compact=True)

    def on_mount(self) -> None:
        """Ready to type."""
        self.query_one(Input).focus()

    def action_done(self) -> None:
        """Hands it back without blanks around it."""
        text = " ".join(self.query_one(Input).value.split())
        if text:
            self.dismiss(text)
        else:
            self.wrong("Nothing is typed yet; esc goes back.")


class Choose(Panel[str]):
    """One of several; `chosen` has the pointer at first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "choose", id="done", key_display="⏎", tooltip="Take the one pointed at"),
    ]

    def __init__(self, title: str, options: Sequence[tuple[str, str]], chosen: str, about: str = "") -> None:
        super().__init__(title, about)
        self.options, self.chosen = options, chosen

    def fields(self) -> ComposeResult:
        """The list."""
        yield Rows()

    def on_mount(self) -> None:
        """The pointer on what is chosen now."""
        rows = self.query_one(Rows)
        # Options are known by their place: what they stand for may be any text, empty too.
        rows.fill(
            *(
                (f"option-{index}", _option(text, key == self.chosen))
                for index, (key, text) in enumerate(self.options)
            )
        )
        rows.highlighted = next((at for at, (key, _) in enumerate(self.options) if key == self.chosen), 0)
        rows.focus()

    def action_done(self) -> None:
        """What enter does in the list."""
        self.query_one(Rows).action_select()

    @on(Rows.OptionSelected)
    def take(self, event: Rows.OptionSelected) -> None:
        """Hands it back."""
        self.dismiss(self.options[event.option_index][0])


def _option(text: str, current: bool) -> Row:
    return Row(cell(Content(text), width=REST), cell("now" if current else "", "$text-muted"))
