"""A line of text that may have to be there: why something was decided."""

from textual.app import ComposeResult
from textual.widgets import Input

from trainer.app.screens.ask import Ask

REASON = "A reason is needed: the rep sees it, and it stays."


class Reason(Ask):
    """As Ask, with room for a sentence; where it is not `needed`, enter alone is an (empty) answer too."""

    def __init__(self, title: str, about: str = "", *, needed: bool = True, nothing: str = REASON) -> None:
        super().__init__(title, about)
        self.needed, self.nothing = needed, nothing

    def fields(self) -> ComposeResult:
        """The line."""
        yield Input(max_length=300, compact=True)

    def action_done(self) -> None:
        """Hands it back without blanks around it."""
        text = " ".join(self.query_one(Input).value.split())
        if text or not self.needed:
            self.dismiss(text)
        else:
            self.wrong(f"{self.nothing} Esc goes back.")
