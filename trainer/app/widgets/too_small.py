"""What a terminal that is too small shows instead of half a screen."""

from textual.widgets import Static

WIDTH, HEIGHT = 60, 16


class TooSmall(Static):
    """Covers the screen below 60x16; what runs underneath goes on."""

    DEFAULT_CSS = """
    TooSmall {
        layer: cover;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
        content-align: center middle;
        text-align: center;
        display: none;
    }
    """

    def fit(self, width: int, height: int) -> None:
        """Shows itself where the terminal is too small, with the size that would do."""
        small = width < WIDTH or height < HEIGHT
        self.display = small
        if small:
            self.update(
                f"This terminal is {width}×{height}.\nMake it at least {WIDTH}×{HEIGHT}.\n"
                "Nothing stops meanwhile; ctrl+q leaves."
            )
