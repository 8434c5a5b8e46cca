"""The command palette: what this screen does, where else there is to go, every scenario."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp

HIDDEN = ("command_palette", "quit", "open", "accept")
"""Actions that the palette has no use for, or names better itself."""


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    name: str
    about: str
    run: Callable[[], Any]


class Commands(Provider):
    """Subclasses give `commands`; all of them are shown before anything is typed."""

    @property
    def trainer(self) -> "TrainerApp":
        """The app, as what it is."""
        return cast("TrainerApp", self.app)

    async def commands(self) -> list[Command]:
        """What there is to find."""
        return []

    async def discover(self) -> Hits:
        """All of it."""
        for one in await self.commands():
            yield DiscoveryHit(one.name, one.run, help=one.about)

    async def search(self, query: str) -> Hits:
        """What fits."""
        matcher = self.matcher(query)
        for one in await self.commands():
            if (score := matcher.match(one.name)) > 0:
                yield Hit(score, matcher.highlight(one.name), one.run, help=one.about)


class Actions(Commands):
    """The keys of the screen the palette was called from."""

    async def commands(self) -> list[Command]:
        """Those that work now."""
        return [
            Command(
                active.binding.description.capitalize(),
                active.tooltip,
                self._runner(active.binding.action, active.node),
            )
            for active in self.screen.active_bindings.values()
            if active.enabled and active.binding.show and active.binding.action.split(".")[-1] not in HIDDEN
        ]

    def _runner(self, action: str, node: Any) -> Callable[[], Any]:
        return lambda: self.app.call_later(self.app.run_action, action, node)


class Places(Commands):
    """Where one can go from anywhere; a practice on the way is kept."""

    async def commands(self) -> list[Command]:
        """None before the first use is over."""
        app = self.trainer
        if app.config.role is None:
            return [Command("Leave", "Close the app", app.action_quit)]
        start = (
            ("Team", "Who needs you, and why")
            if app.config.role == "manager"
            else ("Home", "What is due, how it goes")
        )
        other = "light" if app.current_theme.dark else "dark"
        own = (
            Command("Go to your plan", "Skills, targets, how you judge yourself", lambda: app.go("plan")),
            Command("Go to the drills", "One piece of a talk, again and again", lambda: app.go("drills")),
            Command("Go to the history", "Your attempts", lambda: app.go("history")),
            Command(
                "Go to the brief", "What you both read before a session", lambda: app.go("session brief")
            ),
            Command("Go to what your manager sees", "And who looked", lambda: app.go("seen")),
        )
        return [
            Command(f"Go to {start[0]}", start[1], app.go),
            Command("Go to the library", "Every scenario", lambda: app.go("library")),
            *(own if app.config.role == "rep" else ()),
            Command("Go to the settings", "Name, microphone, voice, theme", lambda: app.go("settings")),
            Command(f"Turn {other}", "The other of our two looks", lambda: app.change(theme=f"rep-{other}")),
            Command("Leave", "Close the app; everything is kept", app.action_quit),
        ]


class Practices(Commands):
    """Every scenario by its title."""

    async def commands(self) -> list[Command]:
        """To its brief."""
        if self.trainer.config.role is None:
            return []
        from scenarios.headings import headings  # noqa: PLC0415 - YAML; when the palette is opened

        return [
            Command(f"Practise: {one.title}", f"About {one.minutes} minutes", self._opener(one.id))
            for one in headings()
        ]

    def _opener(self, scenario: str) -> Callable[[], Any]:
        return lambda: self.trainer.go("brief", scenario)
