"""Replies judged blind, with nothing but the keys."""

from itertools import zip_longest
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from trainer.app.screens.page import Page
from trainer.app.widgets.row import Row, cell
from trainer.app.widgets.rows import POINTER
from trainer.app.widgets.stack import BLANK, Marked, Stack
from trainer.app.widgets.verdicts import mark
from trainer.errors import TrainerError, command
from trainer.practice.labelling import QUALITY, Asked, Labelling

NUMBERS = "1234567890"
BEFORE = 7
"""Columns before a question: pointer, number, answer."""
ONE_COLUMN = 7
"""Questions that stand one below the other; more go into two columns, so that the reply keeps its room."""


class Label(Page[None]):
    """One reply after another: yes, no or can't tell to each question, then enter."""

    CSS_PATH = "label.tcss"
    ABOUT = (
        "Judge what was said, by what it does to the prospect, not by its words. You do not see whose reply "
        "it is, nor what the scorer made of it. A number walks a question through yes, no and can't tell. "
        "If you like, a to f says how good the reply is as a whole: what a score should go with. "
        "Each reply is kept at once; u takes you back to change it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "next", id="done", key_display="⏎", tooltip="Keep this one, to the next"),
        Binding("y", "answer('yes')", "yes", id="yes", tooltip="Yes to the question pointed at"),
        Binding("n", "answer('no')", "no", id="no", tooltip="No to the question pointed at"),
        Binding("s", "answer('unsure')", "can't tell", id="unsure", tooltip="Skip the question pointed at"),
        Binding("r", "rest", "rest no", id="rest", tooltip="No to all that is not answered"),
        Binding(
            "a",
            "rate('a')",
            "overall",
            id="overall",
            key_display="a-f",
            tooltip="The reply as a whole, if you like",
        ),
        *(Binding(key, f"rate('{key}')", "overall", show=False) for key in list(QUALITY)[1:]),
        Binding("u", "undo", "undo", id="undo", tooltip="Back to the reply before, to change it"),
        Binding("down", "point(1)", "next question", show=False),
        Binding("up", "point(-1)", "question before", show=False),
        Binding("pagedown", "scroll_reply(1)", "read on", show=False),
        Binding("pageup", "scroll_reply(-1)", "read back", show=False),
        *(Binding(key, f"number('{key}')", "a question", show=False) for key in NUMBERS),
        Binding("escape", "leave", "leave", id="back", tooltip="Leave; what was labelled is kept"),
    ]

    def __init__(self, labelling: Labelling) -> None:
        super().__init__()
        self.labelling, self.pointed = labelling, 0

    def body(self) -> ComposeResult:
        """The reply, the questions, a reminder of where the line runs."""
        with VerticalScroll(id="reply", can_focus=False):
            yield Static(id="said")
        yield Static(id="questions")
        yield Static(id="more")
        yield Static(id="overall")

    def on_mount(self) -> None:
        """The first reply."""
        self.show()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The questions about this reply."""
        return self.labelling.item.asked if self.labelling.item else ()

    def show(self) -> None:
        """Another reply, with the pointer on its first open question."""
        item, number = self.labelling.item, len(self.labelling.items)
        still = self.labelling.open
        self.pointed = self.asked.index(still[0]) if still else 0
        self.head("Label replies", f"{min(self.labelling.at + 1, number)} of {number}")
        said: list[Visual] = [Content(f"{number} labelled. Enter leaves; u goes back to the last one.")]
        if item is not None:
            said = [Content.styled("The rep said", "bold"), Content(item.text)]
        if item is not None and item.prompt:
            said = [Content.styled(f"“{item.prompt}”", "$text-muted italic"), BLANK, *said]
        self.query_one("#said", Static).update(Stack(*said))
        self.query_one("#reply", VerticalScroll).scroll_home(animate=False)
        self.say("")
        self.redraw()

    def redraw(self) -> None:
        """The questions with their answers."""
        parts = [self._question(index) for index in range(len(self.asked))]
        lines: list[Visual] = [Marked(before, says, indent=BEFORE) for before, says in parts]
        if len(parts) > ONE_COLUMN:
            cells = [cell(Content.assemble(before, "  ", says), width=-1) for before, says in parts]
            half = (len(cells) + 1) // 2
            lines = [
                Row(*pair) for pair in zip_longest(cells[:half], cells[half:], fillvalue=cell("", width=-1))
            ]
        self.query_one("#questions", Static).update(Stack(*lines))
        self.query_one("#overall", Static).update(self._overall())
        self.query_one("#more", Static).update(self.asked[self.pointed].more if self.asked else "")
        self.refresh_bindings()

    def _overall(self) -> Content:
        """The marks for the reply as a whole, the given one marked."""
        if not self.asked:
            return Content("")
        marks = [
            Content.styled(f"{POINTER.strip()}{key} {word}", "bold $primary")
            if key == self.labelling.mark
            else Content.assemble(f" {key} ", (word, "$text-muted"))
            for key, (word, _) in QUALITY.items()
        ]
        return Content.assemble(("As a whole", "$text-muted"), " ", Content(" ").join(marks))

    def _question(self, index: int) -> tuple[Content, Content]:
        """Pointer, number and answer, and behind them the question."""
        one = self.asked[index]
        given = self.labelling.given
        answer = mark(given[one.label]) if one.label in given else Content.styled("·", "$text-muted")
        here = index == self.pointed
        pointer = Content.styled(POINTER if here else "  ", "$primary")
        key = Content.styled(NUMBERS[index] if index < len(NUMBERS) else " ", "$text-muted")
        return Content.assemble(pointer, key, " ", answer), Content.styled(one.says, "bold" if here else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At the end there is nothing to answer; before the first there is nothing to undo."""
        if action in ("answer", "rest", "point", "number", "rate"):
            return bool(self.asked)
        if action == "undo":
            return self.labelling.at > 0
        if action == "leave":
            return True
        return super().check_action(action, parameters)

    def action_answer(self, answer: str) -> None:
        """Answers the question pointed at, and points at the next open one."""
        self._set({"yes": True, "no": False, "unsure": None}[answer])
        still = self.labelling.open
        later = [one for one in still if self.asked.index(one) > self.pointed]
        if still:
            self.pointed = self.asked.index((later or still)[0])
        self.redraw()

    def _set(self, answer: bool | None) -> None:
        self.labelling.given[self.asked[self.pointed].label] = answer
        self.say("")

    def action_point(self, by: int) -> None:
        """Another question."""
        self.pointed = (self.pointed + by) % len(self.asked)
        self.redraw()

    def action_scroll_reply(self, by: int) -> None:
        """A long reply, further down or up."""
        reply = self.query_one("#reply", VerticalScroll)
        reply.scroll_relative(y=by * max(1, reply.size.height - 1), animate=False)

    def action_number(self, number: str) -> None:
        """Walks a question through its answers."""
        index = NUMBERS.index(number)
        if index < len(self.asked):
            self.pointed = index
            given, label = self.labelling.given, self.asked[index].label
            order = (True, False, None)
            self._set(order[(order.index(given[label]) + 1) % 3] if label in given else True)
            self.redraw()

    def action_rest(self) -> None:
        """No to everything open."""
        for one in self.labelling.open:
            self.labelling.given[one.label] = False
        self.say("")
        self.redraw()

    def action_rate(self, mark: str) -> None:
        """How good the reply is as a whole; once more takes it back."""
        self.labelling.rate(mark)
        self.redraw()

    async def action_done(self) -> None:
        """Keeps the answers and goes on; after the last one, leaves."""
        if self.labelling.item is None:
            await self.action_leave()
        elif still := len(self.labelling.open):
            self.say(f"{still} not answered yet: y, n, s; r says no to the rest.")
        else:
            self._keep()

    def _keep(self) -> None:
        try:
            self.labelling.done()
        except TrainerError as error:
            self.say(str(error), trouble=True)
        else:
            self.show()

    def action_undo(self) -> None:
        """Back to the reply before."""
        self.labelling.back()
        self.show()

    async def action_leave(self) -> None:
        """Out of the app: this screen is all of it."""
        self.app.exit(message=self.goodbye())

    async def wind_up(self) -> str:
        """What is kept, and how to go on."""
        return self.goodbye()

    def goodbye(self) -> str:
        """What to do with it."""
        done, to = self.labelling.at, self.labelling.to
        if self.labelling.item is None:
            compare = command(f"calibrate {to}")
            return f"{done} replies are labelled in {to}. `{compare}` compares the scorer with you."
        return (
            f"{done} of {len(self.labelling.items)} replies are labelled in {to}; the same command goes on."
        )
