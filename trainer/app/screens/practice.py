"""The practice itself: the prospect says a line, the rep replies out loud."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Rule, Static
from textual.worker import get_current_worker

from scoring.transcript import Transcript
from trainer.app import recording
from trainer.app.exchange import now_in
from trainer.app.messages import Transcribed
from trainer.app.screens.drafting import Drafting
from trainer.app.screens.feedback import After, Feedback
from trainer.app.screens.typing import Typing
from trainer.app.stages import ASKS, EARLIER, KEYS, UNSAVED, WORKS, Stage
from trainer.app.threads import off_thread
from trainer.app.widgets.booth import Booth
from trainer.app.widgets.notice import Notice
from trainer.app.widgets.prospect import Prospect
from trainer.app.widgets.spoken import spoken
from trainer.store.ids import new_id

if TYPE_CHECKING:
    from trainer.practice.session import Session


LONGEST_GOODBYE = 3.0
"""Seconds to wait for a microphone when leaving; the take is on disk already."""


class Practice(Drafting):
    """One turn after the other, until the conversation ends or the rep leaves."""

    CSS_PATH = "practice.tcss"
    ABOUT = (
        "Space starts your reply and ends it. Every take is kept; the last one counts. Leaving loses "
        "nothing: Home brings you back to this turn."
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.stage = Stage.READY
        self.words: Transcript | None = None
        self.remark = ""

    def body(self) -> ComposeResult:
        """Who speaks, what they say, the meter, the words."""
        yield Prospect()
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
        session = self.session
        self.take, self.words, self.remark = None, None, ""
        self.read_draft()
        kind = "warm-up · private" if session.attempt.kind == "warm-up" else "assessed"
        self.head(session.scenario.title, f"turn {session.position + 1} of {session.longest} · {kind}")
        self.query_one(Prospect).show(session.form.persona, session.turn.says)
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
                self.booth.show(take)
                self.enter(Stage.KEPT)

    def enter(self, stage: Stage) -> None:
        """To another stage: what is asked for and which keys work."""
        self.stage = stage
        self.query_one("#ask", Static).update(ASKS[stage])
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are there when they do something."""
        if action == "hear" and self.take is None:
            return False
        return self.stage in WORKS[action] if action in WORKS else super().check_action(action, parameters)

    # Speaking

    # A key changes the stage before its worker runs, so that a second press can't start a second worker.

    def action_speak(self) -> None:
        """Opens the microphone."""
        self.enter(Stage.STARTING)
        self.work_on(self._record)

    def work_on(self, what: Callable[[], Awaitable[None]]) -> None:
        """One thing at a time."""
        self.run_worker(what(), exclusive=True, group="reply")

    async def _record(self) -> None:
        self.trainer.sound.stop()
        self.say("")
        self.enter(Stage.STARTING)
        services, folder = self.trainer.services, recording.folder_of(self.session)
        with self.trouble_said():
            await self.booth.start(lambda: services.microphone(self.trainer.config, folder, new_id()))
            self.query_one("#words", Static).update("")
        if not self.booth.live:
            self.say(f"{self.query_one(Notice).text} Or press t and type the reply.", trouble=True)
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
    def take_ended(self, event: Booth.Ended) -> None:
        """A take of full length is used; whether one that was cut off is, the rep decides."""
        if event.why in recording.ENDINGS:
            self.enter(Stage.HEARING)
            self.work_on(partial(self._cut_off, event.why))
        else:
            self.action_end()

    async def _cut_off(self, why: str) -> None:
        if await self._keep():
            self.say(f"{recording.ENDINGS[why]} {self.remark}".rstrip(), trouble=True)
            self.enter(Stage.KEPT)
        else:
            self.say(f"{self.query_one(Notice).text} {recording.ENDINGS[why]}", trouble=True)

    def action_end(self) -> None:
        """Ends the take, keeps it, and makes words and a score of it."""
        self.enter(Stage.HEARING)
        self.work_on(self._end)

    async def _end(self) -> None:
        if await self._keep():
            await self._hear()

    async def _keep(self) -> bool:
        """Ends the take; whether there is one now."""
        self.enter(Stage.HEARING)
        with self.trouble_said():
            self.take, self.remark = await self.booth.finish(self.session)
            self.words = None
            self.say(self.remark, trouble=bool(self.remark))
            return True
        self.enter(self._resting())
        if self.stage is Stage.KEPT:
            self.query_one("#ask", Static).update(EARLIER)
        return False

    async def _hear(self) -> None:
        take, worker = self.take, get_current_worker()
        assert take is not None  # noqa: S101 - there is one in every stage this is called in
        self.enter(Stage.HEARING)
        with self.trouble_said():
            recogniser = await self.trainer.recogniser()
            heard = await off_thread(
                lambda: recording.words_of(
                    take,
                    self.session,
                    recogniser,
                    lock=self.trainer.one_at_a_time,
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
            self.drop_draft()
            shown = now_in(self.session)
            after = await self.app.push_screen_wait(Feedback(self.session, shown, remark=self.remark))
            await self._after(after)
            return
        self.enter(self._resting())
        if take is None and not recording.keep_draft(self.session, said.text):
            self.query_one("#ask", Static).update(UNSAVED)

    async def _after(self, after: After) -> None:
        if after is After.LEAVE:
            self.dismiss()
        elif after is After.GO_ON:
            await self._go_on()
        else:
            self.take, self.words, self.remark = None, None, ""
            self.query_one("#words", Static).update("")
            self.booth.clear()
            self.say("")
            self.enter(Stage.READY)
            if after is After.TYPE:
                await self._type()

    async def _go_on(self) -> None:
        from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415

        if await off_thread(self.session.go_on) is not None:
            self.begin_turn()
            return
        self.trainer.sound.stop()
        self.app.switch_screen(Scorecard(self.session.attempt.id, closing=self.session.closing, own=True))

    # The other keys

    def action_use(self) -> None:
        """Goes on with what is kept: words if there are any, else the take."""
        said = self.words
        self.enter(Stage.HEARING)
        self.work_on(self._hear if said is None else partial(self._judge, said))

    def action_again(self) -> None:
        """A new take; the one that runs is ended and kept first."""
        self.enter(Stage.STARTING)
        self.work_on(self._again)

    async def _again(self) -> None:
        if not self.booth.live or await self._keep():
            await self._record()

    def action_type(self) -> None:
        """The reply as text."""
        self.work_on(self._type)

    async def _type(self) -> None:
        self.trainer.sound.stop()
        typed = await self.app.push_screen_wait(
            Typing("Type your reply", self.session.turn.says, self.draft, keep=self.keep_draft)
        )
        if typed:
            self.draft, self.remark = typed, ""
            self.say("")
            await self._judge(Transcript.typed(typed))

    async def action_leave(self) -> None:
        """Back to where one came from; a take that runs is ended and kept."""
        if self.may_leave():
            await self.wind_up()
            self.dismiss()

    async def wind_up(self) -> str:
        """Ends and keeps a running take, but waits for no device that does not answer."""
        self.trainer.sound.stop()
        said = self.last_words()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopped(), LONGEST_GOODBYE)
        return said

    async def _stopped(self) -> None:
        opening = [one for one in self.workers if one.group == "reply" and self.stage is Stage.STARTING]
        if opening:
            await self.workers.wait_for_complete(opening)
        if self.booth.live:
            await self._keep()
