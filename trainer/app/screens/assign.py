"""A manager asks a rep for a scenario, a target and a day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from scenarios.schema import Scenario
from trainer.app import words
from trainer.app.screens.panel import Panel
from trainer.app.trouble import named
from trainer.app.widgets.row import Row
from trainer.app.widgets.rows import Rows
from trainer.store.records import Person

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class Assign(Panel[str]):
    """Hands back what to tell the manager once it is logged."""

    CSS_PATH: ClassVar = ["panel.tcss", "assign.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "next",
            "next, then assign",
            id="next",
            key_display="⏎",
            priority=True,
            tooltip="To the next field; after the last one the practice is asked for",
        ),
        Binding("tab", "app.focus_next", "other field", id="field", show=True, tooltip="Between the fields"),
    ]

    def __init__(self, rep: Person, library: Sequence[Scenario]) -> None:
        super().__init__(f"A practice for {rep.name}")
        self.rep, self.library = rep, {one.id: one for one in library}

    def fields(self) -> ComposeResult:
        """Scenario, target, day."""
        yield Rows()
        with Horizontal():
            yield Static("Target", classes="name")
            yield Input("80", type="integer", max_length=3, compact=True, id="target")
            yield Static("Due", classes="name")
            day = words.in_a_week(cast("TrainerApp", self.app).services.now())
            yield Input(placeholder=f"{day}, tomorrow, friday; or nothing", compact=True, id="due")

    def on_mount(self) -> None:
        """The scenario first."""
        rows = self.query_one(Rows)
        rows.fill(*((one.id, Row.of_two(one.title, words.skill(one.skill))) for one in self.library.values()))
        rows.focus()

    def action_next(self) -> None:
        """On to the next field; after the last one the practice is asked for."""
        if self.focused is self.query_one("#due"):
            self.assign()
        else:
            self.focus_next()

    @on(Rows.OptionSelected)
    def to_target(self) -> None:
        """A click chooses as enter does."""
        self.query_one("#target").focus()

    @work(exclusive=True, group="assign")
    async def assign(self) -> None:
        """Logs it, or says which field can't be taken."""
        chosen = self.query_one(Rows).highlighted_option
        app = cast("TrainerApp", self.app)
        now = app.services.now()
        try:
            scenario = self.library[(chosen.id if chosen else None) or ""]
            due = words.read_day(self.query_one("#due", Input).value, now)
            target = words.read_target(self.query_one("#target", Input).value)
            store = await app.store()
            store.assign(
                self.rep.id,
                scenario.id,
                skill=scenario.skill,
                target=target,
                due=due,
                manager_id=(await app.me()).id,
            )
        except Exception as error:
            if not isinstance(error, ValueError) and not named(error):
                raise
            self.wrong(str(error))
            return
        until = f", {words.due(due, now)}" if due else ""
        self.dismiss(f"{self.rep.name}: “{scenario.title}”, target {target}{until}.")
