"""Visuals one below the other, so that one widget can hold a page of rows and paragraphs."""

from itertools import chain

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

BLANK = Content(" ")


class Stack(Visual):
    """Any number of visuals, top to bottom."""

    def __init__(self, *parts: Visual) -> None:
        self.parts = parts

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """See Visual."""
        strips = chain.from_iterable(part.render_strips(width, None, style, options) for part in self.parts)
        return list(strips)[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """See Visual."""
        return max((part.get_optimal_width(rules, container_width) for part in self.parts), default=0)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """See Visual."""
        return sum(part.get_height(rules, width) for part in self.parts)


class Marked(Visual):
    """A paragraph with something short before it and, on its first line, something short behind it.

    The paragraph wraps between the two; nothing of it is ever cut.
    """

    def __init__(
        self, mark: Content, text: Content, behind: Content | None = None, *, indent: int = 3
    ) -> None:
        self.mark, self.text, self.behind, self.indent = mark, text, behind or Content(""), indent

    def _room(self, width: int) -> int:
        behind = self.behind.cell_length
        return max(1, width - self.indent - (behind + 2 if behind else 0))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """See Visual."""
        room = self._room(width)
        before = self.mark.pad_right(self.indent - self.mark.cell_length)
        behind = self.behind.pad_left(width - self.indent - room - self.behind.cell_length)
        blank = Content(" " * self.indent)
        strips = []
        for number, line in enumerate(self.text.render_strips(room, None, style, options)):
            ends = [before if number == 0 else blank, behind if number == 0 else Content("")]
            start, end = (part.render_strips(max(1, part.cell_length), 1, style, options)[0] for part in ends)
            strips.append(Strip.join([start, line.adjust_cell_length(room, style.rich_style), end]))
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Visual's
        """See Visual."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """See Visual."""
        return max(1, self.text.get_height(rules, self._room(width)))
