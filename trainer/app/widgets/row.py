"""One line in columns, fitted to the width it gets."""

from dataclasses import dataclass

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

REST = -1
"""The whole rest, where only one column asks for it."""
GAP = "  "


@dataclass(frozen=True, slots=True)
class Cell:
    """One column: `width` in cells, 0 for as wide as its content, a negative one for a share of the rest.

    `from_width` hides the cell in rows narrower than that.
    """

    content: Content
    width: int = 0
    right: bool = False
    from_width: int = 0


def cell(
    text: str | Content, style: str = "", *, width: int = 0, right: bool = False, from_width: int = 0
) -> Cell:
    """A column of plain text in one style, or of ready-made content."""
    content = text if isinstance(text, Content) else Content.styled(text, style)
    return Cell(content, width, right, from_width)


class Row(Visual):
    """Columns on one line; whatever does not fit is cut with an ellipsis, the REST column first."""

    def __init__(self, *cells: Cell) -> None:
        self.cells = cells

    @classmethod
    def of_two(
        cls, left: str | Content, right: str | Content = "", right_style: str = "$text-muted"
    ) -> "Row":
        """Something on the left and something about it on the right."""
        return cls(cell(left, width=REST), cell(right, right_style))

    @property
    def plain(self) -> str:
        """The text without its layout."""
        return GAP.join(one.content.plain for one in self.cells)

    def fitted(self, width: int) -> Content:
        """The line as content of at most `width` cells."""
        shown = [one for one in self.cells if width >= one.from_width]
        taken = sum(one.width or one.content.cell_length for one in shown if one.width >= 0)
        rest = max(0, width - taken - len(GAP) * (len(shown) - 1))
        shares = -sum(one.width for one in shown if one.width < 0)
        parts = []
        for one in shown:
            room = (
                max(1, rest * -one.width // shares) if one.width < 0 else one.width or one.content.cell_length
            )
            text = one.content.truncate(room, ellipsis=True)
            space = room - text.cell_length
            parts.append(text.pad_left(space) if one.right else text.pad_right(space))
        return Content(GAP).join(parts).truncate(width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """See Visual."""
        return self.fitted(width).render_strips(width, height, style, options)[:1]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Visual's
        """See Visual."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Visual's
        """See Visual."""
        return 1
