"""The app: what all screens share, from the settings to the way out."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from trainer import config as settings
from trainer.app.palette import Actions, Places, Practices
from trainer.app.places import page
from trainer.app.screens.page import Page
from trainer.app.services import Services
from trainer.app.sound import Sound
from trainer.app.themes import OURS, own_variables
from trainer.app.threads import off_thread
from trainer.errors import BadInputError, TrainerError
from trainer.library.shelves import use_shelves_of

if TYPE_CHECKING:
    from models.recogniser import Recogniser
    from scenarios.errors import ScenarioError
    from scenarios.schema import Scenario
    from trainer.config import Role
    from trainer.store import Store
    from trainer.store.records import Person

FIRST_SCREEN = 0.3
"""Seconds that the first screen is given for itself once it is drawn."""


class TrainerApp(App[None]):
    """Practise and see what came of it; for a manager, the team."""

    TITLE = "rep-trainer"
    COMMANDS: ClassVar = {Actions, Places, Practices}
    CSS_PATH = "screens/page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+p",
            "command_palette",
            "palette",
            id="palette",
            key_display="^p",
            priority=True,
            tooltip="Everything there is to do and every scenario, by name",
        ),
        Binding(
            "ctrl+q", "quit", "leave", id="quit", show=False, priority=True, tooltip="Leave; all is kept"
        ),
        Binding("ctrl+c", "quit", "leave", id="stop", show=False, priority=True, system=True),
    ]

    def __init__(self, services: Services, first: Callable[[], Screen[Any]] | None = None) -> None:
        super().__init__()
        self.services = services
        self.first = first
        self.config = services.config
        self.sound = Sound(services)
        self.failure: BaseException | None = None
        self.one_at_a_time = Lock()
        self.team_note = ""
        self._notes: dict[str, str] = {}
        self._untidy = False
        self._loading = asyncio.Lock()
        self._store: Store | None = None
        self._opening = asyncio.Lock()
        self.unusable: tuple[ScenarioError, ...] = ()
        self._recogniser: Recogniser | None = None
        use_shelves_of(services.paths)
        for theme in OURS:
            self.register_theme(theme)
        self.theme = self.config.theme if self.config.theme in self.available_themes else OURS[0].name
        self.set_keymap(self.config.keymap)

    def on_mount(self) -> None:
        """The first screen is there at once; what it shows from the store follows."""
        self.push_screen(self.front())

    @property
    def at_front(self) -> bool:
        """Whether nothing lies on the first screen (which itself lies on Textual's own blank one)."""
        return len(self.screen_stack) <= 2

    def front(self) -> Screen[Any]:
        """The screen everything starts from: the one asked for, or first use, or a rep's Home, or Team."""
        if self.first is not None:
            return self.first()
        if not self.config.name or self.config.role is None:
            from trainer.app.screens.welcome import Welcome  # noqa: PLC0415 - screens are loaded when shown

            return Welcome()
        if self.config.role == "manager":
            from trainer.app.screens.team import Team  # noqa: PLC0415

            return Team()
        from trainer.app.screens.home import Home  # noqa: PLC0415

        return Home()

    async def go(self, place: str = "", *about: str) -> None:
        """To a place from anywhere: back to the front first, then there. What is under way is kept."""
        if not all(screen.may_leave() for screen in self.screen_stack if isinstance(screen, Page)):
            return
        await self.unwind()
        if place in ("history", "seen", "plan", "drills") and self.config.role == "manager":
            return  # what is the rep's own; managers see the assessed attempts under Team
        if place:
            self.push_screen(page(place, *about))

    async def unwind(self) -> None:
        """Back to the front screen; every screen above it ends what it does."""
        while not self.at_front:
            if isinstance(self.screen, Page):
                await self.screen.wind_up()
            await self.pop_screen()

    async def start_over(self) -> None:
        """To the front screen of whoever uses the app now."""
        await self.unwind()
        await self.switch_screen(self.front())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, made from the colours of whatever theme is chosen."""
        return own_variables(self.current_theme)

    def on_ready(self) -> None:
        """Loads what is slow to load, once the first screen is drawn: it would share one lock with it."""
        self.screen.call_after_refresh(self.set_timer, FIRST_SCREEN, self.load_in_background)

    @work(group="loading")
    async def load_in_background(self) -> None:
        """So that no reply waits for it. What fails here fails again, and is said, where it is needed."""
        with suppress(Exception):
            await off_thread(self.services.warm_up)
        with suppress(Exception):
            await self.recogniser()
        with suppress(Exception):
            await self.delete_old_recordings()
        with suppress(Exception):
            await self.enter_left_out()

        if self.config.team:
            self.share_in_background()
            self.carry_in_background()

    @work(group="team")
    async def share_in_background(self) -> None:
        """Exchanges with the team for as long as the app is open; the footer says what waits."""
        from trainer.app.sharing import Sharing, pause  # noqa: PLC0415 - only who has a team needs it

        sharing = Sharing(await self.store(), lambda: self.services.team(self.config), monotonic)
        while self.config.team:
            shared = await sharing.look()
            self.note("records", shared.note)
            if sharing.recordings not in (None, self.config.recordings):
                self.change(recordings=sharing.recordings)  # unsaved it is said again at the next start
            if shared.new:
                self.something_to_tidy()
                if isinstance(self.screen, Page):
                    self.screen.something_new()
            await pause()

    @work(group="recordings")
    async def carry_in_background(self) -> None:
        """Sends recordings, and deletes what was deleted elsewhere, for as long as the app is open."""
        from trainer.app.carrying import Carrying  # noqa: PLC0415 - only who has a team needs it
        from trainer.app.sharing import pause  # noqa: PLC0415

        store = await self.store()
        carrying = Carrying(lambda: self.services.post(self.config, store), monotonic)
        while self.config.team:
            if self._untidy:
                self._untidy = False
                carrying.news()
            carried = await carrying.look()
            self.note("recordings", carried.note)
            if not carried.more:
                await pause()

    def something_to_tidy(self) -> None:
        """A recording was deleted: what others have of it goes too."""
        self._untidy = True

    def note(self, which: str, text: str) -> None:
        """Changes what the footer says of the team."""
        from trainer.app.widgets.key_line import KeyLine  # noqa: PLC0415

        self._notes[which] = text
        said = ", ".join(one for one in self._notes.values() if one)
        if said != self.team_note:
            self.team_note = said
            for line in self.screen.query(KeyLine):
                line.refresh()

    async def enter_left_out(self) -> None:
        """What the ledger lacks of the rep's assessed practices."""
        from trainer.practice.late_entries import enter_left_out  # noqa: PLC0415

        if self.config.role == "rep":
            store, me = await self.store(), await self.me()
            await off_thread(lambda: enter_left_out(store, me.id))

    async def delete_old_recordings(self) -> None:
        """Those older than the settings keep."""
        from trainer.practice.retention import delete_old  # noqa: PLC0415

        store, takes, now = await self.store(), self.services.paths.takes, self.services.now()
        await off_thread(lambda: delete_old(store, takes, keep_days=self.config.keep_days, now=now))

    async def store(self) -> "Store":
        """The store, opened at the first call; StoreError with the mend if it can't be."""
        async with self._opening:
            if self._store is None:
                self._store = await off_thread(self._opened)
        return self._store

    def _opened(self) -> "Store":
        """The store, with the takes in it that a killed process left: nobody records or listens yet."""
        store, takes = self.services.store(), self.services.paths.takes
        if any(takes.rglob("*.raw")):
            from trainer.practice.leftovers import keep_left_behind  # noqa: PLC0415 - numpy; hardly ever needed

            keep_left_behind(store, takes, now=self.services.now)
        return store

    async def library(self) -> "tuple[Scenario, ...]":
        """Every scenario, as the files are now; ScenarioError if one of the program's own can't be read.

        What can't be used of a team's is left out, and is `unusable` from then on.
        """
        from scenarios.loader import usable  # noqa: PLC0415 - YAML and pydantic

        found, self.unusable = await off_thread(usable)
        return found

    def close(self) -> None:
        """Lets go of the store, when the screen is gone."""
        if self._store is not None:
            self._store.close()

    async def me(self) -> "Person":
        """The person this profile belongs to, added to the store if it is new there.

        BadInputError if the store knows the name under the other role: it is somebody else's.
        """
        name, role = self.config.name, self.config.role or "rep"
        if taken := await self.taken(name, role):
            raise BadInputError(taken)
        store = await self.store()
        if self.config.team and (member := store.exchange.me()):
            return member
        return store.person(name) or store.add_person(name, role)

    async def taken(self, name: str, role: "Role") -> str:
        """Why a name can't be had under a role: under the other one it opens what is not for that role."""
        person = (await self.store()).person(name)
        if person is None or person.role == role:
            return ""
        return f"{person.name} is a {person.role} here; take your own name."

    async def recogniser(self) -> "Recogniser":
        """The recogniser of the settings, loaded at the first call."""
        async with self._loading:  # whoever asks meanwhile waits for the same one
            if self._recogniser is None:
                chosen = self.services.recogniser(self.config)
                await off_thread(chosen.warm_up)
                self._recogniser = chosen
            return self._recogniser

    def change(self, **changed: Any) -> str:
        """Changes settings and saves them; the reason, if they could not be saved."""
        before, self.config = self.config, replace(self.config, **changed)
        self.theme = self.config.theme
        if any(getattr(before, one) != getattr(self.config, one) for one in ("engine", "model", "window")):
            self._recogniser = None
        try:
            settings.save(self.config, self.services.paths.settings)
        except TrainerError as error:
            return str(error)
        return ""

    def action_keys(self) -> None:
        """Shows what the keys do on this screen."""
        from trainer.app.screens.keys import Keys  # noqa: PLC0415

        if not isinstance(self.screen, Keys):
            self.push_screen(Keys.of(self.screen))

    async def action_quit(self) -> None:
        """Leaves from anywhere: a take that is running is ended and kept first."""
        self.sound.stop()
        last_words = [
            said
            for screen in self.screen_stack
            if isinstance(screen, Page) and (said := await screen.wind_up())
        ]
        self.exit(message="\n".join(last_words) or None)

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print a traceback over the terminal; whoever runs the app gets the error instead.
        self.failure = error.error if isinstance(error, WorkerFailed) else error
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.panic()
