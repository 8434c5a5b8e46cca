"""A manager asks a rep for a scenario, a target and a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from scenarios.schema import Scenario
from trainer.app import words
from trainer.app.difficulty import difficulties
from trainer.app.screens.panel import Panel
from trainer.app.trouble import named
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.coaching.suggesting import Suggestion, suggestions
from trainer.store.records import Person

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.coaching.difficulty import Difficulty
    from trainer.store import Store
    from trainer.store.coaching.sessions import CoachingSession


@dataclass(frozen=True, slots=True)
class Offer:
    """What is suggested: scenarios, best first, until the next session, up to a target; and what for."""

    suggestions: tuple[Suggestion, ...] = ()
    target: int = 80
    due: date | None = None
    about: str = ""


def offer(
    store: "Store",
    rep: Person,
    library: Sequence[Scenario],
    *,
    skill: str | None,
    missing: str | None,
    target: int,
    session: "CoachingSession | None",
) -> Offer:
    """What fits a rep's focus and what they miss, due at their next session."""
    found = suggestions(library, skill, missing, store.team_attempts(rep.id))
    day = session.starts_at.astimezone().date() if session else None
    about = f"{missing.replace('-', ' ').capitalize()} was missing last." if missing else ""
    return Offer(tuple(found), target or 80, day, about)


class Assign(Panel[str]):
    """Hands back what to tell the manager once it is logged."""

    CSS_PATH: ClassVar = ["panel.tcss", "assign.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(number),
                f"suggested({number - 1})",
                "as suggested",
                id=f"suggested-{number}",
                show=number == 1,
                tooltip="Take this suggestion, with its target and its day; enter asks for it",
            )
            for number in (1, 2, 3)
        ),
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

    def __init__(self, rep: Person, library: Sequence[Scenario], offered: Offer | None = None) -> None:
        self.offered = offered or Offer()
        super().__init__(f"A practice for {rep.name}", self.offered.about)
        self.rep, self.library = rep, {one.id: one for one in library}
        self.hard: Mapping[str, Difficulty] = {}

    def fields(self) -> ComposeResult:
        """Scenario, target, day."""
        yield Rows()
        yield Static(id="hard")
        with Horizontal():
            yield Static("Target", classes="name")
            yield Input(str(self.offered.target), type="integer", max_length=3, compact=True, id="target")
            yield Static("Due", classes="name")
            day = words.in_a_week(cast("TrainerApp", self.app).services.now())
            yield Input(placeholder=f"{day}, tomorrow, friday; or nothing", compact=True, id="due")

    def on_mount(self) -> None:
        """The scenario first: what is suggested, by its number, then the others."""
        why = {one.scenario: (number, one.why) for number, one in enumerate(self.offered.suggestions, 1)}
        order = [*why, *(one for one in self.library if one not in why)]
        rows = self.query_one(Rows)
        rows.fill(*((one, _row(self.library[one], *why.get(one, (0, "")))) for one in order))
        rows.focus()
        self.measure()

    @work(exclusive=True, group="load")
    async def measure(self) -> None:
        """How hard the scenarios are, where enough people have met them."""
        self.hard = await difficulties(cast("TrainerApp", self.app), list(self.library.values()))
        self.tell_how_hard()

    @on(Rows.OptionHighlighted)
    def tell_how_hard(self) -> None:
        """In a line below the list, of the one it points at."""
        chosen = self.query_one(Rows).highlighted_option
        found = self.hard.get((chosen.id if chosen else None) or "")
        said = f"{found.says} of others would" if found else ""
        self.query_one("#hard", Static).update(Content.styled(said, "$text-muted"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As many numbers as there are suggestions."""
        if action == "suggested":
            return int(str(parameters[0])) < len(self.offered.suggestions)
        return super().check_action(action, parameters)

    def action_suggested(self, which: int) -> None:
        """Everything as suggested; enter is left to do."""
        self.query_one(Rows).highlighted = which
        due = self.query_one("#due", Input)
        now = cast("TrainerApp", self.app).services.now()
        day = self.offered.due
        due.value = str(day if day and day > now.astimezone().date() else words.in_a_week(now))
        due.focus()

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


def _row(scenario: Scenario, number: int, why: str) -> Row:
    return Row(
        cell(str(number or ""), "bold $primary", width=1),
        cell(scenario.title, width=REST),
        cell(Content(why) if number else Content.styled(words.skill(scenario.skill), "$text-muted")),
    )
