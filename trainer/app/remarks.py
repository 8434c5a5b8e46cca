"""What people said about a reply, each at its moment of the recording."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.app import words
from trainer.app.widgets.stack import Marked

if TYPE_CHECKING:
    from trainer.store import Store

MOMENT = 6
"""Cells for a sign and a time."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One comment or thought; `second` is None for one about the reply as a whole."""

    second: float | None
    who: str
    text: str


def of_attempt(store: "Store", attempt_id: str) -> dict[str, tuple[Remark, ...]]:
    """By reply, in the order of the recording; what is about the whole reply comes first."""
    names = {one.id: one.name for one in store.people()}
    found: dict[str, tuple[Remark, ...]] = {}
    for note in store.notes.of_attempt(attempt_id):
        who = names.get(note.author_id, "")
        said = f"{who}, afterwards" if note.kind == "reflection" else who
        found[note.reply_id] = (*found.get(note.reply_id, ()), Remark(note.at_second, said, note.text))
    return found


def shown(remark: Remark, *, now: bool) -> Marked:
    """A remark at its second; the one whose moment is heard is pointed at."""
    at = "" if remark.second is None else words.clock(remark.second)
    style = "bold $primary" if now else "$text-muted"
    mark = Content.styled(f"{'▸' if now else ' '} {at}", style)
    return Marked(mark, Content.assemble((f"{remark.who}: ", "bold"), remark.text), indent=MOMENT + 1)
