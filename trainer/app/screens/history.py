"""The rep's own attempts, newest first."""

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app.agenda import result_row
from trainer.app.screens.listing import Attempts
from trainer.app.widgets.rows import Rows


class History(Attempts):
    """Every attempt with its score; warm-ups too, for they are the rep's own."""

    ABOUT = "All your attempts. Warm-ups are listed for you alone; your manager sees assessed ones."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open", key_display="⏎", tooltip="Its scorecard and its replies"),
    ]

    def on_mount(self) -> None:
        """The list follows."""
        self.head("History")
        self.query_one(Rows).focus()

    def on_screen_resume(self) -> None:
        """What was left may be finished by now."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the list."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            now = self.trainer.services.now()
            found = store.attempts(rep_id=me.id)
            self.head("History", f"{len(found)} attempts" if len(found) != 1 else "1 attempt")
            rows: list[tuple[str | None, VisualType]] = [
                (one.attempt.id, result_row(one, now)) for one in found
            ]
            nothing = Content.styled("Nothing yet. Esc, then enter: your first practice.", "$text-muted")
            self.query_one(Rows).fill(*(rows or [(None, nothing)]))
