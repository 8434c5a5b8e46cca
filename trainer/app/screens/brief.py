"""Before a practice: who you talk to, what about, what is scored, and whether it counts."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import Visual
from textual.widgets import Static

from scenarios.loader import load
from scoring.rubrics_library import load_rubric
from trainer.app import words
from trainer.app.screens.consent import may_record
from trainer.app.screens.page import Page
from trainer.app.widgets.stack import BLANK, Stack
from trainer.app.widgets.verdicts import promised
from trainer.coaching.things import Seen, familiar_form, fresh_form

if TYPE_CHECKING:
    from scenarios.schema import Form, Scenario
    from scoring.rubric import Rubric
    from trainer.practice.session import Session
    from trainer.store.records import Kind

KINDS: dict["Kind", str] = {
    "warm-up": "private: nobody but you ever sees it",
    "assessed": "your manager sees score, words and recording",
}


class Brief(Page[None]):
    """Everything a rep has to know, so that nobody has to guess what is scored."""

    CSS_PATH = "brief.tcss"
    ABOUT = (
        "All that is scored stands here before you start. A warm-up is private and never leaves this "
        "machine; an assessed practice is logged for your manager. Enter begins."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "begin", id="begin", key_display="⏎", tooltip="Begin the practice"),
        Binding(
            "k", "kind", "warm-up or assessed", id="kind", tooltip="Between private warm-up and assessed"
        ),
        Binding("f", "form", "other form", id="form", tooltip="Another wording of the same conversation"),
    ]

    def __init__(self, scenario: str, form: str | None = None, kind: "Kind" = "warm-up") -> None:
        super().__init__()
        self.wanted, self.form_name, self.kind = scenario, form, kind
        self.seen: Seen = {}
        self.by_hand = False
        self.scenario: Scenario | None = None
        self.rubric: Rubric | None = None

    def body(self) -> ComposeResult:
        """A page that scrolls, and the choice below it."""
        with VerticalScroll(id="page"):
            yield Static(id="brief")
        yield Static(id="more")
        yield Static(id="choice")

    def on_mount(self) -> None:
        """Arrows scroll."""
        page = self.query_one("#page", VerticalScroll)
        page.focus()
        for what in ("scroll_y", "max_scroll_y", "virtual_size"):
            self.watch(page, what, self.tell_of_more, init=False)
        self.load()

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Reads scenario and rubric, and chooses a form where none was asked for."""
        with self.trouble_said():
            scenario = load(self.wanted)
            self.rubric = load_rubric(scenario.rubric)
            store, me = await self.trainer.store(), await self.trainer.me()
            self.seen = store.forms_seen(me.id)
            self.scenario = scenario
            if self.trainer.config.role == "manager":
                self.kind = "warm-up"
            if self.form_name not in scenario.forms:
                self.choose_form(scenario)
            self.draw()
            self.refresh_bindings()

    def tell_of_more(self) -> None:
        """Nobody should begin without knowing that the list goes on."""
        page = self.query_one("#page", VerticalScroll)
        self.query_one("#more", Static).update("↓ more" if page.scroll_y < page.max_scroll_y else "")

    @property
    def form(self) -> "Form | None":
        """The chosen form."""
        return self.scenario.form(self.form_name) if self.scenario and self.form_name else None

    def draw(self) -> None:
        """Shows what is chosen."""
        scenario, form, rubric = self.scenario, self.form, self.rubric
        if scenario is None or form is None or rubric is None:
            return
        new = "" if (scenario.id, self.form_name) in self.seen or not self.seen else ", new to you"
        minutes = words.count(scenario.minutes, "minute")
        self.head(scenario.title, f"about {minutes} · form {self.form_name}{new}")
        self.query_one("#brief", Static).update(Stack(*_page(scenario, form, rubric)))
        marks = [
            Content.styled(
                f"{'●' if kind == self.kind else '○'} {kind}", "bold" if kind == self.kind else "$text-muted"
            )
            for kind in KINDS
        ]
        what = Content.styled(KINDS[self.kind], "$text-muted")
        self.query_one("#choice", Static).update(Content("   ").join([*marks, what]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is to choose."""
        if action == "begin":
            return self.form is not None
        if action == "form":
            return self.scenario is not None and len(self.scenario.forms) > 1
        if action == "kind":
            return self.scenario is not None and self.trainer.config.role == "rep"
        return super().check_action(action, parameters)

    def action_kind(self) -> None:
        """The other kind."""
        self.kind = "assessed" if self.kind == "warm-up" else "warm-up"
        if self.scenario and not self.by_hand:
            self.choose_form(self.scenario)
        self.draw()

    def choose_form(self, scenario: "Scenario") -> None:
        """A new one where it counts; a warm-up leaves the last new one for an assessed practice."""
        choose = fresh_form if self.kind == "assessed" else familiar_form
        self.form_name = choose(scenario, self.seen)

    def action_form(self) -> None:
        """The next form."""
        if self.scenario and self.form_name:
            self.by_hand = True
            names = list(self.scenario.forms)
            self.form_name = names[(names.index(self.form_name) + 1) % len(names)]
            self.draw()

    @work(exclusive=True, group="begin")
    async def action_begin(self) -> None:
        """Logs the attempt and goes to its first turn."""
        from trainer.app.screens.practice import Practice  # noqa: PLC0415

        with self.trouble_said():
            if self.trainer.config.role == "manager" or await may_record(self.trainer) is not None:
                self.app.switch_screen(Practice(await self.session()))

    async def session(self) -> "Session":
        """A new session of what is chosen."""
        from trainer.practice.session import Session  # noqa: PLC0415

        assert self.scenario is not None and self.form_name is not None  # noqa: S101 - see check_action
        return Session.start(
            await self.trainer.store(),
            self.scenario,
            self.form_name,
            await self.trainer.me(),
            self.kind,
            takes_folder=self.trainer.services.paths.takes,
            now=self.trainer.services.now,
        )


def _page(scenario: "Scenario", form: "Form", rubric: "Rubric") -> list[Visual]:
    persona = form.persona
    who = ", ".join(part for part in (persona.name, persona.role, persona.company) if part)
    return [
        Content.styled(who, "bold"),
        Content.styled(persona.manner, "$text-muted"),
        BLANK,
        Content(form.situation),
        BLANK,
        Content.assemble(("Your goal  ", "bold"), scenario.goal),
        BLANK,
        Content.assemble(
            ("What is scored  ", "bold"),
            (f"{rubric.pass_mark} of 100 passes", "$text-muted"),
        ),
        promised(rubric.criteria),
    ]
