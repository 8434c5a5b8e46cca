"""How it can be done: model answers to read and to hear, and replies marked as exemplary."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.visual import VisualType

from trainer.app.screens.listing import Listing
from trainer.app.widgets.row import Row
from trainer.app.widgets.rows import Rows
from trainer.app.widgets.stack import BLANK, Stack

if TYPE_CHECKING:
    from models.voice import Gender
    from scoring.rubric import Rubric
    from trainer.coaching.examples import Shown
    from trainer.store.coaching.drills import How, Place


class Examples(Listing[None]):
    """Examples of one turn. A rep's own looks are logged for themself: they are compared with drills."""

    STAYS = True
    ABOUT = (
        "One way to do it, not the only one. Enter reads the chosen example aloud, or plays the recording. "
        "That you looked is kept for you alone: your plan compares drills with examples."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "hear", id="open", key_display="⏎", tooltip="Hear the chosen example"),
    ]

    def __init__(self, place: "Place", rubric: "Rubric", criteria: Sequence[str], voice: "Gender") -> None:
        super().__init__()
        self.place, self.rubric, self.criteria, self.voice = place, rubric, tuple(criteria), voice
        self.shown: Shown | None = None
        self.logged: set[How] = set()

    def on_mount(self) -> None:
        """The list follows."""
        self.head("How it can be done", "examples")

    @work(exclusive=True, group="load")
    async def load(self) -> None:
        """Fills the page; whoever opens it has read the model answers."""
        from trainer.coaching.examples import examples  # noqa: PLC0415 - the store

        with self.trouble_said():
            store = await self.trainer.store()
            self.shown = examples(store, self.place, self.rubric, self.criteria)
            self.query_one(Rows).fill(*self._rows(self.shown))
            await self.note("read")

    def _rows(self, shown: "Shown") -> Iterator[tuple[str | None, VisualType]]:
        for one in shown.criteria:
            says = Content.styled(one.says, "bold")
            yield f"model:{one.id}", Stack(says, Content(f"“{one.model_answer}”"))
            yield None, BLANK
        if shown.exemplars:
            yield None, Content.styled("Marked as exemplary by your manager", "$text-muted")
        for at, reply in enumerate(shown.exemplars):
            other = "" if reply.form == self.place.form else f"form {reply.form}"
            about = " · ".join(part for part in (other, "" if reply.take else "typed") if part)
            who = Row.of_two(Content.styled(reply.rep, "bold"), about)
            yield f"exemplar:{at}", Stack(who, Content(f"“{reply.text}”"))
            yield None, BLANK

    async def note(self, how: "How") -> None:
        """Once a visit, and only what a rep looks at."""
        if how not in self.logged and self.trainer.config.role == "rep":
            self.logged.add(how)
            store, me = await self.trainer.store(), await self.trainer.me()
            store.drills.take_example(me.id, self.place, how)

    @on(Rows.OptionSelected)
    def hear(self, event: Rows.OptionSelected) -> None:
        """Plays the chosen one, or stops."""
        if self.trainer.sound.playing:
            self.trainer.sound.stop()
            return
        what, _, which = (event.option_id or "").partition(":")
        if what == "model":
            self.speak(which)
        elif what == "exemplar":
            self.play(int(which))

    @work(exclusive=True, group="sound")
    async def speak(self, criterion: str) -> None:
        """A model answer in the voice of the practice."""
        self.say("")
        await self.note("heard")
        trouble = await self.trainer.sound.say(self.rubric.criterion(criterion).model_answer, self.voice)
        if trouble:
            self.say(trouble, trouble=True)

    @work(exclusive=True, group="sound")
    async def play(self, at: int) -> None:
        """A colleague's recording; a typed reply, and one whose recording was deleted, is there to read."""
        exemplar = self.shown.exemplars[at] if self.shown else None
        if exemplar is None:
            return
        await self.note("exemplary")
        file = self.trainer.services.paths.takes / exemplar.take.file if exemplar.take else None
        if file is None or (not file.is_file() and not self.trainer.config.team):
            self.say("There is no recording of this one here.")
        elif not await self.have(file):
            return
        elif trouble := await self.trainer.sound.play(file):
            self.say(trouble, trouble=True)

    def on_unmount(self) -> None:
        """What is heard belongs to what is seen."""
        self.trainer.sound.stop()
