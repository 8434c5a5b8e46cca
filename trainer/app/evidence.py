"""The evidence for a skill and what was decided on it, as lines of a screen; how a decision is asked for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from trainer.app import words
from trainer.app.agenda import Line
from trainer.app.titles import title_of
from trainer.app.widgets.row import REST, Row, cell
from trainer.app.widgets.stack import Marked
from trainer.app.widgets.verdicts import mark
from trainer.coaching import wording

if TYPE_CHECKING:
    from datetime import datetime

    from trainer.coaching.mastery import Evidence
    from trainer.practice.recomputing import Verdict
    from trainer.store.coaching.ledger import Entry, EntryKind

LABEL = 11

ASKED: "dict[EntryKind, tuple[str, str]]" = {
    "signed off": ("Sign off", "A word for the rep, if you like; enter signs off. It stays in the ledger."),
    "sent back": ("Back to practice", "Why? The rep reads it. The passes begin anew."),
    "declared mastered": (
        "Declare mastered, past the rule",
        "Why? The reason stays visible to the rep and in the ledger, and it counts as an override.",
    ),
    "declared not mastered": (
        "Declare not mastered, past the rule",
        "Why? The reason stays visible to the rep and in the ledger, and it counts as an override.",
    ),
}
SAID: "dict[EntryKind, str]" = {
    "signed off": "Signed off.",
    "sent back": "Back to practice; the rep sees why.",
    "declared mastered": "Declared mastered, with your reason.",
    "declared not mastered": "Declared not mastered, with your reason.",
}


def rubric(skill: str) -> str:
    """The beginning of the rubric's hash, as it stands in every score made with it."""
    from scoring.hashes import content_hash  # noqa: PLC0415
    from trainer.coaching.rules import rubric_of  # noqa: PLC0415

    rubric = rubric_of(skill)
    return f"rubric {content_hash(rubric)[:4]} · " if rubric else ""


def attempt(one: "Evidence", said: str, now: "datetime") -> Row:
    """One attempt of the skill; `said` is what it is beside that."""
    scenario, _, form = one.form.rpartition(" ")
    new = " (new)" if one.new_form else ""
    return Row(
        cell(mark(one.passed), width=1),
        cell(words.score(one.score), "bold", width=3, right=True),
        cell(wording.named(one.day, now.astimezone().date()), width=10),
        cell(f"form {form}{new} · {title_of(scenario)}", width=REST),
        cell(said, "$text-muted"),
    )


def held(verdict: "Verdict | None") -> Iterator[Line]:
    """What an attempt's line does not say by itself."""
    if verdict is None or verdict.holds == "equal":
        return
    style, sign = ("$error", "!") if verdict.holds == "differs" else ("$text-muted", "?")
    said = f"Does not hold: {verdict.what}" if verdict.holds == "differs" else verdict.what.capitalize()
    yield None, Marked(Content.styled(f"  {sign}", style), Content.styled(said, style), indent=6)


def doubt(differing: "list[Verdict]", of: int) -> str:
    """What is asked before something is signed that does not hold."""
    first = differing[0]
    more = f", and {len(differing) - 1} more" if len(differing) > 1 else ""
    return (
        f"{len(differing)} of {of} scores do not hold: form {first.entry.facts.get('form')} of "
        f"{first.entry.facts.get('day')} {first.what}{more}. Why all the same? It stays in the ledger."
    )


def decision(entry: "Entry", who: str, now: "datetime") -> Marked:
    """A manager's word, with its reason."""
    reason = f": “{entry.reason}”" if entry.reason else ""
    said = Content.assemble(
        (entry.kind.capitalize(), "bold"), f" by {who or 'a manager who has left'}{reason}"
    )
    return Marked(
        Content(""), said, Content.styled(words.day(entry.written_at, now), "$text-muted"), indent=0
    )


def times(count: int) -> str:
    """How often."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def fact(label: str, text: str) -> Marked:
    """Something known of the evidence, behind its label."""
    return Marked(Content.styled(label, "$text-muted"), Content(text), indent=LABEL + 2)
