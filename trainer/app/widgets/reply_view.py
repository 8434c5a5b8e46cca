"""One reply, judged: what was said with its evidence, the verdicts, the figures."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from scoring.bands import Bands
from scoring.rubric import Rubric
from scoring.scorecard import Evidence
from trainer.app import words
from trainer.app.exchange import Exchange
from trainer.app.remarks import Remark, shown
from trainer.app.widgets.delivered import delivered
from trainer.app.widgets.row import Row
from trainer.app.widgets.spoken import spoken
from trainer.app.widgets.stack import BLANK, Stack
from trainer.app.widgets.verdicts import judged, to_mark

FLAGS = {
    "nothing_heard": "nothing was heard",
    "stuffing": "keywords in a row are no reply",
    "recital": "reading the criteria aloud is no reply",
    "off_topic": "this is about something else",
}
"""What keeps a reply from counting, in plain words; one that is not here is shown by its own name."""


class ReplyView(VerticalScroll):
    """Scrolls where the terminal is low; the arrows do it, because it has the focus."""

    DEFAULT_CSS = """
    ReplyView { height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.exchange: Exchange | None = None
        self.rubric: Rubric | None = None
        self.explained = False
        self.playing: Evidence | None = None
        self.remarks: tuple[Remark, ...] = ()
        self.remark: int | None = None
        self.whose = "You said"
        self.own_marks: dict[str, bool] = {}
        self.marking: int | None = None

    def compose(self) -> ComposeResult:
        """One page."""
        yield Static(id="reply")

    def show(self, exchange: Exchange, rubric: Rubric | None) -> None:
        """Another reply."""
        self.exchange, self.rubric, self.playing = exchange, rubric, None
        self.remarks, self.remark = (), None
        self.redraw()
        self.scroll_home(animate=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What decided the criteria, in the order it was said, each stretch once."""
        if self.exchange is None:
            return ()
        found = {
            (one.start_char, one.end_char): one
            for result in self.exchange.reply.scorecard.criteria
            for one in result.evidence
        }
        return tuple(found[place] for place in sorted(found))

    def redraw(self) -> None:
        """Draws what there is to show now."""
        if self.exchange is None:
            return
        page = self.query_one("#reply", Static)
        page.update(Stack(*self._parts(self.exchange)))

    def _parts(self, exchange: Exchange) -> list[Visual]:
        card = exchange.reply.scorecard
        parts: list[Visual] = []
        if exchange.asked:
            parts += [Content.styled(f"“{exchange.asked}”", "$text-muted italic"), BLANK]
        parts += [
            Row.of_two(Content.styled(self.whose, "bold"), _made_by(exchange)),
            self._said(exchange),
            *_heard(exchange),
            *(shown(one, now=at == self.remark) for at, one in enumerate(self.remarks)),
            BLANK,
        ]
        if self.marking is not None:
            return [*parts, to_mark(card.criteria, self.rubric, self.own_marks, self.marking)]
        if card.criteria:
            verdicts = judged(card.criteria, self.rubric, explained=self.explained, said=self.own_marks)
            parts += [verdicts, BLANK]
        for flag in card.flags:
            parts.append(
                Content.styled(f"! Not counted: {FLAGS.get(flag, flag.replace('_', ' '))}.", "$warning")
            )
        bands = self.rubric.delivery if self.rubric else Bands()
        parts.append(delivered(card.delivery, bands, explained=self.explained))
        return parts

    def _said(self, exchange: Exchange) -> Content:
        text = exchange.reply.transcript
        return (
            spoken(text, () if self.marking is not None else self.evidence, self.playing)
            if text.text
            else Content.styled("(nothing)", "$text-muted")
        )


def _heard(exchange: Exchange) -> list[Visual]:
    """Beside a correction, what it corrects: whoever looks can hear which of the two it was."""
    if not exchange.heard:
        return []
    return [Content.styled(f"The recogniser heard: “{exchange.heard}”", "$text-muted")]


def _made_by(exchange: Exchange) -> str:
    transcript = exchange.reply.transcript
    how = {
        "typed": "typed",
        "corrected": "words corrected by hand",
        "recognised": "rough recogniser" if transcript.rough else transcript.engine,
    }[transcript.source]
    return f"{words.clock(transcript.seconds)} · {how}" if transcript.seconds else how
