"""The end of a session on one form: kept or not, the next step, its practice, the next date."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, cast, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from scenarios.schema import Scenario
from trainer.app import words
from trainer.app.screens.panel import Panel
from trainer.app.trouble import named
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.coaching.suggesting import suggestions
from trainer.coaching.talking import WEEK, Ending, Homework, close
from trainer.store.coaching.sessions import Outcome

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp
    from trainer.coaching.brief import Brief

SAYS: dict[Outcome, str] = {
    "kept": "It took place",
    "missed": "It did not take place",
    "moved": "It is moved to the day below",
}
NONE = "none"


class Closing(Panel[str]):
    """Hands back what to tell the manager once it is kept."""

    CSS_PATH: ClassVar = ["panel.tcss", "closing.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "next",
            "next, then keep",
            id="next",
            key_display="⏎",
            priority=True,
            tooltip="To the next field; after the last one all of it is kept",
        ),
        Binding("tab", "app.focus_next", "other field", id="field", show=True, tooltip="Between the fields"),
    ]

    def __init__(self, brief: "Brief", library: Sequence[Scenario]) -> None:
        session = brief.session
        about = f"The {words.session(session.starts_at, brief.made_at)}." if session else ""
        super().__init__(f"The session with {brief.rep.name}", about)
        self.brief, self.library = brief, {one.id: one for one in library}

    def fields(self) -> ComposeResult:
        """How it went, the next step, the practice it becomes, when the next one is."""
        yield Rows(id="outcome")
        yield Static("The next step, in your own words", classes="label")
        yield Input(max_length=300, compact=True, id="step", placeholder="Ask what they compared before …")
        yield Static("becomes the practice", classes="label")
        yield Rows(id="practice")
        yield Static("The next session", classes="label")
        yield Input(self._in_a_week(), max_length=40, compact=True, id="when", placeholder="Thu 14:00")

    def on_mount(self) -> None:
        """How it went first."""
        outcomes = self.query_one("#outcome", Rows)
        outcomes.fill(*((one, SAYS[one]) for one in get_args(Outcome)))
        self.offer()
        outcomes.focus()

    @work(exclusive=True, group="load")
    async def offer(self) -> None:
        """The scenarios that fit what holds back, and none."""
        focus, held = self.brief.focus, self.brief.holding_back
        store = await cast("TrainerApp", self.app).store()
        found = suggestions(
            self.library.values(),
            focus.skill if focus else None,
            held.criterion if held else None,
            store.team_attempts(self.brief.rep.id),
        )
        self.query_one("#practice", Rows).fill(
            *((one.scenario, _row(self.library[one.scenario].title, one.why)) for one in found),
            (NONE, _row("no practice", "")),
        )

    def _in_a_week(self) -> str:
        """The same hour a week later, as it can be typed."""
        if self.brief.session is None:
            return ""
        starts = self.brief.session.starts_at.astimezone()
        return f"{starts + WEEK:%Y-%m-%d %H:%M}"

    def action_next(self) -> None:
        """On to the next field; after the last one all of it is kept."""
        if self.focused is self.query_one("#when"):
            self.keep()
        else:
            self.focus_next()

    @on(Rows.OptionSelected)
    def onwards(self) -> None:
        """A click chooses as enter does."""
        self.focus_next()

    @work(exclusive=True, group="keep")
    async def keep(self) -> None:
        """Keeps the end, or says which field can't be taken."""
        app, found = cast("TrainerApp", self.app), self.brief
        now = app.services.now().astimezone()
        try:
            text = self.query_one("#when", Input).value.strip()
            when = words.read_moment(text, now) if text else None
            outcome = cast("Outcome", self._chosen("outcome"))
            step = " ".join(self.query_one("#step", Input).value.split())
            scenario = self.library.get(self._chosen("practice")) if outcome == "kept" else None
            target = found.focus.target if found.focus else 80
            homework = Homework(scenario.id, scenario.skill, target) if scenario else None
            store, me = await app.store(), await app.me()
            close(store, found.rep, me, found.session, Ending(outcome, step, homework, when), now)
        except Exception as error:
            if not isinstance(error, ValueError) and not named(error):
                raise
            self.wrong(str(error))
            return
        practice = f" “{scenario.title}” is asked for." if scenario else ""
        comes = f" Next: {words.session(when, now)}." if when else ""
        self.dismiss(f"{SAYS[outcome].replace('the day below', 'another day')}.{practice}{comes}")

    def _chosen(self, which: str) -> str:
        option = self.query_one(f"#{which}", Rows).highlighted_option
        return (option.id if option else None) or NONE


def _row(title: str, why: str) -> Row:
    return Row(cell(title, width=REST), cell(why, "$text-muted"))
