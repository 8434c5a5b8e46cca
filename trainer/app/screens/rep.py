"""One rep as their manager sees them: assessed attempts and what was asked for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app import words
from trainer.app.agenda import result_row
from trainer.app.screens.listing import Attempts
from trainer.app.titles import title_of
from trainer.app.widgets.row import Row
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK

if TYPE_CHECKING:
    from trainer.store import Store
    from trainer.store.records import Person


class RepPage(Attempts):
    """From here a manager gets to every assessed reply."""

    ABOUT = "Assessed attempts, newest first. Warm-ups are not here: they are the rep's own."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "open",
            id="open",
            key_display="⏎",
            tooltip="The attempt, its replies, its recordings",
        ),
        Binding("a", "assign", "assign", id="assign", tooltip="Ask for a scenario, a target, a day"),
    ]

    def __init__(self, rep: "Person") -> None:
        super().__init__()
        self.rep = rep

    def on_mount(self) -> None:
        """The list follows."""
        self.head(self.rep.name)
        self.query_one(Rows).focus()

    def on_screen_resume(self) -> None:
        """As things are now."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the page."""
        with self.trouble_said():
            store = await self.trainer.store()
            self.query_one(Rows).fill(*self._rows(store))
            self.refresh_bindings()

    def _rows(self, store: "Store") -> Iterator[tuple[str | None, VisualType]]:
        now = self.trainer.services.now()
        found = store.team_attempts(rep_id=self.rep.id)
        self.head(self.rep.name, words.count(len(found), "assessed attempt"))
        asked = store.assignments(self.rep.id)
        if asked:
            yield None, Content.styled("Asked for", "$text-muted")
            for one in asked:
                due = words.due(one.due, now)
                yield (
                    None,
                    Row.of_two(title_of(one.scenario), f"target {one.target}{' · ' + due if due else ''}"),
                )
            yield None, BLANK
        yield (
            None,
            Content.styled(
                "Attempts" if found else "No assessed attempt yet; a asks for one.", "$text-muted"
            ),
        )
        for attempt in found:
            yield attempt.attempt.id, result_row(attempt, now)

    @work(exclusive=True, group="assign")
    async def action_assign(self) -> None:
        """Asks for a practice."""
        from trainer.app.screens.assign import Assign  # noqa: PLC0415

        with self.trouble_said():
            if said := await self.app.push_screen_wait(Assign(self.rep, await self.trainer.library())):
                self.load()
                self.say(said)
