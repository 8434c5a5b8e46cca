"""The line at the top: where you are, and the one thing worth knowing about it."""

from textual.content import Content
from textual.reactive import reactive
from textual.visual import VisualType
from textual.widget import Widget

from trainer.app.widgets.row import Row


class Title(Widget):
    """Where you are on the left, what about it on the right."""

    DEFAULT_CSS = """
    Title {
        height: 1;
        margin-bottom: 1;
        text-style: bold;
    }
    """
    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def __init__(self, left: str = "", right: str = "") -> None:
        super().__init__()
        self.set_reactive(Title.left, left)
        self.set_reactive(Title.right, right)

    def render(self) -> VisualType:
        """One line."""
        return Row.of_two(Content.styled(self.left, "bold"), self.right, "$text-muted not bold")
