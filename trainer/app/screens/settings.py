"""Who you are, and how the app sounds, hears and looks."""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlsplit

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app.screens.ask import Choose
from trainer.app.screens.page import Page
from trainer.app.themes import OURS
from trainer.app.threads import off_thread
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK, Marked
from trainer.errors import command

ENGINES = (
    ("auto", "the best that is on this machine"),
    ("faster-whisper", "faster-whisper, with fetched weights"),
    ("pocketsphinx", "pocketsphinx, rough, needs nothing fetched"),
)

WINDOWS = (
    ("full", "with care: the way Whisper was trained"),
    ("short", "faster: doubtful words are heard again with care"),
)
"""Whisper's window; the words are the settings' own."""

END_PAUSES = (
    ("0", "by space alone"),
    ("1.2", "by space, or a pause of 1.2 s: hardly anybody pauses so long within a reply"),
    ("0.8", "by space, or a pause of 0.8 s: quick, but may cut you off twice a minute"),
    ("2", "by space, or a pause of 2 s: for who thinks before speaking on"),
)


class Settings(Page[None]):
    """Every change is saved at once."""

    ABOUT = "Choose a line and press enter to change it. Every change is saved at once."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "change", id="open", key_display="⏎", tooltip="Change the chosen line"),
    ]

    def body(self) -> ComposeResult:
        """One list."""
        yield Rows()

    def on_mount(self) -> None:
        """All that there is to set."""
        self.head("Settings")
        self.query_one(Rows).focus()
        self.draw()

    def draw(self) -> None:
        """As it is set now."""
        with self.trouble_said():
            self.query_one(Rows).fill(*self._rows())

    def _rows(self) -> Iterator[tuple[str | None, VisualType]]:
        config = self.trainer.config
        choice = self.trainer.services.choice(config)
        yield "you", _row("You", f"{config.name}, {config.role}")
        yield "microphone", _row("Microphone", config.microphone or "the system's own")
        yield "voice", _row("Voice", "the prospect speaks" if config.speak else "off, lines are only shown")
        if config.role == "rep":
            yield "end_pause", _row("End a reply", dict(END_PAUSES).get(f"{config.end_pause:g}", ""))
            early = "the microphone opens as you read, so that none is cut"
            yield "preroll", _row("First word", early if config.preroll else "the microphone opens at space")
            first = "you mark your reply yourself, then see what we heard"
            at_once = "at once, without your own marks"
            yield "mark_self", _row("Feedback", first if config.mark_self else at_once)
        yield "theme", _row("Theme", config.theme)
        if config.role == "rep":
            kept = f"deleted after {config.keep_days} days" if config.keep_days else "kept until you ask"
            yield "recordings", _row("Recordings", f"{kept}; enter: whether you may be recorded")
        yield "engine", _row("Recogniser", f"{choice.engine} {choice.model}" if choice.ready else "none")
        if choice.engine == "faster-whisper" and choice.ready:
            yield "window", _row("Hearing", dict(WINDOWS)[config.window])
        if choice.note:
            yield None, Marked(Content(""), Content.styled(choice.note, "$text-muted"), indent=14)
        yield None, BLANK
        yield None, Content.styled(_team(config.team), "$text-muted")
        yield None, Content.styled(f"Kept in {self.trainer.services.paths.data}", "$text-muted")

    def action_open(self) -> None:
        """What enter does in the list."""
        self.query_one(Rows).action_select()

    @on(Rows.OptionSelected)
    def change(self, event: Rows.OptionSelected) -> None:
        """Asks for the new value, or switches."""
        if event.option_id == "voice":
            self._changed(speak=not self.trainer.config.speak)
        elif event.option_id == "preroll":
            self._changed(preroll=not self.trainer.config.preroll)
        elif event.option_id == "mark_self":
            self._changed(mark_self=not self.trainer.config.mark_self)
        elif event.option_id == "you" and self.trainer.config.team:
            self.say(f"In a team your name is the team's; `{command('team leave')}` ends that.")
        elif event.option_id == "you":
            from trainer.app.screens.welcome import Welcome  # noqa: PLC0415

            self.app.push_screen(Welcome(again=True))
        elif event.option_id == "recordings":
            self.ask_consent()
        elif event.option_id:
            self.ask(event.option_id)

    @work(exclusive=True, group="ask")
    async def ask_consent(self) -> None:
        """The rep may change their mind."""
        from trainer.app.screens.consent import may_record  # noqa: PLC0415

        with self.trouble_said():
            answer = await may_record(self.trainer, again=True)
            if answer is not None:
                self.say("Your replies may be recorded." if answer else "Nothing is recorded; you type.")

    @work(exclusive=True, group="ask")
    async def ask(self, what: str) -> None:
        """One of several values."""
        config = self.trainer.config
        with self.trouble_said():
            if what == "microphone":
                names = await off_thread(self.trainer.services.microphones)
                options = [("", "the system's own"), *((name, name) for name in names)]
                panel = Choose("Microphone", options, config.microphone)
            elif what == "theme":
                own = [theme.name for theme in OURS]
                others = sorted(set(self.app.available_themes) - set(own))
                panel = Choose("Theme", [(name, name) for name in (*own, *others)], config.theme)
            elif what == "window":
                panel = Choose("Hearing", WINDOWS, config.window)
            elif what == "end_pause":
                panel = Choose("End a reply", END_PAUSES, f"{config.end_pause:g}")
            else:
                panel = Choose("Recogniser", ENGINES, config.engine)
            if (value := await self.app.push_screen_wait(panel)) is not None:
                self._changed(**{what: float(value) if what == "end_pause" else value})

    def _changed(self, **changed: Any) -> None:
        trouble = self.trainer.change(**changed)
        self.draw()
        self.say(trouble, trouble=bool(trouble))


def _team(address: str) -> str:
    if address:
        return f"In the team at {urlsplit(address).hostname}; `{command('team status')}` says how it stands"
    return "In no team: everything stays on this machine"


def _row(name: str, value: str) -> Row:
    return Row(cell(name, "$text-muted", width=12), cell(value, width=REST))
