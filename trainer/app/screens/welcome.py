"""First use: a name and a role, nothing else."""

from contextlib import suppress
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from trainer.app.screens.page import Page
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.rows import Rows
from trainer.config import Role
from trainer.errors import TrainerError

ROLES: tuple[tuple[Role, str], ...] = (
    ("rep", "You practise, and see how it goes"),
    ("manager", "You ask for practice, and see the team's assessed attempts"),
)


PITCH = (
    "Practise sales conversations out loud. What you say is recorded, transcribed and scored here: "
    "nothing leaves this machine."
)
AGAIN = "Attempts stay with the name they were made under: another name begins with none."


class Welcome(Page[None]):
    """Asks once; both answers can be changed in the settings."""

    CSS_PATH = "welcome.tcss"
    ABOUT = "Type your name, press enter, choose a role with the arrows, press enter again."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "accept", "go on", id="accept", key_display="⏎", priority=True, tooltip="Take the answer"
        ),
    ]

    def __init__(self, *, again: bool = False) -> None:
        super().__init__()
        self.again = again

    def body(self) -> ComposeResult:
        """Two questions."""
        yield Static(f"[$text-muted]{AGAIN if self.again else PITCH}[/]", id="pitch")
        yield Static("Your name", classes="question")
        yield Input(placeholder="as your team knows you", max_length=80, compact=True)
        yield Static("Your role", classes="question")
        yield Rows(markup=False)

    def on_mount(self) -> None:
        """The name first."""
        self.head("You" if self.again else "Who practises here?", "" if self.again else "rep-trainer")
        self.query_one(Rows).fill(
            *(
                (
                    role,
                    Row(
                        cell(Content.styled(role.capitalize(), "bold"), width=9),
                        cell(what, "$text-muted", width=REST),
                    ),
                )
                for role, what in ROLES
            )
        )
        self.query_one(Input).value = self.trainer.config.name
        self.query_one(Input).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """At first use there is nothing to go back to."""
        return self.again if action == "leave" else super().check_action(action, parameters)

    def action_accept(self) -> None:
        """From the name to the role, and from there into the app."""
        rows = self.query_one(Rows)
        if not self.query_one(Input).value.strip():
            self.query_one(Input).focus()
            self.say("Your name first: it stands beside your attempts.")
        elif self.focused is rows:
            rows.action_select()
        else:
            self.say("")
            rows.focus()

    @on(Rows.OptionSelected)
    def begin(self, event: Rows.OptionSelected) -> None:
        """Both are known: into the app."""
        name = " ".join(self.query_one(Input).value.split())
        role = cast("Role", event.option_id)
        if name:
            self.take(name, role)
        else:
            self.action_accept()

    @work(exclusive=True, group="take")
    async def take(self, name: str, role: Role) -> None:
        """Into the app under that name, unless it is somebody else's."""
        trouble = ""
        with suppress(TrainerError):  # a store that can't be opened is said by the screen that needs it
            trouble = await self.trainer.taken(name, role)
        if trouble := trouble or self.trainer.change(name=name, role=role):
            self.say(trouble, trouble=True)
        else:
            self.app.call_later(self.trainer.start_over)
