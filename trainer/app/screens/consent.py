"""Asked once before anything is recorded: whether it may be."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from trainer.app.screens.page import Page
from trainer.app.threads import off_thread
from trainer.app.widgets.stack import BLANK, Stack

if TYPE_CHECKING:
    from trainer.app.app import TrainerApp


class Consent(Page[bool]):
    """What happens with a recording, in four sentences, and a yes or a no."""

    ABOUT = (
        "y: your replies may be recorded. n: they are not; you type them. The settings change it any time."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "yes, record", id="consent-yes", tooltip="My replies may be recorded"),
        Binding("n", "no", "no, I type", id="consent-no", tooltip="Record nothing; I type my replies"),
    ]

    def __init__(self, paragraphs: Sequence[str]) -> None:
        super().__init__()
        self.paragraphs = paragraphs

    def body(self) -> ComposeResult:
        """The paragraphs."""
        with VerticalScroll(id="page"):
            yield Static(id="wording")

    def on_mount(self) -> None:
        """Nothing to load."""
        from trainer.practice.consent import QUESTION  # noqa: PLC0415 - the store

        self.head(QUESTION, "asked once")
        lines = [part for one in self.paragraphs for part in (Content(one), BLANK)]
        self.query_one("#wording", Static).update(Stack(*lines))
        self.query_one("#page").focus()

    def action_yes(self) -> None:
        """Recordings may be made."""
        self.dismiss(True)

    def action_no(self) -> None:
        """The rep types."""
        self.dismiss(False)


async def agreed(trainer: "TrainerApp") -> bool | None:
    """This rep's answer, None before there is one."""
    from trainer.practice import consent  # noqa: PLC0415 - the store

    store, me, days = await trainer.store(), await trainer.me(), trainer.config.keep_days
    leaves = consent.sent(trainer.config)
    return await off_thread(lambda: consent.given(store, me, days, leaves))


async def may_record(trainer: "TrainerApp", *, again: bool = False) -> bool | None:
    """Whether this rep's replies may be recorded: asks where it was never asked, or `again`; None for esc.

    To be awaited in a worker.
    """
    from trainer.practice import consent  # noqa: PLC0415 - the store

    answer = await agreed(trainer)
    store, me, days = await trainer.store(), await trainer.me(), trainer.config.keep_days
    leaves = consent.sent(trainer.config)
    if answer is None or again:
        answer = await trainer.push_screen_wait(Consent(consent.wording(days, leaves)))
        if answer is not None:
            consent.answer(store, me, days, leaves, agreed=answer)
    return answer
