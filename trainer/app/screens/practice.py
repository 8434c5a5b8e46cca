"""The practice itself: the prospect says a line, the rep replies out loud."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Rule, Static

from scoring.transcript import Transcript
from trainer.app import recording
from trainer.app.exchange import now_in
from trainer.app.screens.feedback import After, Feedback
from trainer.app.screens.speaking import Speaking
from trainer.app.stages import KEYS, UNSAVED, Stage
from trainer.app.threads import off_thread
from trainer.app.widgets.booth import Booth
from trainer.app.widgets.prospect import Prospect
from trainer.app.widgets.spoken import spoken


class Practice(Speaking):
    """One turn after the other, until the conversation ends or the rep leaves."""

    CSS_PATH = "practice.tcss"
    ABOUT = (
        "Space starts your reply and ends it. Every take is kept; the last one counts. Leaving loses "
        "nothing: Home brings you back to this turn."
    )
    BINDINGS: ClassVar[list[BindingType]] = KEYS

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
        self.open_early()
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
                await self.booth.let_go()
                self.booth.show(take)

    # Judging, and what comes after

    async def judge(self, said: Transcript) -> None:
        """Scores the words, shows what was heard in them, and goes where the rep wants to."""
        self.words = said
        self.query_one("#words", Static).update(spoken(said))
        self.enter(Stage.HEARING)
        self.query_one("#ask", Static).update("Scoring …")
        take = self.take if said.source != "typed" else None
        with self.trouble_said():
            await off_thread(lambda: self.session.judge(said, take))
            self.drop_draft()
            shown = now_in(self.session)
            marks = self.trainer.config.mark_self
            feedback = Feedback(self.session, shown, remark=self.remark, marks=marks)
            after = await self.app.push_screen_wait(feedback)
            await self._after(after)
            return
        self.enter(self.resting())
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
                await self.type()
            else:
                self.open_early()

    async def _go_on(self) -> None:
        from trainer.app.screens.scorecard import Scorecard  # noqa: PLC0415

        if await off_thread(self.session.go_on) is not None:
            self.begin_turn()
            return
        self.trainer.sound.stop()
        self.app.switch_screen(Scorecard(self.session.attempt.id, closing=self.session.closing, own=True))
