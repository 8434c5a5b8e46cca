"""An attempt as a whole: the score, every criterion, the one next step, how scores go, the replies."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app import remarks, words
from trainer.app.exchange import Exchange, of_attempt, rubric_of
from trainer.app.places import page, resumed
from trainer.app.screens.listing import Listing
from trainer.app.screens.replies import ReplyOfAttempt
from trainer.app.titles import title_of
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK, Marked
from trainer.app.widgets.verdicts import tallied

if TYPE_CHECKING:
    from scoring.rubric import Rubric
    from scoring.scorecard import Scorecard as Card
    from trainer.store import Store
    from trainer.store.records import AttemptDetail

TREND = 8
"""Scores of the trend, this attempt included."""
MADE = len("9 comments")


class Scorecard(Listing[None]):
    """Shown at the end of a practice and from every list of attempts.

    A manager sees what managers may see; `own` is for a practice that the person at the keys has just done.
    `closing` is the prospect's last line then. The pointer begins at the criterion `at`.
    """

    ABOUT = "Choose a criterion or a reply with the arrows; enter opens the reply, with its sound."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "open",
            "open reply",
            id="open",
            key_display="⏎",
            tooltip="The reply, its evidence, its sound",
        ),
        Binding(
            "a", "again", "practise again", id="practise-again", tooltip="The same scenario, in a fresh form"
        ),
        Binding("d", "drill", "drill", id="drill", tooltip="Practise what was missed, piece by piece"),
        Binding("g", "go_on", "go on", id="resume", tooltip="Back to the turn at which this was left"),
    ]

    def __init__(
        self, attempt_id: str, *, closing: str | None = None, own: bool = False, at: str | None = None
    ) -> None:
        super().__init__()
        self.attempt_id, self.closing, self.own, self.criterion = attempt_id, closing, own, at
        self.detail: AttemptDetail | None = None
        self.rubric: Rubric | None = None
        self.exchanges: tuple[Exchange, ...] = ()
        self.said: dict[str, int] = {}

    @property
    def for_manager(self) -> bool:
        """Whether somebody else's attempt is shown to a manager."""
        return self.trainer.config.role == "manager" and not self.own

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the page."""
        with self.trouble_said():
            store = await self.trainer.store()
            read = store.team_attempt if self.for_manager else store.attempt
            first = self.detail is None
            detail = self.detail = read(self.attempt_id)
            if first and self.for_manager:
                store.privacy.look((await self.trainer.me()).id, detail.rep.id, "attempt", self.attempt_id)
            self.said = {key: len(all_) for key, all_ in remarks.of_attempt(store, self.attempt_id).items()}
            self.rubric = rubric_of(detail)
            self.exchanges = of_attempt(detail, self.trainer.services.paths.takes)
            who = f"{detail.rep.name} · " if self.for_manager else ""
            day = words.day(detail.attempt.started_at, self.trainer.services.now())
            title = f"{who}{title_of(detail.attempt.scenario)}, form {detail.attempt.form}"
            self.head(title, f"{detail.attempt.kind} · {day}")
            rows = self.query_one(Rows)
            rows.fill(*self._rows(detail, self._scores(store, detail)))
            key = f"criterion:{self.criterion}"
            if first and any(option.id == key for option in rows.options):
                rows.highlighted = rows.get_option_index(key)
            self.refresh_bindings()

    def _scores(self, store: "Store", detail: "AttemptDetail") -> list[int]:
        """This scenario's scores up to this attempt, oldest first."""
        found = (
            store.team_attempts(rep_id=detail.rep.id, scenario=detail.attempt.scenario)
            if self.for_manager
            else store.attempts(rep_id=detail.rep.id, scenario=detail.attempt.scenario, finished=True)
        )
        until = [one.score for one in found if one.attempt.started_at <= detail.attempt.started_at]
        return [score for score in reversed(until[:TREND]) if score is not None]

    def _rows(self, detail: "AttemptDetail", scores: list[int]) -> Iterator[tuple[str | None, VisualType]]:
        if self.closing and self.exchanges:
            yield None, Content.assemble((f"{self.exchanges[-1].asked_by}  ", "bold"), f"“{self.closing}”")
            yield None, BLANK
        yield None, self._score(detail, scores)
        if corrected := sum(one.reply.transcript.source == "corrected" for one in self.exchanges):
            of = words.count(len(self.exchanges), "reply", "replies")
            said = f"Scored on words corrected by hand in {corrected} of {of}."
            yield None, Content.styled(said, "$text-muted")
        if detail.result and detail.result.score.next_step:
            yield (
                None,
                Marked(Content.styled("Next", "bold"), Content(detail.result.score.next_step), indent=6),
            )
        yield None, BLANK
        if detail.result:
            for result in detail.result.score.criteria:
                yield f"criterion:{result.id}", tallied(result, detail.result.score, self.rubric)
            yield None, BLANK
        for index, exchange in enumerate(self.exchanges):
            yield f"reply:{index}", _reply(exchange, self.said.get(exchange.reply.id, 0))

    def _score(self, detail: "AttemptDetail", scores: list[int]) -> Row:
        if detail.result is None:
            return Row.of_two(Content.styled("Left before the end; g goes on", "bold"), "not scored yet")
        score = detail.result.score.score
        if score is None:
            return Row.of_two(Content.styled("Not scored: nothing could be assessed", "bold"))
        verdict, style = "", ""
        if self.rubric:
            passed = score >= self.rubric.pass_mark
            verdict = f"{'passed' if passed else 'not passed yet'}; the mark is {self.rubric.pass_mark}"
            style = "$success" if passed else "$warning"
        said = Content.assemble((f"{score} of 100  ", f"bold {style}"), (verdict, "$text-muted"))
        return Row.of_two(said, words.trend(scores))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Practising is the rep's, going on is for what was left."""
        if action == "go_on":
            return self.detail is not None and self.detail.result is None and not self.for_manager
        if action == "again":
            return self.detail is not None and not self.for_manager
        if action == "drill":
            return (
                self.trainer.config.role == "rep"
                and self.detail is not None
                and self.detail.result is not None
            )
        if action == "open":
            return bool(self.exchanges)
        return super().check_action(action, parameters)

    @on(Rows.OptionSelected)
    def open_reply(self, event: Rows.OptionSelected) -> None:
        """The chosen reply, or the one that decided the chosen criterion."""
        what, _, which = (event.option_id or "").partition(":")
        if self.exchanges and self.detail:
            at = int(which) if what == "reply" else self._deciding(which)
            self.app.push_screen(
                ReplyOfAttempt(
                    self.exchanges, self.rubric, self.detail.attempt, at, for_manager=self.for_manager
                )
            )

    def _deciding(self, criterion: str) -> int:
        """The reply to open: what was missed before what was met; for a figure, the longest one."""

        known = self.rubric.criteria if self.rubric else ()
        asked = next((one for one in known if one.id == criterion), None)

        def worth(card: "Card") -> float:
            for one in card.criteria:
                if one.id == criterion:
                    return 2 if one.met is False else 1
            if asked and asked.measure:
                return float(card.delivery.get("talk_time") or card.delivery["words"])
            return float(bool(asked and card.moves.get(asked.move)))

        cards = [one.reply.scorecard for one in self.exchanges]
        return max(range(len(cards)), key=lambda at: (worth(cards[at]), -at))

    @work(exclusive=True, group="resume")
    async def action_go_on(self) -> None:
        """Back into the attempt."""
        with self.trouble_said():
            self.app.switch_screen(await resumed(self.trainer, self.attempt_id))

    def action_drill(self) -> None:
        """To the small pieces."""
        self.app.push_screen(page("drills"))

    def action_again(self) -> None:
        """The brief of the same scenario."""
        from trainer.app.screens.brief import Brief  # noqa: PLC0415 - it imports the practice, which imports this

        if self.detail:
            self.app.switch_screen(Brief(self.detail.attempt.scenario, None, self.detail.attempt.kind))


def _reply(exchange: Exchange, comments: int) -> VisualType:
    said = exchange.reply.transcript
    made = "" if said.source == "recognised" else said.source
    about = words.count(comments, "comment") if comments else made
    return Row(
        cell(f"{exchange.number}", "$text-muted", width=1),
        cell(f"“{said.text}”" if said.text else "(nothing)", width=REST),
        cell(about, "$primary" if comments else "$text-muted", width=MADE),
        cell(words.score(exchange.reply.scorecard.score), width=3, right=True),
        cell(words.clock(said.seconds) if said.seconds else "", "$text-muted", width=4, right=True),
    )
