"""The practice itself: the prospect says a line, the rep replies out loud."""

import asyncio
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Rule, Static
from textual.worker import get_current_worker

from scoring.transcript import Transcript
from trainer.app import recording
from trainer.app.exchange import now_in
from trainer.app.messages import Transcribed
from trainer.app.screens.feedback import After, Feedback
from trainer.app.screens.page import Page
from trainer.app.screens.typing import Typing
from trainer.app.threads import off_thread
from trainer.app.widgets.booth import Booth
from trainer.app.widgets.notice import Notice
from trainer.app.widgets.spoken import spoken
from trainer.store.ids import new_id

if TYPE_CHECKING:
    from trainer.practice.session import Session
    from trainer.store.records import Take


LONGEST_GOODBYE = 3.0
"""Seconds to wait for a microphone when leaving; the take is on disk already."""


class Stage(Enum):
    """What the practice waits for."""

    READY = auto()  # for the rep to speak
    STARTING = auto()  # for the microphone
    RECORDING = auto()
    HEARING = auto()  # for the recogniser and the scorer
    KEPT = auto()  # there is a take without a reply
    HEARD = auto()  # there are words without a score


ASKS = {
    Stage.READY: "Press space and answer out loud; space again ends the reply.",
    Stage.STARTING: "Opening the microphone …",
    Stage.RECORDING: "Space ends your reply.",
    Stage.HEARING: "Transcribing …",
    Stage.KEPT: "Your take is kept. Enter uses it; space takes it again.",
    Stage.HEARD: "Your words are kept. Enter scores them.",
}


class Practice(Page[None]):
    """One turn after the other, until the conversation ends or the rep leaves."""

    CSS_PATH = "practice.tcss"
    ABOUT = (
        "Space starts your reply and ends it. Every take is kept; the last one counts. Leaving loses "
        "nothing: Home brings you back to this turn."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "speak", "speak", id="speak", key_display="space", tooltip="Start your reply"),
        Binding("space", "end", "end reply", id="end", key_display="space", tooltip="End your reply"),
        Binding("enter", "use", "use", id="use", key_display="⏎", tooltip="Go on with what is kept"),
        Binding(
            "r", "again", "again", id="again", tooltip="Take it again from the start; the old take is kept"
        ),
        Binding("p", "hear", "hear", id="hear", tooltip="Hear your take; again to stop"),
        Binding("t", "type", "type", id="type", tooltip="Type the reply instead"),
        Binding("v", "repeat", "repeat", id="repeat", tooltip="Hear the prospect's line again"),
        Binding("m", "mute", "mute", id="mute", tooltip="The prospect's voice off or on"),
        Binding(
            "escape", "leave", "leave", id="back", tooltip="Leave; everything is kept and you can go on later"
        ),
    ]
    WORKS: ClassVar[dict[str, set[Stage]]] = {
        "speak": {Stage.READY, Stage.KEPT, Stage.HEARD},
        "end": {Stage.RECORDING},
        "use": {Stage.KEPT, Stage.HEARD},
        "again": {Stage.RECORDING, Stage.KEPT, Stage.HEARD},
        "hear": {Stage.KEPT, Stage.HEARD},
        "type": {Stage.READY, Stage.KEPT, Stage.HEARD},
        "repeat": {Stage.READY, Stage.KEPT, Stage.HEARD},
    }

    def __init__(self, session: "Session") -> None:
        super().__init__()
        self.session = session
        self.stage = Stage.READY
        self.take: Take | None = None
        self.words: Transcript | None = None
        self.draft = ""

    def body(self) -> ComposeResult:
        """Who speaks, what they say, the meter, the words."""
        yield Static(id="who")
        with VerticalScroll(id="line", can_focus=False):
            yield Static(id="says")
        yield Rule(line_style="solid")
        yield Booth()
        yield Static(id="ask")
        with VerticalScroll(id="heard", can_focus=False):
            yield Static(id="words")

    def on_mount(self) -> None:
        """The first turn, or the one that was left."""
        self.begin_turn()

    @property
    def booth(self) -> Booth:
        """Where takes are recorded."""
        return self.query_one(Booth)

    # One turn

    def begin_turn(self) -> None:
        """Shows and speaks the prospect's line."""
        self.take, self.words, self.draft = None, None, ""
        session, persona = self.session, self.session.form.persona
        kind = "warm-up · private" if session.attempt.kind == "warm-up" else "assessed"
        self.head(f"{session.scenario.title} · turn {session.position + 1} of {session.longest}", kind)
        self.query_one("#who", Static).update(
            Content.assemble((persona.name, "bold"), (f", {persona.role}", "$text-muted"))
        )
        self.query_one("#says", Static).update(Content(f"“{session.turn.says}”"))
        self.query_one("#words", Static).update("")
        self.booth.clear()
        self.say("")
        self.enter(Stage.READY)
        self.look_for_take()
        if self.trainer.config.speak:
            self.speak_line()

    @work(exclusive=True, group="leftover")
    async def look_for_take(self) -> None:
        """A take of this turn that was left without a reply comes back."""
        with self.trouble_said():
            take = await off_thread(lambda: recording.left_behind(self.session))
            if take is not None and self.stage is Stage.READY:
                self.take = take
                self.enter(Stage.KEPT)

    @work(exclusive=True, group="voice")
    async def speak_line(self) -> None:
        """The prospect's line, out loud where there is a voice."""
        if trouble := await self.trainer.sound.say(self.session.turn.says, self.session.form.persona.voice):
            self.say(f"{trouble} The line stands above.", trouble=True)

    def enter(self, stage: Stage) -> None:
        """To another stage: what is asked for and which keys work."""
        self.stage = stage
        self.query_one("#ask", Static).update(ASKS[stage])
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are there when they do something."""
        if action == "hear" and self.take is None:
            return False
        return (
            self.stage in self.WORKS[action]
            if action in self.WORKS
            else super().check_action(action, parameters)
        )

    # Speaking

    @work(exclusive=True, group="reply")
    async def action_speak(self) -> None:
        """Opens the microphone."""
        await self._record()

    async def _record(self) -> None:
        self.trainer.sound.stop()
        self.say("")
        self.enter(Stage.STARTING)
        services, folder = self.trainer.services, recording.folder_of(self.session)
        with self.trouble_said():
            await self.booth.start(lambda: services.microphone(self.trainer.config, folder, new_id()))
            self.query_one("#words", Static).update("")
        self.enter(Stage.RECORDING if self.booth.live else self._resting())

    def _resting(self) -> Stage:
        if self.words is not None:
            return Stage.HEARD
        return Stage.KEPT if self.take else Stage.READY

    @on(Booth.Muted)
    def say_muted(self) -> None:
        """Better told now than after a minute of speech."""
        self.say(recording.no_access(), trouble=True)

    @on(Booth.Ended)
    @work(exclusive=True, group="reply")
    async def action_end(self) -> None:
        """Ends the take, keeps it, and makes words and a score of it."""
        if await self._keep():
            await self._hear()

    async def _keep(self) -> bool:
        """Ends the take; whether there is one now."""
        self.enter(Stage.HEARING)
        with self.trouble_said():
            self.take, remark = await self.booth.finish(self.session)
            self.words = None
            self.say(remark, trouble=bool(remark))
            return True
        self.enter(self._resting())
        return False

    async def _hear(self) -> None:
        take, worker = self.take, get_current_worker()
        assert take is not None  # noqa: S101 - there is one in every stage this is called in
        self.enter(Stage.HEARING)
        with self.trouble_said():
            recogniser = await self.trainer.recogniser()
            heard = await off_thread(
                lambda: self.session.hear(
                    take,
                    recogniser,
                    on_progress=self.heard_so_far,
                    cancelled=lambda: worker.is_cancelled,
                )
            )
            if heard.text.strip():
                await self._judge(heard)
                return
            self.say("I heard nothing. Space to say it again, p to hear the take, t to type.", trouble=True)
        self.enter(self._resting())

    def heard_so_far(self, share: float) -> None:
        """Called on the recogniser's thread."""
        self.post_message(Transcribed(share))

    @on(Transcribed)
    def show_progress(self, message: Transcribed) -> None:
        """How far the recogniser is."""
        if self.stage is Stage.HEARING:
            self.query_one("#ask", Static).update(f"Transcribing … {message.share:.0%}")

    # Judging, and what comes after

    async def _judge(self, said: "Transcript") -> None:
        self.words = said
        self.query_one("#words", Static).update(spoken(said))
        self.enter(Stage.HEARING)
        self.query_one("#ask", Static).update("Scoring …")
        take = self.take if said.source != "typed" else None
        with self.trouble_said():
            await off_thread(lambda: self.session.judge(said, take))
            shown = now_in(self.session)
            after = await self.app.push_screen_wait(
                Feedback(self.session, shown, remark=self.query_one(Notice).text)
            )
            await self._after(after)
            return
        self.enter(self._resting())

    async def _after(self, after: After) -> None:
        if after is After.LEAVE:
            self.dismiss()
        elif after is After.GO_ON:
            await self._go_on()
        else:
            self.take = self.words = None
            self.query_one("#words", Static).update("")
            self.enter(Stage.READY)
            if after is After.TYPE:
                await self._type()

    async def _go_on(self) -> None:
        from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415

        if await off_thread(self.session.go_on) is not None:
            self.begin_turn()
            return
        self.trainer.sound.stop()
        self.app.switch_screen(Scorecard(self.session.attempt.id, closing=self.session.closing))

    # The other keys

    @work(exclusive=True, group="reply")
    async def action_use(self) -> None:
        """Goes on with what is kept: words if there are any, else the take."""
        if self.words is not None:
            await self._judge(self.words)
        else:
            await self._hear()

    @work(exclusive=True, group="reply")
    async def action_again(self) -> None:
        """A new take; the one that runs is ended and kept first."""
        if self.stage is not Stage.RECORDING or await self._keep():
            await self._record()

    @work(exclusive=True, group="voice")
    async def action_hear(self) -> None:
        """Plays the take, or stops it."""
        if self.trainer.sound.playing:
            self.trainer.sound.stop()
        elif self.take and (
            trouble := await self.trainer.sound.play(self.session.takes_folder / self.take.file)
        ):
            self.say(trouble, trouble=True)

    @work(exclusive=True, group="reply")
    async def action_type(self) -> None:
        """The reply as text."""
        await self._type()

    async def _type(self) -> None:
        self.trainer.sound.stop()
        typed = await self.app.push_screen_wait(
            Typing("Type your reply", self.session.turn.says, self.draft, keep=self.keep_draft)
        )
        if typed:
            await self._judge(Transcript.typed(typed))

    def keep_draft(self, text: str) -> None:
        """What was typed and not sent is there again at the next t."""
        self.draft = text

    def action_repeat(self) -> None:
        """The prospect's line once more."""
        self.speak_line()

    def action_mute(self) -> None:
        """The prospect's voice off or on, from now on."""
        speak = not self.trainer.config.speak
        trouble = self.trainer.change(speak=speak)
        self.trainer.sound.stop()
        self.say(trouble or ("The prospect speaks." if speak else "The prospect is silent; m to hear them."))

    async def action_leave(self) -> None:
        """Back to where one came from; a take that runs is ended and kept."""
        await self.wind_up()
        self.dismiss()

    async def wind_up(self) -> str:
        """Ends and keeps a running take, but waits for no device that does not answer."""
        self.trainer.sound.stop()
        if self.booth.live:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._keep(), LONGEST_GOODBYE)
        where = f"turn {self.session.position + 1} of “{self.session.scenario.title}”"
        return f"Kept: {where}. `trainer` brings you back to it."
