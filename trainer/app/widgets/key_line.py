"""The keys that work now, on one line at the bottom; a click does what the key does."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

LAST = ("back", "cancel", "help", "palette")
"""Ids of the keys that are the same everywhere: they stand behind those of the screen."""
BARE = ("back", "help", "palette")
"""Ids of those that are understood without a word, where the line is short."""
GAP = "  "

Key = tuple[str, str, str, str | None]
"""A key, how it is shown, what it does, its id."""


class KeyLine(Widget):
    """Where the line is too short, the last of the screen's own keys give way; the help has all of them.

    At its end stands what waits to be exchanged with the team, if anything does.
    """

    auto_links = False

    DEFAULT_CSS = """
    KeyLine {
        height: 1;
        width: 100%;
        max-width: 108;
        padding: 0 3;
        color: $footer-description-foreground;
    }
    """

    def on_mount(self) -> None:
        """Follows what the screen allows."""
        self.screen.bindings_updated_signal.subscribe(self, self.changed)

    def changed(self, _screen: Screen[object]) -> None:
        """Other keys work now."""
        self.refresh()

    def render(self) -> Content:
        """As many as there is room for."""
        keys: list[Key] = [
            (one.key, self.app.get_key_display(one), one.description, one.id)
            for one in shown_keys(self.screen)
        ]
        note: str = getattr(self.app, "team_note", "")
        width = self.size.width - (len(note) + len(GAP) if note else 0)
        if _width(keys) > width:
            keys = [(key, shown, "" if id_ in BARE else what, id_) for key, shown, what, id_ in keys]
        while keys and _width(keys) > width:
            # The way back, the help and the palette stay: they lead to whatever is left out.
            own = [number for number, one in enumerate(keys) if one[3] not in LAST]
            del keys[own[-1] if own else 0]
        line = Content(GAP).join(self._key(key, shown, what) for key, shown, what, _ in keys)
        between = " " * (self.size.width - line.cell_length - len(note))
        return Content.assemble(line, between, (note, "$text-muted")) if note else line

    def _key(self, key: str, shown: str, what: str) -> Content:
        described = f" {what}" if what else ""
        return Content.assemble((shown, "bold $footer-key-foreground"), described).stylize(
            Style.from_meta({"@click": f"press({key!r})"})
        )

    def action_press(self, key: str) -> None:
        """A click on a key."""
        self.app.simulate_key(key)


class KeyBar(Horizontal):
    """The strip at the bottom that holds the keys, in line with what stands above them."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        align-horizontal: center;
        background: $footer-background;
    }
    """

    def compose(self) -> ComposeResult:
        """One line."""
        yield KeyLine()


def shown_keys(screen: Screen[Any]) -> list[Binding]:
    """The keys that work on a screen now, in its own order, those that are the same everywhere last."""
    own = [binding for node in type(screen).mro() for binding in node.__dict__.get("BINDINGS", ())]
    order = [binding.action for binding in own]
    shown = [
        active.binding for active in screen.active_bindings.values() if active.binding.show and active.enabled
    ]

    def place(binding: Binding) -> tuple[int, int]:
        everywhere = LAST.index(binding.id) + 1 if binding.id in LAST else 0
        return everywhere, order.index(binding.action) if binding.action in order else len(order)

    return sorted(shown, key=place)


def _width(keys: list[Key]) -> int:
    return sum(len(shown) + len(what) + bool(what) for _, shown, what, _ in keys) + len(GAP) * (len(keys) - 1)
