"""Right after a reply: the rep's own marks, then what was heard and why, the one thing to try next."""

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from trainer.app.exchange import Exchange, now_in
from trainer.app.screens.reply import EVIDENCE, PLAY, WHY, ReplyPage
from trainer.app.screens.typing import Typing
from trainer.app.threads import off_thread
from trainer.app.widgets.reply_view import ReplyView

if TYPE_CHECKING:
    from trainer.practice.session import Session
    from trainer.store.records import AttemptDetail

QUESTION = "What would you say differently?"
FIRST_YOU = "Before you see what we heard: did you do it?  y yes   n no   ⏎ skips"

TRIES = 2
"""Takes of a turn from which on an example is offered; whoever asks for it gets it before."""


class After(Enum):
    """What the rep does next."""

    GO_ON = auto()
    AGAIN = auto()
    TYPE = auto()
    LEAVE = auto()


class Feedback(ReplyPage[After]):
    """The reply of the turn that a practice is at; it can be corrected or taken again."""

    ABOUT = (
        "First mark yourself: y or n for each criterion, a key each; enter skips it, and the settings turn "
        "it off. Underlined words decided a criterion; words in italics were hard to make out. If words "
        "are wrong, correct them: you are scored on what you wrote, and the reply is marked as corrected."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "mark(True)", "yes", id="mark-yes", tooltip="I did this"),
        Binding("n", "mark(False)", "no", id="mark-no", tooltip="I did not do this"),
        Binding("backspace", "unmark", "back one", id="unmark", tooltip="Take the last mark back"),
        Binding("enter", "skip", "skip", id="skip", key_display="⏎", tooltip="Show what was heard"),
        Binding(
            "enter", "go_on", "go on", id="go-on", key_display="⏎", tooltip="To what the prospect says next"
        ),
        Binding(
            "r", "again", "again", id="again", tooltip="Reply again; this one is kept, the new one counts"
        ),
        EVIDENCE,
        PLAY,
        Binding("n", "think", "note", id="think", show=False),  # the line above the keys says it
        Binding("x", "example", "how", id="example", tooltip="See and hear how it can be done"),
        Binding("c", "correct", "correct", id="correct", tooltip="Correct the words and be scored on them"),
        WHY,
        Binding("t", "type", "type", id="type", show=False),  # as r, then t
        Binding(
            "escape", "leave", "leave", id="back", tooltip="Leave; everything is kept, you can go on later"
        ),
    ]

    def __init__(
        self, session: "Session", exchange: Exchange, remark: str = "", *, marks: bool = True
    ) -> None:
        super().__init__((exchange,), session.rubric, remark=remark)
        self.session = session
        self.wording = ""  # a correction that could not be logged
        self.thought = ""
        card = exchange.reply.scorecard
        self.asked = [one.id for one in card.criteria] if marks and not card.flags else []
        self.said: dict[str, bool] = {}

    def body(self) -> ComposeResult:
        """The reply, the one thing to try, the question to think about."""
        yield from super().body()
        yield Static(id="think")

    @property
    def marking(self) -> bool:
        """Whether the rep still marks themself."""
        return len(self.said) < len(self.asked)

    def show(self, at: int) -> None:
        """The reply: to be marked by the rep, or with all that was heard."""
        super().show(at)
        view = self.query_one(ReplyView)
        view.own_marks, view.marking = self.said, len(self.said) if self.marking else None
        view.redraw()
        if self.marking:
            view.call_after_refresh(view.scroll_end, animate=False)  # a long reply must not hide the criteria
            self.head(f"Turn {self.exchange.number} of {self.exchange.of}", "mark yourself first")
            self.query_one("#next", Static).update(Content.styled(FIRST_YOU, "bold"))
        self.query_one("#think", Static).update("" if self.marking else self._question())
        self.refresh_bindings()

    def _question(self) -> Content:
        if self.thought:
            return Content.assemble(("You noted  ", "bold"), self.thought)
        said = Content.assemble((f"{QUESTION}  ", "bold"), ("n writes it down", "$text-muted"))
        missed = any(one.met is False for one in self.exchange.reply.scorecard.criteria)
        if missed and self._tries() >= TRIES:
            said += Content.styled(", x shows how it can be done", "$text-muted")
        return said

    def _tries(self) -> int:
        """How often this turn was answered; a correction is no other answer."""
        given = [one for one in self._detail().all_replies if one.turn == self.exchange.reply.turn]
        return sum(one.transcript.source != "corrected" for one in given)

    def _detail(self) -> "AttemptDetail":
        return self.session.store.attempt(self.session.attempt.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the rep marks themself nothing else is to be had but the way out."""
        if action in ("mark", "skip"):
            return self.marking
        if action == "unmark":
            return self.marking and bool(self.said)
        if self.marking and action not in ("leave", "app.keys", "keys", "command_palette"):
            return False
        if action == "think":
            return not self.thought
        if action == "correct":  # a typed reply has nothing to correct: it is typed again
            return self.exchange.reply.transcript.source != "typed"
        return super().check_action(action, parameters)

    def action_mark(self, met: bool) -> None:
        """The rep's own verdict on the criterion that is pointed at; after the last one ours are shown."""
        self.said[self.asked[len(self.said)]] = met
        if not self.marking:
            self._keep_marks()
        self.show(0)

    def action_unmark(self) -> None:
        """Back to the criterion before."""
        self.said.popitem()
        self.show(0)

    def action_skip(self) -> None:
        """What was heard, now; marks made so far count."""
        self.asked = list(self.said)
        self._keep_marks()
        self.show(0)

    def _keep_marks(self) -> None:
        if self.said:
            with self.trouble_said():
                self.session.store.notes.mark_self(self.exchange.reply.id, self.said)

    def action_go_on(self) -> None:
        """To the next turn."""
        self.finish(After.GO_ON)

    def action_again(self) -> None:
        """The same turn, spoken."""
        self.finish(After.AGAIN)

    def action_type(self) -> None:
        """The same turn, typed."""
        self.finish(After.TYPE)

    async def action_leave(self) -> None:
        """Out of the practice."""
        self.finish(After.LEAVE)

    def finish(self, after: After) -> None:
        """Silence, and back to the practice."""
        self.trainer.sound.stop()
        self.dismiss(after)

    @work(exclusive=True, group="think")
    async def action_think(self) -> None:
        """Keeps what the rep would say differently; of an assessed practice both read it in the session."""
        text = await self.app.push_screen_wait(Typing(QUESTION, self.exchange.asked, ""))
        if text is None:
            return
        with self.trouble_said():
            rep = self.session.attempt.rep_id
            self.session.store.notes.write(self.exchange.reply.id, rep, "reflection", text)
            self.thought = text
        self.show(0)

    @work(exclusive=True, group="example")
    async def action_example(self) -> None:
        """How it can be done: what was missed, or else all that was asked."""
        from trainer.app.screens.examples import Examples  # noqa: PLC0415
        from trainer.store.coaching.drills import Place  # noqa: PLC0415

        self.trainer.sound.stop()
        session, results = self.session, self.exchange.reply.scorecard.criteria
        missed = [one.id for one in results if one.met is not True] or [one.id for one in results]
        place = Place(session.attempt.skill, session.scenario.id, session.attempt.form, session.turn.id)
        await self.app.push_screen_wait(Examples(place, session.rubric, missed, session.form.persona.voice))

    @work(exclusive=True, group="correct")
    async def action_correct(self) -> None:
        """Takes the rep's own wording and scores it; their marks go with it."""
        before = self.exchange.reply.transcript
        text = await self.app.push_screen_wait(
            Typing(
                "Correct the words",
                "What you said, word for word. The score is marked as corrected.",
                self.wording or before.text,
                from_start=True,
            )
        )
        if text is None or text == before.text:
            return
        self.wording = text
        with self.trouble_said():
            take = next((one for one in self._detail().takes if one.id == self.exchange.reply.take_id), None)
            await off_thread(lambda: self.session.judge(before.corrected(text), take))
            self.wording = ""
            self.exchanges = (now_in(self.session),)
            self._keep_marks()
            self.show(0)
