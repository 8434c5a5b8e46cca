"""Every scenario there is, to practise one of your own choice."""

from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from trainer.app import words
from trainer.app.screens.listing import Listing
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows


class Library(Listing[None]):
    """Scenarios with what they train, how long they take and the last score."""

    ABOUT = (
        "Pick a scenario. What is scored, and whether it counts, comes on the next page, before you start."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "open", "open", id="open", key_display="⏎", tooltip="Read what the scenario is about"
        ),
    ]

    def on_mount(self) -> None:
        """The list follows."""
        self.head("Library", "pick a scenario")

    def on_screen_resume(self) -> None:
        """Scores change while one is away."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the list."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            last = {
                one.attempt.scenario: one.score
                for one in reversed(store.attempts(rep_id=me.id))
                if one.finished_at
            }
            self.query_one(Rows).fill(
                *(
                    (
                        one.id,
                        Row(
                            cell(one.title, width=REST),
                            cell(words.skill(one.skill), "$text-muted", width=18, from_width=66),
                            cell(f"{one.minutes} min", "$text-muted", width=6, right=True),
                            cell(
                                f"last {words.score(last[one.id])}" if one.id in last else "new",
                                width=8,
                                right=True,
                            ),
                        ),
                    )
                    for one in await self.trainer.library()
                )
            )

    @on(Rows.OptionSelected)
    def open_brief(self, event: Rows.OptionSelected) -> None:
        """On to its brief."""
        from trainer.app.screens.brief import Brief  # noqa: PLC0415

        if event.option_id:
            self.app.push_screen(Brief(event.option_id))
