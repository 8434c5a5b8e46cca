"""The small pieces there are to drill: what was missed lately in the focus skill."""

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app import words
from trainer.app.screens.listing import Listing
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK, Marked, Stack

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from trainer.coaching.drilling import Piece


class Drills(Listing[None]):
    """One row a piece; the piece missed most often first."""

    ABOUT = (
        "A drill is one line of a talk and one thing to do in your answer, again and again until you did it "
        "twice in a row. Who learns better by watching presses x first. Drills are private, and their "
        "recordings are not kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "drill", id="open", key_display="⏎", tooltip="Drill the chosen piece"),
        Binding("x", "example", "watch first", id="example", tooltip="See and hear how it can be done"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []

    def on_mount(self) -> None:
        """The list follows."""
        self.head("Drills", "private")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the list."""
        from trainer.coaching.day import focus_now  # noqa: PLC0415 - the store
        from trainer.coaching.drilling import pieces  # noqa: PLC0415

        with self.trouble_said():
            store, me, library = (
                await self.trainer.store(),
                await self.trainer.me(),
                await self.trainer.library(),
            )
            focus, _ = focus_now(store, me, library)
            if focus is None:
                return
            skill = focus.step.skill
            self.head(f"Drills: {words.skill(skill).lower()}", "private")
            missed = pieces(store, me, skill)
            self.pieces = missed or _opening(library, skill)
            why = "What you missed lately" if missed else "Nothing missed lately: how the talk opens"
            rows: list[tuple[str | None, VisualType]] = [(None, Content.styled(why, "bold"))]
            for at, one in enumerate(self.pieces):
                rows += [(None, BLANK), (f"piece:{at}", _row(one, library))]
            self.query_one(Rows).fill(*rows)
            self.refresh_bindings()

    @on(Rows.OptionSelected)
    def drill(self, event: Rows.OptionSelected) -> None:
        """Begins the chosen one."""
        _, _, at = (event.option_id or "").partition(":")
        if at:
            self.begin(self.pieces[int(at)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only with something to choose."""
        if action in ("open", "example"):
            return bool(self.pieces)
        return super().check_action(action, parameters)

    @work(exclusive=True, group="begin")
    async def action_example(self) -> None:
        """The other way in: how others do the chosen piece, before the first try."""
        from scenarios.loader import load  # noqa: PLC0415 - YAML
        from scoring.rubrics_library import load_rubric  # noqa: PLC0415
        from trainer.app.screens.examples import Examples  # noqa: PLC0415

        option = self.query_one(Rows).highlighted_option
        _, _, at = ((option.id if option else "") or "").partition(":")
        if not at:
            return
        piece = self.pieces[int(at)]
        with self.trouble_said():
            scenario = load(piece.place.scenario)
            form = scenario.forms.get(piece.place.form)
            voice = form.persona.voice if form else "female"
            rubric = load_rubric(scenario.rubric)
            self.app.push_screen(Examples(piece.place, rubric, (piece.criterion,), voice))

    @work(exclusive=True, group="begin")
    async def begin(self, piece: "Piece") -> None:
        """To its screen."""
        from trainer.app.screens.drill import DrillPage  # noqa: PLC0415
        from trainer.practice.drill import DrillRun  # noqa: PLC0415

        with self.trouble_said():
            services = self.trainer.services
            run = DrillRun.begin(
                await self.trainer.store(),
                await self.trainer.me(),
                piece.place,
                piece.criterion,
                takes_folder=services.paths.drills,
                now=services.now,
            )
            self.app.push_screen(DrillPage(run))


def _opening(library: "tuple[Scenario, ...]", skill: str) -> "list[Piece]":
    """The first turn of the skill's first scenario."""
    from trainer.coaching.drilling import Piece  # noqa: PLC0415
    from trainer.store.coaching.drills import Place  # noqa: PLC0415

    scenario = next((one for one in library if one.skill == skill), None)
    if scenario is None:
        return []
    name, form = next(iter(scenario.forms.items()))
    turn = form.turn(form.start)
    return [Piece(Place(skill, scenario.id, name, turn.id), one, missed=0, of=0) for one in turn.criteria]


def _row(piece: "Piece", library: "tuple[Scenario, ...]") -> VisualType:
    """What to do, how often it was missed, and below it the line to answer."""
    from scoring.rubrics_library import load_rubric  # noqa: PLC0415 - YAML

    says, line = piece.criterion, ""
    scenario = next((one for one in library if one.id == piece.place.scenario), None)
    if scenario and (form := scenario.forms.get(piece.place.form)):
        known = {one.id: one.says for one in load_rubric(scenario.rubric).criteria}
        says = known.get(piece.criterion, says)
        line = f"{form.persona.name}: “{form.lines.get(piece.place.turn, '')}”"
    missed = f"missed {piece.missed} of {piece.of}" if piece.of else ""
    behind = Content.styled("drilled ✓" if piece.done else missed, "$text-muted")
    return Stack(
        Marked(Content(""), Content(says), behind, indent=0),
        Row(cell(line, "$text-muted", width=REST)),
    )
