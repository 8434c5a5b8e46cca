"""One drill: the same line and the same thing to do, spoken or typed, until it was done twice in a row."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Rule, Static

from scoring.scorecard import CriterionResult
from scoring.transcript import Transcript
from trainer.app.screens.speaking import Speaking
from trainer.app.stages import KEYS, Stage
from trainer.app.threads import off_thread
from trainer.app.widgets.booth import Booth
from trainer.app.widgets.prospect import Prospect
from trainer.app.widgets.spoken import spoken
from trainer.app.widgets.stack import BLANK, Marked, Stack
from trainer.app.widgets.verdicts import mark
from trainer.coaching.drilling import IN_A_ROW

if TYPE_CHECKING:
    from trainer.practice.drill import DrillRun

SHOWN = 8
"""Tries whose signs are shown."""


class DrillPage(Speaking):
    """The line, what to do in the answer, the tries so far."""

    CSS_PATH = "drill.tcss"
    ABOUT = (
        "Answer the line and do the one thing that stands above it. Twice in a row, and the drill is done. "
        "Nobody but you sees a drill; its recordings are deleted when you leave."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "whole", "the whole talk", id="whole", key_display="⏎", tooltip="Practise all of it"
        ),
        *KEYS[:6],
        Binding("x", "example", "example", id="example", tooltip="See and hear how it can be done"),
        *KEYS[6:],
    ]

    def __init__(self, run: "DrillRun") -> None:
        super().__init__(run)
        self.drill = run

    def body(self) -> ComposeResult:
        """What to do, the line, the meter, the words and their verdict."""
        yield Static(id="aim")
        yield Prospect()
        yield Rule(line_style="solid")
        yield Booth()
        yield Static(id="ask")
        with VerticalScroll(id="heard", can_focus=False):
            yield Static(id="words")

    def on_mount(self) -> None:
        """The line, once aloud."""
        self.query_one(Prospect).show(self.session.form.persona, self.session.turn.says)
        self.ready()
        if self.trainer.config.speak:
            self.speak_line()

    def ready(self) -> None:
        """For the next try."""
        self.take, self.words, self.remark = None, None, ""
        self.booth.clear()
        self.draw()
        self.enter(Stage.READY)
        if self.drill.done:
            self.query_one("#ask", Static).update(
                "Twice in a row: done. Next: the whole talk, with this in it."
            )
        self.open_early()

    def draw(self) -> None:
        """How far it is."""
        run = self.drill
        self.head("Drill", f"{min(run.in_a_row, IN_A_ROW)} of {IN_A_ROW} in a row · private")
        tries = Content(" ").join([mark(one.met) for one in run.tries[-SHOWN:]])
        aim = Content.styled(run.criterion.says, "bold")
        self.query_one("#aim", Static).update(Stack(Marked(Content(""), aim, tries, indent=0), BLANK))

    async def judge(self, said: Transcript) -> None:
        """One try: its verdict stands where the words are, and the next one can begin."""
        self.words = said
        self.query_one("#words", Static).update(spoken(said))
        self.enter(Stage.HEARING)
        self.query_one("#ask", Static).update("Scoring …")
        with self.trouble_said():
            result = await off_thread(lambda: self.drill.attempt_at(said))
            self.drop_draft()
            self.query_one("#words", Static).update(self._verdict(said, result))
            self.query_one("#heard", VerticalScroll).scroll_home(animate=False)
            self.ready()
            return
        self.enter(self.resting())

    def _verdict(self, said: Transcript, result: CriterionResult) -> Visual:
        word = {True: "done", False: "not yet", None: "can't be judged"}[result.met]
        grounds = result.evidence[0].quote if result.evidence else result.why
        line = Content.assemble(
            (word, "bold"), "  ", (f"“{grounds}”" if result.evidence else grounds, "$text-muted")
        )
        parts: list[Visual] = [Marked(mark(result.met), line)]
        if result.met is False:
            parts.append(Marked(Content(""), Content(self.drill.criterion.tip)))
            if len(self.drill.tries) >= 2 and not self.drill.done:
                parts.append(Marked(Content(""), Content.styled("x shows how it can be done", "$text-muted")))
        return Stack(*parts, BLANK, spoken(said, result.evidence))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The whole talk comes when the piece is there."""
        if action == "whole":
            return self.stage is Stage.READY and self.drill.done
        if action == "example":
            return self.stage in (Stage.READY, Stage.KEPT, Stage.HEARD)
        return super().check_action(action, parameters)

    @work(exclusive=True, group="example")
    async def action_example(self) -> None:
        """How it can be done."""
        from trainer.app.screens.examples import Examples  # noqa: PLC0415

        self.trainer.sound.stop()
        await self.booth.let_go()
        run = self.drill
        await self.app.push_screen_wait(
            Examples(run.place, run.rubric, (run.criterion.id,), run.form.persona.voice)
        )
        if self.stage is Stage.READY:
            self.open_early()

    def action_whole(self) -> None:
        """The brief of the scenario."""
        from trainer.app.screens.brief import Brief  # noqa: PLC0415

        self.drill.end()
        self.app.switch_screen(Brief(self.session.scenario.id))

    def may_leave(self) -> bool:
        """A drill has nothing to lose: its tries are kept."""
        return True

    def last_words(self) -> str:
        """Nothing to come back to."""
        return ""

    async def wind_up(self) -> str:
        """Ends a take that runs, and deletes what was recorded."""
        said = await super().wind_up()
        await off_thread(self.drill.end)
        return said
