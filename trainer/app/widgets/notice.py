"""One quiet line above the keys: what happened, and what to do."""

from textual.widgets import Static


class Notice(Static):
    """Hidden while there is nothing to say."""

    DEFAULT_CSS = """
    Notice {
        height: auto;
        max-height: 6;
        margin-top: 1;
        color: $text-muted;
        display: none;
        &.-said { display: block; }
        &.-trouble { color: $warning; }
    }
    """

    text = ""

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Shows one line (empty: nothing); trouble is marked by a sign as well as by its colour."""
        self.text = text
        self.set_class(bool(text), "-said")
        self.set_class(trouble, "-trouble")
        self.update(f"! {text}" if trouble else text, layout=True)
