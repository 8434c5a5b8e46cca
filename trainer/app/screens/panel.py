"""A small question over the screen it belongs to: one panel at the bottom, its own keys."""

from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from trainer.app.widgets.key_line import KeyBar
from trainer.app.widgets.too_small import TooSmall

Outcome = TypeVar("Outcome")


class Panel(ModalScreen[Outcome | None]):
    """Hands back an answer, or None for esc. Subclasses give `fields` and their keys."""

    CSS_PATH: ClassVar = ["panel.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "back", id="cancel", priority=True, tooltip="Back without an answer"),
    ]

    def __init__(self, title: str, about: str = "") -> None:
        super().__init__()
        self.heading, self.about = title, about

    def compose(self) -> ComposeResult:
        """What it is about, the fields, a line for what is wrong, the keys."""
        with Vertical(id="panel"):
            yield Static(Content.styled(self.heading, "bold"))
            if self.about:
                yield Static(Content.styled(self.about, "$text-muted"), id="about")
            yield from self.fields()
            yield Static(id="wrong")
        yield KeyBar()
        yield TooSmall()

    def on_resize(self, event: events.Resize) -> None:
        """Covers the screen when it is too small."""
        self.query_one(TooSmall).fit(event.size.width, event.size.height)

    def fields(self) -> ComposeResult:
        """What is asked."""
        yield from ()

    def wrong(self, text: str) -> None:
        """Says why the answer can't be taken."""
        self.query_one("#wrong", Static).update(Content.styled(f"! {text}", "$warning"))

    def action_cancel(self) -> None:
        """No answer."""
        self.dismiss(None)
