"""The rep's start: the one thing to do first, then where they stand."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from trainer.app.places import page, resumed
from trainer.app.screens.listing import Listing
from trainer.app.widgets.rows import Rows

if TYPE_CHECKING:
    from trainer.coaching import Thing


class Home(Listing[None]):
    """What is due, how it is going, and the way to everything else."""

    ABOUT = (
        "The first line is what to do first: enter starts it. Below it stand your focus skill with the "
        "passes in a row (●), how your scores go, what is still to do before your manager signs it off, the "
        "step you agreed on, and your last results; choose one with the arrows and open it with enter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "open", "start", id="open", key_display="⏎", tooltip="Start or open the chosen line"
        ),
        Binding("d", "drills", "drill", id="drills", tooltip="One piece of a talk, again and again"),
        Binding(
            "l", "library", "library", id="library", tooltip="Every scenario, for a practice of your choice"
        ),
        Binding(
            "h", "history", "history", id="history", tooltip="Your attempts, with their words and recordings"
        ),
        Binding("p", "plan", "plan", id="plan", tooltip="Your path of skills, and what you agreed on"),
        Binding("s", "settings", "settings", id="settings", tooltip="Name, microphone, voice, theme"),
    ]

    def on_mount(self) -> None:
        """The name is known before the store is open."""
        self.head(self.trainer.config.name)

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads the day from the store."""
        from trainer.app.agenda import agenda, beside  # noqa: PLC0415 - the store; after the first screen is drawn
        from trainer.coaching import today  # noqa: PLC0415

        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            now = self.trainer.services.now().astimezone()
            day = today(store, me, now, await self.trainer.library())
            self.head(me.name, beside(day, now))
            self.query_one(Rows).fill(*agenda(day, now))
            self.day = day
            choice = self.trainer.services.choice(self.trainer.config)
            self.say(choice.note, trouble=not choice.ready)

    @on(Rows.OptionSelected)
    def open_row(self, event: Rows.OptionSelected) -> None:
        """Starts, goes on, or opens a result."""
        what, _, which = (event.option_id or "").partition(":")
        if what == "thing":
            self.start(self.day.things[int(which)])
        elif what == "attempt":
            from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415

            self.app.push_screen(Scorecard(which))
        elif what == "library":
            self.action_library()

    def start(self, thing: "Thing") -> None:
        """A practice: its brief first, or back into the turn that was left."""
        if thing.resume:
            self.resume(thing.resume)
            return
        from trainer.app.screens.brief import Brief  # noqa: PLC0415

        self.app.push_screen(Brief(thing.scenario, thing.form, thing.kind))

    @work(exclusive=True, group="resume")
    async def resume(self, attempt_id: str) -> None:
        """Back into an attempt."""
        with self.trouble_said():
            self.app.push_screen(await resumed(self.trainer, attempt_id))

    def action_library(self) -> None:
        """To the scenarios."""
        self.app.push_screen(page("library"))

    def action_history(self) -> None:
        """To the attempts."""
        self.app.push_screen(page("history"))

    def action_plan(self) -> None:
        """To the path of skills."""
        self.app.push_screen(page("plan"))

    def action_drills(self) -> None:
        """To the small pieces."""
        self.app.push_screen(page("drills"))

    def action_settings(self) -> None:
        """To the settings."""
        self.app.push_screen(page("settings"))
