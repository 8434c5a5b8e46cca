"""The page that rep and manager both read before they talk, and the end of the talk."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from trainer.app import words
from trainer.app.screens.ask import Ask
from trainer.app.screens.page import Page
from trainer.app.screens.reply import LEAD_IN
from trainer.app.threads import off_thread
from trainer.app.widgets.stack import BLANK, Marked, Stack

if TYPE_CHECKING:
    from trainer.coaching.brief import Brief
    from trainer.coaching.holding_back import Quote
    from trainer.pages.outline import Section
    from trainer.store.records import Person


class SessionBrief(Page[None]):
    """The brief of a rep, or of the person at the keys: the rep reads the same page.

    Two minutes to read, two quotes to hear; then the manager closes the session with the next step.
    """

    CSS_PATH = "session_brief.tcss"
    ABOUT = (
        "Both read this before the session: e plays what is quoted, one after the other. At the end of the "
        "session c notes how it went; the next step, in your own words, becomes a practice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "hear", "hear", id="evidence", tooltip="Hear the quotes, one after the other"),
        Binding(
            "c",
            "close",
            "close session",
            id="close-session",
            tooltip="Kept or not, the next step, the next date",
        ),
        Binding(
            "p", "plan", "plan session", id="plan-session", tooltip="Another day and time for the session"
        ),
        Binding("s", "stop", "silence", id="stop-sound", tooltip="Stop what is playing"),
    ]

    def __init__(self, rep: "Person | None" = None) -> None:
        super().__init__()
        self.rep = rep
        self.brief: Brief | None = None
        self.heard = -1
        self.looked = False

    @property
    def for_manager(self) -> bool:
        """Whether a manager is at the keys; the rep reads the same page."""
        return self.trainer.config.role == "manager"

    def body(self) -> ComposeResult:
        """One page."""
        with VerticalScroll(id="page"):
            yield Static(id="brief")

    def on_mount(self) -> None:
        """The page follows."""
        self.head("Brief")
        self.query_one(VerticalScroll).focus()

    def on_screen_resume(self) -> None:
        """As things are now."""
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Makes the page."""
        from trainer.coaching.brief import brief  # noqa: PLC0415 - rubrics are read with pydantic

        with self.trouble_said():
            store, now = await self.trainer.store(), self.trainer.services.now().astimezone()
            me = await self.trainer.me()
            rep = self.rep or me
            found = self.brief = await off_thread(lambda: brief(store, rep, now))
            if not self.looked:
                self.looked = True
                store.privacy.look(me.id, rep.id, "brief")
            self.head(
                f"Brief · {rep.name}",
                words.session(found.session.starts_at if found.session else None, now)
                or "no session planned",
            )
            self.draw()

    def draw(self) -> None:
        """The page, with the quote that is heard marked."""
        from trainer.pages.outline import outline  # noqa: PLC0415

        if self.brief:
            parts = [part for one in outline(self.brief) for part in self._section(one)]
            self.query_one("#brief", Static).update(Stack(*parts[:-1]))
            self.refresh_bindings()

    def _section(self, one: "Section") -> Iterator[Visual]:
        yield Content.styled(one.title, "bold")
        for sentence in one.says:
            yield Content(sentence)
        for item in one.items:
            yield Marked(Content.styled("·", "$text-muted"), Content(item), indent=2)
        playing = self.playing
        for quote in one.quotes:
            here = quote.place == playing
            sign = Content.styled("▸" if here else "", "$primary")
            yield Marked(sign, Content.styled(f"“{quote.text}”", "$primary" if here else ""), indent=2)
            yield Marked(Content(""), Content.styled(quote.place, "$text-muted"), indent=2)
        yield BLANK

    @property
    def playing(self) -> str | None:
        """Where the quote that is heard is from, as the page says it."""
        from trainer.pages.wording import place  # noqa: PLC0415

        if self.brief is None or not 0 <= self.heard < len(self.quotes):
            return None
        return place(self.quotes[self.heard], self.brief)

    @property
    def quotes(self) -> "list[Quote]":
        """What can be heard."""
        held = self.brief.holding_back if self.brief else None
        return [one for one in (held.quotes if held else ()) if one.file and one.second is not None]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The manager notes the session; without a recording there is nothing to hear."""
        if action == "hear":
            return bool(self.quotes)
        if action == "stop":
            return self.heard >= 0
        if action in ("close", "plan"):
            return self.brief is not None and self.for_manager
        return super().check_action(action, parameters)

    @work(exclusive=True, group="sound")
    async def action_hear(self) -> None:
        """The next quote, from its own second on."""
        self.heard = (self.heard + 1) % len(self.quotes)
        quote = self.quotes[self.heard]
        self.draw()
        store, me = await self.trainer.store(), await self.trainer.me()
        store.privacy.look(me.id, (self.rep or me).id, "recording", quote.attempt_id)
        file = self.trainer.services.paths.takes / (quote.file or "")
        if not await self.have(file):
            return
        if trouble := await self.trainer.sound.play(file, max(0.0, (quote.second or 0.0) - LEAD_IN)):
            self.say(trouble, trouble=True)

    def action_stop(self) -> None:
        """Silence."""
        self.trainer.sound.stop()
        self.heard = -1
        self.draw()

    @work(exclusive=True, group="close")
    async def action_plan(self) -> None:
        """Asks when the session is; one that was planned counts as moved."""
        found, now = self.brief, self.trainer.services.now()
        if found is None:
            return
        example = words.in_a_week(now)
        text = await self.app.push_screen_wait(
            Ask(f"When is the session with {found.rep.name}?", f"Thu 14:00, tomorrow 9:30, {example} 14:00.")
        )
        if text is None:
            return
        try:
            starts = words.read_moment(text, now)
        except ValueError as error:
            self.say(str(error), trouble=True)
            return
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            if found.session:
                store.sessions.finish(found.session.id, "moved", me.id)
            store.sessions.plan(found.rep.id, me.id, starts)
            self.load()
            self.say(f"Planned: {words.session(starts, now)}.")

    @work(exclusive=True, group="close")
    async def action_close(self) -> None:
        """Notes how the session went and what comes next."""
        from trainer.app.screens.closing import Closing  # noqa: PLC0415
        from trainer.coaching.talking import to_close  # noqa: PLC0415

        if found := self.brief:
            with self.trouble_said():
                library, store = await self.trainer.library(), await self.trainer.store()
                session = to_close(store.sessions.of_rep(found.rep.id), self.trainer.services.now())
                closing = Closing(replace(found, session=session), library)
                if said := await self.app.push_screen_wait(closing):
                    self.load()
                    self.say(said)

    def on_unmount(self) -> None:
        """What is heard belongs to what is seen."""
        self.trainer.sound.stop()
