"""The keys that work now, on one line at the bottom; a click does what the key does."""

from typing import Any

from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

LAST = ("back", "cancel", "help", "palette")
"""Ids of the keys that are the same everywhere: they stand behind those of the screen."""
GAP = "  "


class KeyLine(Widget):
    """Where the line is too short, the last of the screen's own keys give way; the help has all of them."""

    auto_links = False

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 3;
        background: $footer-background;
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
        keys = [(one.key, self.app.get_key_display(one), one.description) for one in shown_keys(self.screen)]
        width = self.size.width
        while keys and _width(keys) > width:
            # The way back, the help and the palette stay: they lead to whatever is left out.
            del keys[max(0, len(keys) - 4)]
        return Content(GAP).join(self._key(*one) for one in keys)

    def _key(self, key: str, shown: str, what: str) -> Content:
        return Content.assemble((shown, "bold $footer-key-foreground"), " ", what).stylize(
            Style.from_meta({"@click": f"press({key!r})"})
        )

    def action_press(self, key: str) -> None:
        """A click on a key."""
        self.app.simulate_key(key)


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


def _width(keys: list[tuple[str, str, str]]) -> int:
    return sum(len(shown) + 1 + len(what) for _, shown, what in keys) + len(GAP) * (len(keys) - 1)
