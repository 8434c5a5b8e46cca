"""Every scenario there is, to practise one of your own choice."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app import words
from trainer.app.screens.listing import Listing
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK, Marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from scenarios.errors import ScenarioError
    from scenarios.schema import Scenario


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
            scenarios = await self.trainer.library()
            self.query_one(Rows).fill(*_rows(scenarios, last), *_left_out(self.trainer.unusable))

    @on(Rows.OptionSelected)
    def open_brief(self, event: Rows.OptionSelected) -> None:
        """On to its brief."""
        from trainer.app.screens.brief import Brief  # noqa: PLC0415

        if event.option_id:
            self.app.push_screen(Brief(event.option_id))


def _rows(
    scenarios: "Sequence[Scenario]", last: "Mapping[str, int | None]"
) -> "Iterator[tuple[str, VisualType]]":
    from scenarios.headings import headings  # noqa: PLC0415 - YAML

    origins = {one.id: words.origin(one.origin) for one in headings()}
    mixed = any(origins.values())  # whose they are matters more than the skill, where there is room for one
    for one in scenarios:
        yield (
            one.id,
            Row(
                cell(one.title, width=REST),
                *([cell(origins.get(one.id, ""), "$text-muted", width=12)] if mixed else []),
                cell(words.skill(one.skill), "$text-muted", width=18, from_width=90 if mixed else 66),
                cell(f"{one.minutes} min", "$text-muted", width=6, right=True),
                cell(f"last {words.score(last[one.id])}" if one.id in last else "new", width=8, right=True),
            ),
        )


def _left_out(faults: "Sequence[ScenarioError]") -> "Iterator[tuple[None, VisualType]]":
    """What is wrong with files of the team's own, after everything that can be practised."""
    if faults:
        yield None, BLANK
        yield None, Content.styled(f"Left out, {words.count(len(faults), 'file')}:", "$text-muted")
    for one in faults:
        file = one.file.name if one.file else ""
        said = f"{file}:{one.line}: {one.message}; {one.mend}"
        yield None, Marked(Content(""), Content.styled(said, "$text-muted"), Content(""), indent=2)
