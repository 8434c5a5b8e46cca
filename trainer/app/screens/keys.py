"""What the keys do on the screen it is called from."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from trainer.app.screens.panel import Panel
from trainer.app.widgets.key_line import shown_keys
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.stack import Stack


class Keys(Panel[None]):
    """A list made from the keys that work there now, so that it is never out of date."""

    CSS_PATH: ClassVar = ["panel.tcss", "keys.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,enter", "cancel", show=False),
    ]

    def __init__(self, about: str, keys: list[tuple[str, str]]) -> None:
        super().__init__("Keys", about)
        self.keys = keys

    @classmethod
    def of(cls, screen: Screen[Any]) -> "Keys":
        """The keys of a screen: those of its footer, and the one that is always there."""
        keys = [
            (screen.app.get_key_display(one), one.tooltip or one.description) for one in shown_keys(screen)
        ]
        return cls(getattr(screen, "ABOUT", ""), [*keys, ("^q", "Leave; everything is kept")])

    def fields(self) -> ComposeResult:
        """The list."""
        with VerticalScroll():
            yield Static(Stack(*(_line(key, what) for key, what in self.keys)))

    def on_mount(self) -> None:
        """Arrows scroll."""
        self.query_one(VerticalScroll).focus()


def _line(key: str, what: str) -> Row:
    return Row(cell(Content.styled(key, "bold $primary"), width=6, right=True), cell(what, width=REST))
