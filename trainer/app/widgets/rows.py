"""A list to walk through with the arrows, with the lines that say what it is about in between."""

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.visual import VisualType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

POINTER = "▸ "


class Rows(OptionList, inherit_bindings=False):
    """An OptionList without a frame, that points at the chosen row: colour is never alone.

    Enter is not among its keys but among those of its screen, so that the screen can say what it does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--pointer"}
    DEFAULT_CSS = """
    Rows {
        border: none;
        padding: 0;
        background: transparent;
        height: 1fr;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;

        & > .rows--pointer { color: $primary; }
        & > .option-list--option-disabled { color: $foreground; }
        &:focus {
            border: none;
            background-tint: transparent 0%;
        }
    }
    """

    def fill(self, *rows: tuple[str | None, VisualType]) -> None:
        """Replaces all rows by (id, what is shown); None as the id makes a line that can't be chosen.

        The pointer stays on the row it was on, by its id, else it goes to the first.
        """
        before = self.highlighted_option.id if self.highlighted_option else None
        self.set_options([Option(shown, id=key, disabled=key is None) for key, shown in rows])
        keys = [key for key, _ in rows]
        if before is not None and before in keys:
            self.highlighted = keys.index(before)
        else:
            self.action_first()

    def _get_left_gutter_width(self) -> int:
        return len(POINTER)

    def render_line(self, y: int) -> Strip:
        """The option's line behind its pointer."""
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        index, part = self._lines[line] if line < len(self._lines) else (-1, 0)
        chosen = index == self.highlighted and not self.options[index].disabled
        names = ("option-list--option-highlighted", "rows--pointer") if chosen else ()
        style = self.get_visual_style("option-list--option", *names).rich_style
        text = POINTER if chosen and part == 0 else " " * len(POINTER)
        return Strip.join([Strip([Segment(text, style)], len(POINTER)), strip])
