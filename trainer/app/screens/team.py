"""The manager's start: who needs them this week, in order, and why."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Input

from scenarios.errors import ScenarioError
from trainer.app import words
from trainer.app.places import page
from trainer.app.screens.ask import Ask
from trainer.app.screens.listing import Listing
from trainer.app.threads import off_thread
from trainer.app.widgets.row import GAP, REST, Row, cell
from trainer.app.widgets.rows import POINTER, Rows
from trainer.coaching.trend import sparkline

if TYPE_CHECKING:
    from trainer.coaching.priorities import Priority, Week

LEAST, MOST = 10, 18
"""Cells for a name and for a skill."""
LAST = 3
SHORT_TREND, LONG_TREND, WIDE = 4, 8, 92
"""Scores of a trend in a narrow list, all of them, and from how many cells on all are shown."""


class Filter(Input):
    """Narrows the list while it is typed; enter keeps it, esc takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep", id="keep-filter", key_display="⏎", tooltip="Back to the list"),
        Binding("escape", "clear", "all", id="clear-filter", tooltip="Everybody again"),
    ]

    def action_keep(self) -> None:
        """Back to the list as it is."""
        self.screen.query_one(Rows).focus()

    def action_clear(self) -> None:
        """Everybody again."""
        self.value = ""
        self.remove_class("-open")
        self.screen.query_one(Rows).focus()


class Team(Listing[None]):
    """Who needs the manager first, from assessed attempts alone."""

    CSS_PATH = "team.tcss"
    ABOUT = (
        "Who needs you, the most pressing first, as far as your minutes go; “practised” means assessed: "
        "warm-ups are the reps' own. a 1 ⏎ asks for the practice that fits what is missing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "open", id="open", key_display="⏎", tooltip="The rep: progress, attempts"),
        Binding("a", "assign", "assign", id="assign", tooltip="Ask for a practice; 1 takes the suggestion"),
        Binding("b", "brief", "brief", id="session-brief", tooltip="The page for the session with this rep"),
        Binding(
            "s", "sign_off", "sign off", id="sign-off", tooltip="The evidence for this rep's focus skill"
        ),
        Binding(
            "slash", "filter", "filter", id="filter", key_display="/", tooltip="Type a name, a skill, why"
        ),
        Binding("n", "new", "new", id="new-rep", tooltip="Add a rep who has not practised here yet"),
        Binding("m", "minutes", "minutes", id="minutes", tooltip="How many minutes a week you can coach"),
        Binding(
            "l", "library", "library", id="library", show=False, tooltip="Every scenario, and what it scores"
        ),
        Binding(
            "comma",
            "settings",
            "settings",
            id="settings",
            key_display=",",
            show=False,
            tooltip="Name, voice, theme",
        ),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.week: Week | None = None

    def body(self) -> ComposeResult:
        """The list, and what narrows it."""
        yield from super().body()
        yield Filter(placeholder="a name, a skill, a reason", compact=True, id="filter")

    def on_mount(self) -> None:
        """The list follows."""
        self.head("Team")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads the team from the store."""
        from trainer.coaching.priorities import week  # noqa: PLC0415 - rubrics are read with pydantic

        with self.trouble_said():
            store, _ = await self.trainer.store(), await self.trainer.me()
            now, minutes = self.trainer.services.now().astimezone(), self.trainer.config.coaching_minutes
            self.week = await off_thread(lambda: week(store, now, minutes))
            self.draw()
            self.read_ahead()

    @work(exclusive=True, group="ahead")
    async def read_ahead(self) -> None:
        """The library, so that three quick keys find the panel that the first of them opens."""
        with suppress(ScenarioError):  # said where it is needed
            await self.trainer.library()

    @on(Input.Changed, "#filter")
    def draw(self) -> None:
        """The team as far as it fits what is typed."""
        if self.week is None:
            return
        team, wanted = self.week.team, self.query_one(Filter).value.casefold().split()
        shown = [one for one in team if all(word in _text(one) for word in wanted)]
        self.head(
            "Team",
            f"{words.count(self.week.minutes, 'minute')} this week · {words.count(len(team), 'rep')}"
            f" · {_needing(self.week.needing)}",
        )
        nothing = NOBODY if not team else "Nobody fits what you typed; esc there shows everybody."
        empty = (None, Content.styled(nothing, "$text-muted"))
        rows = self.query_one(Rows)
        width = rows.scrollable_content_region.width - len(POINTER)
        rows.fill(*(_rows(shown, self.week.minutes, width) if shown else [empty]))
        self.refresh_bindings()

    def on_resize(self, event: events.Resize) -> None:
        """The columns fit the width."""
        super().on_resize(event)
        self.call_after_refresh(self.draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody to open, nobody to ask."""
        if action in ("open", "assign", "brief"):
            return self.chosen is not None
        if action == "sign_off":
            return self.chosen is not None and self.chosen.focus is not None
        if action == "filter":
            return bool(self.week and self.week.team)
        return super().check_action(action, parameters)

    @on(Rows.OptionHighlighted)
    def other_rep(self) -> None:
        """What can be done may be something else."""
        self.refresh_bindings()

    @property
    def chosen(self) -> "Priority | None":
        """The rep the pointer is on."""
        option = self.query_one(Rows).highlighted_option
        team = self.week.team if self.week else ()
        return next((one for one in team if option and one.rep.id == option.id), None)

    @on(Rows.OptionSelected)
    def open_rep(self) -> None:
        """How the rep does."""
        from trainer.app.screens.rep import RepPage  # noqa: PLC0415

        if one := self.chosen:
            self.app.push_screen(RepPage(one.rep))

    @work(exclusive=True, group="assign")
    async def action_assign(self) -> None:
        """Asks the chosen rep for a practice."""
        from trainer.app.screens.assign import Assign, offer  # noqa: PLC0415

        if one := self.chosen:
            with self.trouble_said():
                library = await self.trainer.library()
                offered = offer(
                    await self.trainer.store(),
                    one.rep,
                    library,
                    skill=one.skill,
                    missing=one.missing,
                    target=one.target,
                    session=one.session,
                )
                if said := await self.app.push_screen_wait(Assign(one.rep, library, offered)):
                    self.load()
                    self.say(said)

    def action_brief(self) -> None:
        """The page for the session with the chosen rep."""
        from trainer.app.screens.session_brief import SessionBrief  # noqa: PLC0415

        if one := self.chosen:
            self.app.push_screen(SessionBrief(one.rep))

    def action_sign_off(self) -> None:
        """The evidence for what the chosen rep works on."""
        from trainer.app.screens.sign_off import SignOff  # noqa: PLC0415

        if (one := self.chosen) and one.focus:
            self.app.push_screen(SignOff(one.rep, one.focus))

    def action_filter(self) -> None:
        """Opens the line to type in."""
        line = self.query_one(Filter)
        line.add_class("-open")
        line.focus()

    @work(exclusive=True, group="assign")
    async def action_minutes(self) -> None:
        """Asks how much time there is a week."""
        given = await self.app.push_screen_wait(
            Ask(
                "Minutes a week for coaching",
                f"Now {self.trainer.config.coaching_minutes}, without the sessions that are fixed. "
                "Who needs you most comes first, as far as they go.",
            )
        )
        if given is None:
            return
        try:
            minutes = words.read_minutes(given)
        except ValueError as error:
            self.say(str(error), trouble=True)
            return
        trouble = self.trainer.change(coaching_minutes=minutes)
        self.say(trouble, trouble=bool(trouble))
        self.load()

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


def _needing(count: int) -> str:
    return "nobody needs you" if not count else f"{count} need{'s' if count == 1 else ''} you"


def _text(one: "Priority") -> str:
    return f"{one.rep.name} {words.skill(one.focus or '')} {one.why}".casefold()


def _rows(team: "list[Priority]", minutes: int, width: int) -> Iterator[tuple[str | None, VisualType]]:
    who, focus = _widths(team, width)

    trend = LONG_TREND if width >= WIDE else SHORT_TREND
    grey = "$text-muted"
    yield (
        None,
        Row(
            cell("who", grey, width=who),
            cell("focus", grey, width=focus),
            cell("why now", grey, width=REST),
            cell("last", grey, width=LAST + len(GAP) + trend),
        ),
    )
    beyond = False
    for one in team:
        if one.needs and not one.fits and not beyond:
            beyond = True
            yield None, Content.styled(f"beyond your {words.count(minutes, 'minute')}", "$text-muted")
        yield (
            one.rep.id,
            Row(
                cell(_name(one.rep.name, who), width=who),
                cell(words.skill(one.focus) if one.focus else "–", width=focus),
                cell(one.why, "" if one.needs else grey, width=REST),
                cell(words.score(one.last_score), width=LAST, right=True),
                cell(sparkline(one.trend)[-trend:], grey, width=trend),
            ),
        )


def _name(name: str, room: int) -> str:
    """Where there is no room for a name: "Nora L." for "Nora Lindqvist"."""
    first, _, last = name.rpartition(" ")
    return name if len(name) <= room or not first else f"{first} {last[0]}."


def _widths(team: "list[Priority]", width: int) -> tuple[int, int]:
    """Cells for names and skills: as many as they need, but the reasons are shown whole if that can be."""
    names = [one.rep.name for one in team]
    who = min(MOST, max(len(one) for one in names))
    focus = min(MOST, max(len(words.skill(one.focus or "focus")) for one in team))
    trend = LONG_TREND if width >= WIDE else SHORT_TREND
    left = width - LAST - trend - 4 * len(GAP) - max(len(one.why) for one in team)
    who = min(who, max(LEAST, left - focus))
    who = min(who, max(len(_name(one, who)) for one in names))
    return who, min(focus, max(LEAST, left - who))
