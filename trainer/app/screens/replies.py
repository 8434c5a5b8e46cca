"""The replies of an attempt, with what was said about them at their moments."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from scoring.rubric import Rubric
from trainer.app import remarks, words
from trainer.app.exchange import Exchange
from trainer.app.remarks import Remark
from trainer.app.screens.reason import Reason
from trainer.app.screens.reply import EVIDENCE, LEAD_IN, PLAY, WHY, ReplyPage
from trainer.app.threads import off_thread
from trainer.app.widgets.reply_view import ReplyView

if TYPE_CHECKING:
    from trainer.store.records import Attempt

DELETE = "Delete this recording?"

LOOK = 0.25
"""Seconds from one look at what is heard to the next."""


class ReplyOfAttempt(ReplyPage[None]):
    """One reply after the other. A manager comments on a moment, and the rep sees and hears it there."""

    ABOUT = f"{ReplyPage.ABOUT} With d a rep deletes the recording, wherever it lies; words and scores stay."
    BINDINGS: ClassVar[list[BindingType]] = [
        EVIDENCE,
        PLAY,
        WHY,
        Binding("c", "comment", "comment", id="comment", tooltip="Say something about this moment"),
        Binding("x", "exemplary", "example", id="exemplary", tooltip="An example for others, or no longer"),
        Binding("x", "example", "how it's done", id="example", tooltip="See and hear how it can be done"),
        Binding("m", "remark", "comments", id="remarks", tooltip="To the next comment, and hear its moment"),
        Binding(
            "d",
            "delete",
            "delete recording",
            id="delete-recording",
            show=False,
            tooltip="Delete this recording, wherever it lies; its words and scores stay",
        ),
        Binding("right,n", "step(1)", "next", id="next", key_display="→", tooltip="The next reply"),
        Binding("left,b", "step(-1)", "previous", id="previous", key_display="←", tooltip="The reply before"),
    ]

    def __init__(
        self,
        exchanges: Sequence[Exchange],
        rubric: Rubric | None,
        attempt: "Attempt",
        at: int = 0,
        *,
        for_manager: bool = False,
    ) -> None:
        super().__init__(exchanges, rubric, at)
        self.attempt, self.for_manager = attempt, for_manager
        self.remarks: dict[str, tuple[Remark, ...]] = {}
        self.example = False
        self.recorded = False
        self.began: tuple[datetime, float] | None = None

    def on_mount(self) -> None:
        """The first reply, and what was said about all of them."""
        if self.for_manager:
            self.query_one(ReplyView).whose = "They said"
        super().on_mount()
        self.load()
        self.set_interval(LOOK, self.follow)

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads what was said."""
        with self.trouble_said():
            store = await self.trainer.store()
            self.remarks = remarks.of_attempt(store, self.attempt.id)
            found = store.notes.exemplary(self.attempt.scenario, self.exchange.reply.turn)
            self.example = any(one.reply_id == self.exchange.reply.id for one in found)
            take_id = self.exchange.reply.take_id
            self.recorded = take_id is not None and store.privacy.why_gone(take_id) is None
            self.draw_remarks(None)

    def draw_remarks(self, which: int | None) -> None:
        """Draws them, one of them pointed at."""
        view = self.query_one(ReplyView)
        if (view.remarks, view.remark) != (self.said, which):
            view.remarks, view.remark = self.said, which
            view.redraw()
        score = self.exchange.reply.scorecard.score
        worth = "not assessable" if score is None else f"{score} of 100"
        example = "an example for others · " if self.example else ""
        self.head(f"Turn {self.exchange.number} of {self.exchange.of}", f"{example}{worth}")
        self.refresh_bindings()

    @property
    def said(self) -> tuple[Remark, ...]:
        """What was said about the reply that is shown."""
        return self.remarks.get(self.exchange.reply.id, ())

    @property
    def second(self) -> float | None:
        """The moment that is heard now, or that was chosen last; None for the reply as a whole."""
        if self.began and self.trainer.sound.playing:
            at, start = self.began
            return start + (self.trainer.services.now() - at).total_seconds()
        playing = self.query_one(ReplyView).playing
        return playing.start if playing else None

    def follow(self) -> None:
        """Points at a comment when its moment is heard."""
        if not self.said or not self.trainer.sound.playing or (now := self.second) is None:
            return
        passed = [at for at, one in enumerate(self.said) if one.second is not None and one.second <= now]
        if passed:
            self.draw_remarks(passed[-1])

    async def hear(self, start: float) -> None:
        """Plays from a second on, and remembers since when; a manager's look is logged."""
        if self.for_manager:
            store, me = await self.trainer.store(), await self.trainer.me()
            store.privacy.look(me.id, self.attempt.rep_id, "recording", self.attempt.id)
        await super().hear(start)
        self.began = (self.trainer.services.now(), start)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Steps within the attempt only; comments are the manager's."""
        if action == "step":
            return 0 <= self.at + int(str(parameters[0])) < len(self.exchanges)
        if action in ("comment", "exemplary"):
            return self.for_manager
        if action == "example":
            return not self.for_manager and self.rubric is not None
        if action == "delete":
            return self.recorded and not self.for_manager
        if action == "remark":
            return bool(self.said)
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Another reply."""
        self.trainer.sound.stop()
        self.began = None
        self.show(self.at + by)
        self.load()

    @work(exclusive=True, group="sound")
    async def action_remark(self) -> None:
        """The next comment; its moment is heard."""
        view = self.query_one(ReplyView)
        which = 0 if view.remark is None else (view.remark + 1) % len(self.said)
        self.draw_remarks(which)
        second = self.said[which].second
        if second is not None and self.exchange.audio:
            await self.hear(max(0.0, second - LEAD_IN))

    @work(exclusive=True, group="comment")
    async def action_comment(self) -> None:
        """Asks for the comment; the recording waits meanwhile."""
        second = self.second
        self.trainer.sound.stop()
        where = "the whole reply" if second is None else words.clock(second)
        text = await self.app.push_screen_wait(
            Reason(f"Comment on {where}", "The rep reads it at that moment.", nothing="Nothing is typed yet.")
        )
        if text is None:
            return
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            store.notes.write(self.exchange.reply.id, me.id, "comment", text, at_second=second)
            self.load()
            self.say(f"Kept at {where}.")

    @work(exclusive=True, group="comment")
    async def action_exemplary(self) -> None:
        """Makes the reply an example for the others, or takes that back."""
        with self.trouble_said():
            store, me = await self.trainer.store(), await self.trainer.me()
            stands = not self.example
            store.notes.mark_exemplary(self.exchange.reply.id, me.id, stands=stands)
            self.load()
            self.say("An example for the others now." if stands else "No longer an example.")

    @work(exclusive=True, group="comment")
    async def action_delete(self) -> None:
        """Asks once more, and deletes the recording here; elsewhere that is done in the background."""
        from trainer.app.screens.ask import Choose  # noqa: PLC0415
        from trainer.practice.retention import delete_asked  # noqa: PLC0415

        self.trainer.sound.stop()
        take_id = self.exchange.reply.take_id
        answers = [("no", "no, keep it"), ("yes", "yes, for good; its words and scores stay")]
        if take_id is None or await self.app.push_screen_wait(Choose(DELETE, answers, "")) != "yes":
            return
        with self.trouble_said():
            store, takes = await self.trainer.store(), self.trainer.services.paths.takes
            if await off_thread(lambda: delete_asked(store, takes, take_id)):
                self.say("Deleted.")
            else:
                self.say("The file can't be deleted now; something uses it.", trouble=True)
            self.trainer.something_to_tidy()
            self.load()

    def action_example(self) -> None:
        """How the rep could have done what this reply missed, or what was asked of it."""
        from scenarios.loader import load  # noqa: PLC0415
        from trainer.app.screens.examples import Examples  # noqa: PLC0415
        from trainer.store.coaching.drills import Place  # noqa: PLC0415

        attempt, card = self.attempt, self.exchange.reply.scorecard
        missed = [one.id for one in card.criteria if one.met is not True] or [one.id for one in card.criteria]
        with self.trouble_said():
            form = load(attempt.scenario).forms.get(attempt.form)
            voice = form.persona.voice if form else "female"
            place = Place(attempt.skill, attempt.scenario, attempt.form, self.exchange.reply.turn)
            if self.rubric:
                self.trainer.sound.stop()
                self.app.push_screen(Examples(place, self.rubric, missed, voice))
