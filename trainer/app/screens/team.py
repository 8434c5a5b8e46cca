"""The manager's start: one row a rep."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content

from trainer.app import words
from trainer.app.places import page
from trainer.app.screens.ask import Ask
from trainer.app.screens.listing import Listing
from trainer.app.widgets.row import Cell, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.coaching.trend import sparkline

if TYPE_CHECKING:
    from datetime import datetime

    from trainer.store.records import TeamRow


class Team(Listing[None]):
    """Who practises what and how it goes, from assessed attempts alone."""

    ABOUT = (
        "One row a rep, from assessed attempts alone: warm-ups are the reps' own. Enter opens a rep's "
        "attempts, down to every reply with its evidence and its recording; a asks for a practice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open", key_display="⏎", tooltip="The rep's assessed attempts"),
        Binding("a", "assign", "assign", id="assign", tooltip="Ask this rep for a scenario, a target, a day"),
        Binding("n", "new", "new rep", id="new-rep", tooltip="Add a rep who has not practised here yet"),
        Binding("l", "library", "library", id="library", tooltip="Every scenario, and what it scores"),
        Binding("s", "settings", "settings", id="settings", tooltip="Name, microphone, voice, theme"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, TeamRow] = {}

    def on_mount(self) -> None:
        """The list follows."""
        self.head("Team")
        self.query_one(Rows).focus()

    def on_screen_resume(self) -> None:
        """Others practise meanwhile."""
        self.call_after_refresh(self.load)

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads the team from the store."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            self.rows = {row.rep.id: row for row in store.team()}
            self.head("Team", f"{me.name} · {words.count(len(self.rows), 'rep')}")
            now = self.trainer.services.now()
            if self.rows:
                self.query_one(Rows).fill(
                    (None, HEADINGS), *((key, _row(row, now)) for key, row in self.rows.items())
                )
            else:
                self.query_one(Rows).fill((None, Content.styled(NOBODY, "$text-muted")))
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody to open, nobody to ask."""
        return bool(self.rows) if action in ("open", "assign") else super().check_action(action, parameters)

    @property
    def chosen(self) -> "TeamRow | None":
        """The row the pointer is on."""
        option = self.query_one(Rows).highlighted_option
        return self.rows.get(option.id or "") if option else None

    @on(Rows.OptionSelected)
    def open_rep(self) -> None:
        """The rep's attempts."""
        from trainer.app.screens.rep import RepPage  # noqa: PLC0415

        if row := self.chosen:
            self.app.push_screen(RepPage(row.rep))

    @work(exclusive=True, group="assign")
    async def action_assign(self) -> None:
        """Asks the chosen rep for a practice."""
        from trainer.app.screens.assign import Assign  # noqa: PLC0415

        if row := self.chosen:
            with self.trouble_said():
                if said := await self.app.push_screen_wait(Assign(row.rep, await self.trainer.library())):
                    self.load()
                    self.say(said)

    @work(exclusive=True, group="assign")
    async def action_new(self) -> None:
        """Adds a rep by name."""
        if name := await self.app.push_screen_wait(
            Ask("The new rep's name", "They use the same name in their own app.")
        ):
            with self.trouble_said():
                (await self.trainer.store()).add_person(name, "rep")
                self.load()
                self.say(f"{name} is on the team; a asks for a practice.")

    def action_library(self) -> None:
        """To the scenarios."""
        self.app.push_screen(page("library"))

    def action_settings(self) -> None:
        """To the settings."""
        self.app.push_screen(page("settings"))


NOBODY = "Nobody practises here yet. A rep appears with their first start of the app, or with n."


def _cells(texts: "tuple[str | Content, ...]", style: str = "") -> Row:
    who, focus, last, trend, attempts, practised, open_ = texts
    cells: list[Cell] = [
        cell(who, style, width=-7),
        cell(focus, style, width=-8),
        cell(last, style, width=4, right=True),
        cell(trend, style, width=8),
        cell(attempts, style, width=5, right=True, from_width=66),
        cell(practised, style, width=9, right=True),
        cell(open_, style, width=4, right=True),
    ]
    return Row(*cells)


HEADINGS = _cells(("who", "focus", "last", "trend", "tries", "practised", "open"), "$text-muted")


def _row(row: "TeamRow", now: "datetime") -> Row:
    return _cells(
        (
            row.rep.name,
            words.skill(row.focus) if row.focus else "–",
            words.score(row.last_score),
            sparkline(row.trend),
            str(row.attempts),
            words.day(row.last_practice, now) if row.last_practice else "never",
            str(row.open_assignments),
        )
    )
