"""A reply spoken: the microphone, the words as they come, the end; and the take, whatever ended it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import VerticalScroll
from textual.widgets import Static
from textual.worker import get_current_worker

from scoring.transcript import Transcript
from trainer.app import recording
from trainer.app.messages import Transcribed
from trainer.app.screens.consent import agreed, may_record
from trainer.app.screens.drafting import Drafting
from trainer.app.screens.typing import Typing
from trainer.app.stages import ASKS, EARLIER, WORKS, Stage, while_speaking
from trainer.app.threads import off_thread
from trainer.app.trouble import named
from trainer.app.widgets.booth import Booth
from trainer.app.widgets.notice import Notice
from trainer.app.widgets.spoken import growing
from trainer.store.ids import new_id

if TYPE_CHECKING:
    from trainer.app.services import Microphone
    from trainer.hearing.live import Live
    from trainer.practice.session import Session

LONGEST_GOODBYE = 3.0
"""Seconds to wait for a microphone when leaving; the take is on disk already."""


class Speaking(Drafting):
    """The part of a practice that makes a take and its words; what comes of the words is `judge`'s."""

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.stage = Stage.READY
        self.words: Transcript | None = None
        self.remark = ""

    @property
    def booth(self) -> Booth:
        """Where takes are recorded."""
        return self.query_one(Booth)

    async def judge(self, said: Transcript) -> None:
        """Scores words, and what comes after."""
        raise NotImplementedError

    def enter(self, stage: Stage) -> None:
        """To another stage: what is asked for and which keys work."""
        self.stage = stage
        self.query_one("#ask", Static).update(ASKS[stage])
        self.refresh_bindings()

    def resting(self) -> Stage:
        """Where one is when nothing is under way."""
        if self.words is not None:
            return Stage.HEARD
        return Stage.KEPT if self.take else Stage.READY

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are there when they do something."""
        if action == "hear" and self.take is None:
            return False
        return self.stage in WORKS[action] if action in WORKS else super().check_action(action, parameters)

    def work_on(self, what: Callable[[], Awaitable[None]]) -> None:
        """One thing at a time."""
        self.run_worker(what(), exclusive=True, group="reply")

    # Beginning

    def new_microphone(self) -> "Microphone":
        """For the next take of this turn."""
        folder = recording.folder_of(self.session)
        return self.trainer.services.microphone(self.trainer.config, folder, new_id())

    def open_early(self) -> None:
        """Opens the microphone while the rep reads, so that no word is cut. Trouble is said at the key.

        Only for a rep who agreed to be recorded, though nothing is, before the key.
        """
        if self.trainer.config.preroll:
            self.booth.wanted = True  # now: who goes on to type before the worker runs wants it no more
            self._open_early()

    @work(exclusive=True, group="early")
    async def _open_early(self) -> None:
        try:
            if await agreed(self.trainer):
                await self.booth.listen(self.new_microphone)
        except Exception as error:
            if not named(error):
                raise
        if self.stage not in (Stage.READY, Stage.STARTING, Stage.RECORDING):
            await self.booth.let_go()

    # A key changes the stage before its worker runs, so that a second press can't start a second worker.

    def action_speak(self) -> None:
        """Begins a take."""
        self.enter(Stage.STARTING)
        self.work_on(self.record)

    async def record(self) -> None:
        """A new take, heard while it is spoken."""
        if self.trainer.config.role == "rep" and not await self.allowed():
            return
        alone = not self.trainer.sound.playing  # or what the microphone holds is the prospect's voice
        self.trainer.sound.stop()
        self.say("")
        self.enter(Stage.STARTING)
        ears = self.session.listen(self.trainer.one_at_a_time)
        with self.trouble_said():
            self.booth.end_pause = self.trainer.config.end_pause
            await self.booth.start(self.new_microphone, ears, preroll=alone)
            self.query_one("#words", Static).update("")
            self.lend_recogniser(ears)
        if not self.booth.live:
            self.say(f"{self.query_one(Notice).text} Or press t and type the reply.", trouble=True)
        self.enter(Stage.RECORDING if self.booth.live else self.resting())
        if self.booth.live:
            self._ask(None, behind=False)

    @work(exclusive=True, group="ears")
    async def lend_recogniser(self, ears: "Live") -> None:
        """As soon as it is loaded; why it can't be is said where the words are waited for."""
        try:
            ears.use(await self.trainer.recogniser())
        except Exception as error:
            if not named(error):
                raise

    async def allowed(self) -> bool:
        """Whether the rep may be recorded, asked now if it never was."""
        with self.trouble_said():
            if await may_record(self.trainer):
                return True
            self.say("Nothing is recorded, as you wanted: press t to type, or change it in the settings.")
        self.enter(self.resting())
        return False

    # While the rep speaks

    @on(Booth.Heard)
    def show_heard(self, event: Booth.Heard) -> None:
        """The words so far, and how long the pause may last."""
        if self.stage is Stage.RECORDING:
            self.query_one("#words", Static).update(growing(event.so_far.firm, event.so_far.tentative))
            self.query_one("#heard", VerticalScroll).scroll_end(animate=False)
            self._ask(event.left, behind=event.so_far.behind)

    def _ask(self, left: float | None, *, behind: bool) -> None:
        asked = while_speaking(self.trainer.config.end_pause, left, behind=behind)
        self.query_one("#ask", Static).update(asked)

    @on(Booth.Muted)
    def say_muted(self) -> None:
        """Better told now than after a minute of speech."""
        self.say(recording.no_access(), trouble=True)

    @on(Booth.Ended)
    def take_ended(self, event: Booth.Ended) -> None:
        """A pause or the full length end a reply; whether a take that was cut off is one, the rep decides."""
        if event.why in recording.ENDINGS:
            self.enter(Stage.HEARING)
            self.work_on(partial(self._cut_off, event.why))
        elif self.stage is Stage.RECORDING:
            self.action_end()

    async def _cut_off(self, why: str) -> None:
        self.say(recording.ENDINGS[why], trouble=True)  # at once: keeping waits for a device that is stuck
        if await self.keep():
            self.say(f"{recording.ENDINGS[why]} {self.remark}".rstrip(), trouble=True)
            self.enter(Stage.KEPT)
        else:
            self.say(f"{self.query_one(Notice).text} {recording.ENDINGS[why]}", trouble=True)

    # Ending

    def action_end(self) -> None:
        """Ends the take, keeps it, and makes words and a score of it."""
        self.enter(Stage.HEARING)
        self.work_on(self._end)

    async def _end(self) -> None:
        if await self.keep():
            await self.hear()

    async def keep(self) -> bool:
        """Ends the take; whether there is one now."""
        self.enter(Stage.HEARING)
        with self.trouble_said():
            self.take, self.remark = await self.booth.finish(self.session)
            self.words = None
            self.say(self.remark, trouble=bool(self.remark))
            return True
        self.booth.drop_ears()
        self.enter(self.resting())
        if self.stage is Stage.KEPT:
            self.query_one("#ask", Static).update(EARLIER)
        return False

    async def hear(self) -> None:
        """The words of the take: those that were heard while it was spoken, and the rest."""
        take, ears, worker = self.take, self.booth.take_ears(), get_current_worker()
        assert take is not None  # noqa: S101 - there is one in every stage this is called in
        self.enter(Stage.HEARING)
        with self.trouble_said():
            recogniser = await self.trainer.recogniser()
            heard = await off_thread(
                lambda: recording.words_of(
                    take,
                    self.session,
                    recogniser,
                    ears,
                    lock=self.trainer.one_at_a_time,
                    on_progress=self.heard_so_far,
                    cancelled=lambda: worker.is_cancelled,
                )
            )
            if heard.text.strip():
                await self.judge(heard)
                return
            self.say("I heard nothing. Space to say it again, p to hear the take, t to type.", trouble=True)
        self.enter(self.resting())

    def heard_so_far(self, share: float) -> None:
        """Called on the recogniser's thread."""
        self.post_message(Transcribed(share))

    @on(Transcribed)
    def show_progress(self, message: Transcribed) -> None:
        """How far the recogniser is."""
        if self.stage is Stage.HEARING:
            self.query_one("#ask", Static).update(f"Transcribing … {message.share:.0%}")

    # Going on with what there is, and typing

    def action_use(self) -> None:
        """Goes on with what is kept: words if there are any, else the take."""
        said = self.words
        self.enter(Stage.HEARING)
        self.work_on(self.hear if said is None else partial(self.judge, said))

    def action_type(self) -> None:
        """The reply as text."""
        self.work_on(self.type)

    async def type(self) -> None:
        """Asks for the reply as text and judges it."""
        self.trainer.sound.stop()
        await self.booth.let_go()
        typed = await self.app.push_screen_wait(
            Typing("Type your reply", self.session.turn.says, self.draft, keep=self.keep_draft)
        )
        if typed:
            self.draft, self.remark = typed, ""
            self.say("")
            await self.judge(Transcript.typed(typed))
        elif self.stage is Stage.READY:
            self.open_early()

    # Again, and leaving

    def action_again(self) -> None:
        """A new take; the one that runs is ended and kept first."""
        self.enter(Stage.STARTING)
        self.work_on(self._again)

    async def _again(self) -> None:
        if not self.booth.live or await self.keep():
            await self.record()

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
        self.booth.drop_ears()
        return said

    async def _stopped(self) -> None:
        opening = [one for one in self.workers if one.group == "reply" and self.stage is Stage.STARTING]
        if opening:
            await self.workers.wait_for_complete(opening)
        if self.booth.live:
            await self.keep()
        await self.booth.let_go()
