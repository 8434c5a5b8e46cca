"""A reply, or the words of one, as text."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from trainer.app.screens.panel import Panel

LONGEST = 5000
"""Characters; five minutes of fast speech have about as many."""


class Typing(Panel[str]):
    """Hands back one paragraph; `keep` gets what was typed at every key, so that nothing of it is lost."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "done", id="done", key_display="⏎", priority=True, tooltip="Take this text"),
    ]

    def __init__(
        self,
        title: str,
        about: str,
        text: str,
        *,
        keep: Callable[[str], None] = lambda _: None,
        from_start: bool = False,
    ) -> None:
        super().__init__(title, about)
        self.before, self.keep, self.from_start = text, keep, from_start

    def fields(self) -> ComposeResult:
        """The text."""
        yield TextArea(
            self.before, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True
        )

    def on_mount(self) -> None:
        """The cursor goes to the end of what is there, to go on, or to its start, to read it through."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.start if self.from_start else area.document.end)
        area.focus()

    @on(TextArea.Changed)
    def changed(self) -> None:
        """Remembers what is typed."""
        if self.is_current:  # what changed just before the text was handed in comes after it
            self.keep(self.query_one(TextArea).text)

    def action_done(self) -> None:
        """Hands the text back."""
        text = " ".join(self.query_one(TextArea).text.split())
        if not text:
            self.wrong("Nothing is typed yet; esc goes back.")
        elif len(text) > LONGEST:
            self.wrong(f"These are {len(text)} characters; {LONGEST} are the most.")
        else:
            self.dismiss(text)
