"""A scenario walked by its author: every branch by keyboard, replies scored while they are typed."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.visual import Visual
from textual.widgets import Static, TextArea

from scenarios.walking import Edge, Walk, asked
from trainer.app.screens.page import Page
from trainer.app.widgets.prospect import Prospect
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import POINTER
from trainer.app.widgets.stack import Marked, Stack
from trainer.app.widgets.verdicts import judged, promised
from trainer.errors import command

REST_OF_TYPING = 0.15
"""Seconds without a key after which what is typed is scored."""
NUMBERS = "12345"


class Preview(Page[None]):
    """Type a reply and see what it is worth and where the talk goes; nothing is kept."""

    CSS_PATH = "preview.tcss"
    ABOUT = (
        "Walk through the scenario as a rep would, and otherwise. What you type is scored as in practice, "
        "and the pointer shows the branch it takes. A number takes any branch, whatever was said. Nothing "
        "of it is stored. m shows all ways, and which of them you have walked."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "onward",
            "go on",
            id="onward",
            key_display="⏎",
            priority=True,
            tooltip="Along the branch pointed at",
        ),
        Binding("t", "write", "type", id="write", tooltip="Type a reply, or change it"),
        Binding("e", "example(True)", "good", id="good", tooltip="Fill in the next exemplar"),
        Binding("x", "example(False)", "poor", id="poor", tooltip="Fill in the next counter-example"),
        Binding(
            "1",
            "branch(0)",
            "branch",
            id="branch",
            key_display="1-5",
            tooltip="That branch, whatever was said",
        ),
        *(Binding(key, f"branch({at})", "branch", show=False) for at, key in enumerate(NUMBERS) if at),
        Binding("b", "undo", "back", id="undo", tooltip="To the turn before"),
        Binding("r", "restart", "from the start", id="restart", tooltip="From the first turn again"),
        Binding("m", "map", "ways", id="map", tooltip="All ways, and which you have walked"),
        Binding("w", "why", "why", id="why", tooltip="The reasons for the verdicts"),
        Binding("f", "form", "form", id="form", tooltip="The next form of the scenario"),
        Binding("pagedown", "scroll(1)", "read on", show=False),
        Binding("pageup", "scroll(-1)", "read back", show=False),
        Binding("escape", "leave", "leave", id="back", tooltip="Leave; nothing is kept"),
    ]

    def __init__(self, walks: dict[str, Walk], form: str, named: str) -> None:
        """Walks by the letter of their form, the form to begin with, how the author named the scenario."""
        super().__init__()
        self.walks, self.form, self.named = walks, form, named
        self.mapped = self.explained = False
        self.waits: Timer | None = None

    @property
    def walk(self) -> Walk:
        """The walk through the form that is shown."""
        return self.walks[self.form]

    @property
    def typing(self) -> bool:
        """Whether letters go into the reply."""
        return self.query_one(TextArea).has_focus

    def body(self) -> ComposeResult:
        """Who says what, the reply, the verdicts, the branches."""
        yield Prospect()
        yield TextArea(soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)
        with VerticalScroll(id="judged", can_focus=False):
            yield Static(id="verdicts")
        yield Static(id="where")

    def on_mount(self) -> None:
        """The first turn."""
        self.show()

    def show(self) -> None:
        """Another turn, or the end."""
        walk = self.walk
        area = self.query_one(TextArea)
        area.display = walk.turn is not None
        if walk.turn is not None:
            self.query_one(Prospect).show(walk.form.persona, walk.turn.says)
        elif walk.last is not None:
            self.query_one(Prospect).show(walk.form.persona, walk.last.closing or "")
        if area.text != walk.text:
            area.load_text(walk.text)
        self.screen.set_focus(None)
        self.redraw()

    def redraw(self) -> None:
        """The score, the verdicts, the branches."""
        self.head(f"{self.walk.scenario.id} · form {self.form}", f"{self._score()}nothing is kept")
        self.query_one("#verdicts", Static).update(self._map() if self.mapped else self._verdicts())
        self.query_one("#where", Static).update(self._where())
        self.refresh_bindings()

    def _verdicts(self) -> Visual:
        walk = self.walk
        if walk.turn is None:
            return Content.styled("The talk is over. b goes back, r starts again.", "$text-muted")
        if walk.card is None:
            criteria = [walk.rubric.criterion(one) for one in walk.turn.criteria]
            return promised(criteria)
        return judged(walk.card.criteria, walk.rubric, explained=self.explained)

    def _score(self) -> str:
        card = self.walk.card
        if card is None:
            return ""
        score = "not assessable" if card.score is None else f"{card.score} of 100"
        return " · ".join([*card.flags, score, ""])

    def _where(self) -> Visual:
        walk = self.walk
        done = f"{len(walk.walked & set(walk.ways))} of {len(walk.ways)} ways walked"
        if walk.turn is None:
            return Content.styled(done, "$text-muted")
        title = Row.of_two(Content.styled("Where it goes", "bold"), done)
        rows: list[Visual] = [title]
        for at, branch in enumerate(walk.turn.next):
            here = at == walk.branch
            pointer = Content.styled(POINTER if here else "  ", "$primary")
            seen = "✓" if (walk.turn.id, at) in walk.edges else " "
            says = Content.styled(asked(branch), "bold" if here else "")
            rows.append(
                Row(
                    cell(Content.assemble(pointer, (f"{at + 1}", "$text-muted"))),
                    cell(says, width=REST),
                    cell(f"→ {branch.go}", "bold" if here else "$text-muted"),
                    cell(seen, "$success"),
                )
            )
        return Stack(*rows)

    def _map(self) -> Visual:
        walk = self.walk
        rows: list[Visual] = []
        for way in walk.ways:
            mark = (
                Content.styled("✓", "bold $success")
                if way in walk.walked
                else Content.styled("·", "$text-muted")
            )
            rows.append(Marked(mark, Content(" → ".join([*map(_named, way), "end"]))))
        return Stack(*rows)

    @on(TextArea.Changed)
    def changed(self) -> None:
        """Scores a little after the last key."""
        if self.waits is not None:
            self.waits.stop()
        self.waits = self.set_timer(REST_OF_TYPING, self.score)

    def score(self) -> None:
        """Scores what stands there."""
        text = " ".join(self.query_one(TextArea).text.split())
        if text != self.walk.text:
            self.walk.say(text)
        self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What makes sense at this point, and while letters are being typed."""
        over, typing = self.walk.turn is None, self.is_mounted and self.typing
        if action in ("write", "example", "why"):
            return not over and not typing
        if action == "branch":
            at = parameters[0]
            return bool(
                not typing and self.walk.turn and isinstance(at, int) and at < len(self.walk.turn.next)
            )
        if action == "onward":
            return not over and (typing or self.walk.branch is not None)
        if action == "undo":
            return bool(self.walk.steps) and not typing
        if action == "restart":
            return over
        if action == "form":
            return len(self.walks) > 1 and not typing
        if action == "leave":
            return True
        return super().check_action(action, parameters)

    def action_write(self) -> None:
        """Letters go into the reply from now on."""
        area = self.query_one(TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self.mapped = False
        self.redraw()
        self.say("Enter ends the reply; what it is worth shows while you type.")

    def action_onward(self) -> None:
        """Ends the typing; then goes along the branch that the reply takes."""
        if self.typing:
            self._typed()
        elif self.walk.branch is not None:
            self.action_branch(self.walk.branch)

    def _typed(self) -> None:
        self.screen.set_focus(None)
        self.say("")
        self.score()

    def action_example(self, good: bool) -> None:
        """Fills in an example."""
        text = self.walk.example(good=good)
        if text is None:
            self.say("None is written for this turn yet.")
            return
        self.say("")
        self.mapped = False
        self.query_one(TextArea).load_text(text)
        self.score()

    def action_branch(self, at: int) -> None:
        """Along a branch."""
        self.walk.go(at)
        self.say("")
        self.show()

    def action_undo(self) -> None:
        """To the turn before."""
        self.walk.back()
        self.show()

    def action_restart(self) -> None:
        """To the first turn."""
        self.walk.restart()
        self.show()

    def action_why(self) -> None:
        """With the reasons, or without."""
        self.explained = not self.explained
        self.redraw()

    def action_map(self) -> None:
        """The ways instead of the verdicts, and back."""
        self.mapped = not self.mapped
        self.redraw()

    def action_form(self) -> None:
        """The next form."""
        names = list(self.walks)
        self.form = names[(names.index(self.form) + 1) % len(names)]
        self.say("")
        self.show()

    def action_scroll(self, by: int) -> None:
        """Verdicts that go on below the edge."""
        area = self.query_one("#judged", VerticalScroll)
        area.scroll_relative(y=by * max(1, area.size.height - 1), animate=False)

    async def action_leave(self) -> None:
        """Out of the reply first, then out of the app: this screen is all of it."""
        if self.typing:
            self._typed()
        else:
            self.app.exit(message=self.goodbye())

    async def wind_up(self) -> str:
        """What was walked."""
        return self.goodbye()

    def goodbye(self) -> str:
        """How much was walked, and what comes next."""
        done = sum(len(walk.walked) for walk in self.walks.values())
        of = sum(len(walk.ways) for walk in self.walks.values())
        check = command(f"scenarios check {self.named}")
        return f"{done} of {of} ways walked, over all forms. `{check}` looks at the rest."


def _named(edge: Edge) -> str:
    turn, branch = edge
    return f"{turn} {branch + 1}"
