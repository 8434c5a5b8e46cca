"""Who is talking to the rep, and what they say now."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from scenarios.schema import Persona


class Prospect(Vertical):
    """The persona over their line; a long line scrolls rather than push the meter off the screen."""

    DEFAULT_CSS = """
    Prospect {
        height: auto;
        & > VerticalScroll {
            height: auto;
            max-height: 33vh;
            margin: 1 0;
            scrollbar-size-vertical: 1;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Name, then line."""
        yield Static(id="who")
        with VerticalScroll():
            yield Static(id="says")

    def show(self, persona: Persona, says: str) -> None:
        """Another line."""
        who = Content.assemble((persona.name, "bold"), (f", {persona.role}", "$text-muted"))
        self.query_one("#who", Static).update(who)
        self.query_one("#says", Static).update(Content(f"“{says}”"))
