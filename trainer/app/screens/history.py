"""The rep's own attempts, newest first."""

from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app.agenda import result_row
from trainer.app.places import page
from trainer.app.screens.ask import Choose
from trainer.app.screens.listing import Attempts
from trainer.app.widgets.rows import Rows


class History(Attempts):
    """Every attempt with its score; warm-ups too, for they are the rep's own."""

    ABOUT = "All your attempts. Warm-ups are listed for you alone; your manager sees assessed ones."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open", key_display="⏎", tooltip="Its scorecard and its replies"),
        Binding("v", "seen", "what your manager sees", id="seen", tooltip="Which attempts, and who looked"),
        Binding("s", "share", "share", id="share", tooltip="Show this warm-up to your manager"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.sharable: set[str] = set()

    def on_mount(self) -> None:
        """The list follows."""
        self.head("History")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a finished warm-up can be shared."""
        if action == "share":
            return self._pointed() in self.sharable
        return super().check_action(action, parameters)

    @on(Rows.OptionHighlighted)
    def pointed_at(self) -> None:
        """Another attempt, other keys."""
        self.refresh_bindings()

    def _pointed(self) -> str | None:
        row = self.query_one(Rows).highlighted_option
        return row.id if row else None

    def action_seen(self) -> None:
        """To what the manager sees."""
        self.app.push_screen(page("seen"))

    @work(exclusive=True, group="share")
    async def action_share(self) -> None:
        """Asks once more: what was shown can't be taken back."""
        attempt = self._pointed()
        options = [("no", "No, it stays mine"), ("yes", "Yes, show it to my manager")]
        panel = Choose(
            "Share this warm-up?", options, "no", "Words, verdicts, score and recording; for good."
        )
        if attempt and await self.app.push_screen_wait(panel) == "yes":
            with self.trouble_said():
                (await self.trainer.store()).privacy.share(attempt)
                self.load()
                self.say("Your manager can open it now.")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the list."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            now = self.trainer.services.now()
            found, shared = store.attempts(rep_id=me.id), store.privacy.shared(me.id)
            self.sharable = {
                one.attempt.id
                for one in found
                if one.attempt.kind == "warm-up" and one.finished_at and one.attempt.id not in shared
            }
            self.head("History", f"{len(found)} attempts" if len(found) != 1 else "1 attempt")
            said = store.notes.comments(me.id)
            rows: list[tuple[str | None, VisualType]] = [
                (one.attempt.id, result_row(one, now, comments=said.get(one.attempt.id, 0))) for one in found
            ]
            nothing = Content.styled("Nothing yet. Esc, then enter: your first practice.", "$text-muted")
            self.query_one(Rows).fill(*(rows or [(None, nothing)]))
            self.refresh_bindings()
