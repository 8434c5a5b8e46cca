"""One reply with its evidence, to look at and to listen to."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from scoring.rubric import Rubric
from trainer.app import words
from trainer.app.exchange import Exchange
from trainer.app.screens.page import Page
from trainer.app.widgets.reply_view import ReplyView

Outcome = TypeVar("Outcome")

EVIDENCE = Binding(
    "e", "evidence", "evidence", id="evidence", tooltip="Hear the evidence, one piece after another"
)
PLAY = Binding("p", "play", "hear", id="play", tooltip="Hear the whole reply; again to stop")
WHY = Binding("w", "why", "why", id="why", tooltip="The reason for each verdict, and what to do")

LEAD_IN = 0.3
"""Seconds heard before a piece of evidence, so that its first word is whole."""


class ReplyPage(Page[Outcome]):
    """Shows one of several replies; e walks through the evidence by ear."""

    CSS_PATH = "reply.tcss"
    ABOUT = "Underlined words decided a criterion; words in italics were hard to make out."
    BINDINGS: ClassVar[list[BindingType]] = [EVIDENCE, PLAY, WHY]

    def __init__(
        self, exchanges: Sequence[Exchange], rubric: Rubric | None, at: int = 0, remark: str = ""
    ) -> None:
        super().__init__()
        self.exchanges, self.rubric, self.at, self.remark = tuple(exchanges), rubric, at, remark
        self.heard = -1

    @property
    def exchange(self) -> Exchange:
        """The reply that is shown."""
        return self.exchanges[self.at]

    def body(self) -> ComposeResult:
        """The reply, and below it the one thing to try."""
        yield ReplyView()
        yield Static(id="next")

    def on_mount(self) -> None:
        """The first reply."""
        self.show(self.at)
        self.query_one(ReplyView).focus()

    def show(self, at: int) -> None:
        """Another reply."""
        self.at, self.heard = at, -1
        card = self.exchange.reply.scorecard
        score = "not assessable" if card.score is None else f"{card.score} of 100"
        self.head(f"Turn {self.exchange.number} of {self.exchange.of}", score)
        self.query_one(ReplyView).show(self.exchange, self.rubric)
        advice = Content.assemble(("Next time  ", "bold"), card.next_step) if card.next_step else Content("")
        self.query_one("#next", Static).update(advice)
        self.say(self.remark, trouble=bool(self.remark))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a recording can be heard."""
        if action == "play":
            return self.exchange.audio is not None
        if action == "evidence":
            return self.exchange.audio is not None and bool(self._timed())
        return super().check_action(action, parameters)

    def _timed(self) -> list[tuple[float, int]]:
        found = enumerate(self.query_one(ReplyView).evidence)
        return [(one.start, number) for number, one in found if one.start is not None]

    def action_why(self) -> None:
        """Reasons on or off."""
        view = self.query_one(ReplyView)
        view.explained = not view.explained
        view.redraw()

    @work(exclusive=True, group="sound")
    async def action_play(self) -> None:
        """The whole reply, or silence."""
        if self.trainer.sound.playing:
            self.trainer.sound.stop()
        else:
            await self.hear(0.0)

    @work(exclusive=True, group="sound")
    async def action_evidence(self) -> None:
        """The next piece of evidence, from its second on."""
        timed = self._timed()
        self.heard = (self.heard + 1) % len(timed)
        start, number = timed[self.heard]
        view = self.query_one(ReplyView)
        view.playing = view.evidence[number]
        view.redraw()
        self.say(f"Evidence {self.heard + 1} of {len(timed)}, from {words.clock(start)}.")
        await self.hear(max(0.0, start - LEAD_IN))

    async def hear(self, start: float) -> None:
        """Plays the recording from a second on, or says why that can't be."""
        audio = self.exchange.audio
        if audio is None or not await self.have(audio) or audio != self.exchange.audio:
            return
        if trouble := await self.trainer.sound.play(audio, start):
            self.say(trouble, trouble=True)

    def on_unmount(self) -> None:
        """What is heard belongs to what is seen."""
        self.trainer.sound.stop()
