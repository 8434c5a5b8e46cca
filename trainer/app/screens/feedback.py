"""Right after a reply: what was heard, what it was worth and why, the one thing to try next."""

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from trainer.app.exchange import Exchange, now_in
from trainer.app.screens.reply import EVIDENCE, PLAY, WHY, ReplyPage
from trainer.app.screens.typing import Typing
from trainer.app.threads import off_thread

if TYPE_CHECKING:
    from trainer.practice.session import Session


class After(Enum):
    """What the rep does next."""

    GO_ON = auto()
    AGAIN = auto()
    TYPE = auto()
    LEAVE = auto()


class Feedback(ReplyPage[After]):
    """The reply of the turn that a practice is at; it can be corrected or taken again."""

    ABOUT = (
        "Underlined words decided a criterion; words in italics were hard to make out. If words are "
        "wrong, correct them: you are scored on what you wrote, and the reply is marked as corrected."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "go_on", "go on", id="go-on", key_display="⏎", tooltip="To what the prospect says next"
        ),
        Binding(
            "r", "again", "again", id="again", tooltip="Reply again; this one is kept, the new one counts"
        ),
        EVIDENCE,
        PLAY,
        Binding("c", "correct", "correct", id="correct", tooltip="Correct the words and be scored on them"),
        WHY,
        Binding("t", "type", "type", id="type", tooltip="Reply again by typing"),
        Binding(
            "escape", "leave", "leave", id="back", tooltip="Leave; everything is kept, you can go on later"
        ),
    ]

    def __init__(self, session: "Session", exchange: Exchange, remark: str = "") -> None:
        super().__init__((exchange,), session.rubric, remark=remark)
        self.session = session
        self.wording = ""  # a correction that could not be logged

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A typed reply has nothing to correct: it is typed again."""
        if action == "correct":
            return self.exchange.reply.transcript.source != "typed"
        return super().check_action(action, parameters)

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

    @work(exclusive=True, group="correct")
    async def action_correct(self) -> None:
        """Takes the rep's own wording and scores it."""
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
            detail = self.session.store.attempt(self.session.attempt.id)
            take = next((one for one in detail.takes if one.id == self.exchange.reply.take_id), None)
            await off_thread(lambda: self.session.judge(before.corrected(text), take))
            self.wording = ""
            self.exchanges = (now_in(self.session),)
            self.show(0)
