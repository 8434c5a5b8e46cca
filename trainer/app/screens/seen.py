"""What of a rep's their manager sees, and who looked: the rep's view of it."""

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
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK

if TYPE_CHECKING:
    from datetime import datetime

    from trainer.store import Store
    from trainer.store.privacy import Look
    from trainer.store.records import Person

LOOKS = 50
"""As many looks as the page lists."""


class Seen(Attempts):
    """The manager's list of this rep's attempts, drawn from the same place, and the log of looks."""

    ABOUT = (
        "Exactly the attempts your manager can open: assessed ones and warm-ups that you shared. Below: who "
        "opened what of yours, and when."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open", key_display="⏎", tooltip="What they see of it"),
    ]

    def on_mount(self) -> None:
        """The list follows."""
        self.head("What your manager sees")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the page."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            self.query_one(Rows).fill(*self._rows(store, me))
            self.refresh_bindings()

    def _rows(self, store: "Store", me: "Person") -> Iterator[tuple[str | None, VisualType]]:
        now = self.trainer.services.now()
        visible, looks = store.team_attempts(rep_id=me.id), store.privacy.looks(me.id, LOOKS)
        self.head("What your manager sees", words.count(len(visible), "attempt"))
        if not visible:
            yield None, Content.styled("No attempt: none was assessed, none was shared.", "$text-muted")
        for one in visible:
            yield one.attempt.id, result_row(one, now)
        yield None, BLANK
        yield None, Content.styled("Who looked" if looks else "Nobody has looked yet.", "$text-muted")
        titles = {one.attempt.id: title_of(one.attempt.scenario) for one in visible}
        for look in looks:
            title = titles.get(look.which, "")
            yield None, _look(look, f"{look.what} · {title}" if title else look.what, now)


def _look(look: "Look", what: str, now: "datetime") -> Row:
    when = f"{words.day(look.looked_at, now)} {look.looked_at.astimezone():%H:%M}"
    return Row(
        cell(look.who, width=20),
        cell(what, "$text-muted", width=REST),
        cell(when, "$text-muted", width=16, right=True),
    )
