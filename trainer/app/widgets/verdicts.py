"""Criteria on the screen: met, not met or not assessable, and the words that show it."""

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content
from textual.visual import Visual

from scoring.measures import shown
from scoring.published import published
from scoring.rubric import MEASURED, Criterion, Rubric
from scoring.scorecard import AttemptScore, CriterionResult, Evidence
from trainer.app import words
from trainer.app.widgets.stack import Marked, Stack

NOTHING: Mapping[str, bool] = {}
ONE_MARK, TWO_MARKS = 3, 9
"""Cells before a criterion."""

MARKS = {True: ("✓", "$success"), False: ("✗", "$error"), None: ("?", "$warning")}


def promised(criteria: Sequence[Criterion]) -> Visual:
    """The criteria before a practice: what will be looked for, in plain words."""
    return Stack(
        *(Marked(Content.styled("·", "$text-muted"), Content(one.says), indent=2) for one in criteria)
    )


def judged(
    results: Sequence[CriterionResult],
    rubric: Rubric | None,
    *,
    explained: bool = False,
    said: Mapping[str, bool] = NOTHING,
) -> Visual:
    """The verdicts on one reply; explained, with the reason and the advice.

    Where the rep marked themself first, `said` has their marks: a column beside ours.
    """
    known = {one.id: one for one in rubric.criteria} if rubric else {}
    indent = TWO_MARKS if said else ONE_MARK
    parts: list[Visual] = [_columns()] if said else []
    for result in results:
        criterion = known.get(result.id)
        says = Content(criterion.says if criterion else result.id)
        marks = _two(said.get(result.id), mark(result.met)) if said else mark(result.met)
        parts.append(Marked(marks, says, _doubt(result.move), indent=indent))
        parts += _grounds(result, explained=explained, indent=indent)
        if explained and criterion and result.met is not True:
            parts.append(_aside(criterion.tip, indent))
        if explained:
            parts.append(_trust(result.move, indent))
    return Stack(*parts)


def to_mark(
    results: Sequence[CriterionResult], rubric: Rubric | None, said: Mapping[str, bool], at: int
) -> Visual:
    """The criteria while the rep marks themself: theirs so far, a pointer at the next, nothing of ours."""
    known = {one.id: one.says for one in rubric.criteria} if rubric else {}
    parts: list[Visual] = [_columns()]
    for number, result in enumerate(results):
        here = number == at
        own = Content.styled("▸", "bold $primary") if here else Content.styled("·", "$text-muted")
        marks = _two(said.get(result.id), Content(""), own)
        says = known.get(result.id, result.id)
        parts.append(Marked(marks, Content.styled(says, "bold" if here else ""), indent=TWO_MARKS))
    return Stack(*parts)


def tallied(result: CriterionResult, score: AttemptScore, rubric: Rubric | None) -> Visual:
    """One verdict on an attempt: how often the criterion was met of how often it could be judged."""
    criterion = next((one for one in rubric.criteria if one.id == result.id), None) if rubric else None
    met, of = score.tally.get(result.id, (0, 0))
    counted = f"{met} of {of}" if of else "not assessable"
    if criterion and criterion.measure and result.id in score.figures:
        counted = shown(criterion.measure, score.figures[result.id])
    says = Content(criterion.says if criterion else result.id)
    behind = Content("  ").join([_doubt(result.move), Content.styled(counted, "$text-muted")])
    line = Marked(mark(result.met), says, behind if _doubt(result.move) else behind[2:])
    return Stack(line, _aside(result.why)) if result.move == MEASURED else line


def mark(met: bool | None) -> Content:
    """The sign of a verdict."""
    sign, style = MARKS[met]
    return Content.styled(sign, f"bold {style}")


def _columns() -> Visual:
    return Marked(Content.styled("you  we", "$text-muted"), Content(""), indent=TWO_MARKS)


def _two(own: bool | None, ours: Content, unsaid: Content = Content("")) -> Content:  # noqa: B008 - frozen
    """The rep's mark in the middle of its column, and ours in the middle of the next."""
    first = unsaid if own is None else mark(own)
    return Content(" ") + first.pad_right(4 - first.cell_length + 1) + ours


def _grounds(result: CriterionResult, *, explained: bool, indent: int) -> Iterator[Visual]:
    for evidence in result.evidence[: None if explained else 1]:
        yield _quoted(evidence, indent)
    if result.why and (result.met is not True or not result.evidence):
        yield _aside(result.why, indent)


def _quoted(evidence: Evidence, indent: int) -> Visual:
    time = "" if evidence.start is None else words.clock(evidence.start)
    quote = Content.styled(f"“{evidence.quote}”", "$text-muted")
    return Marked(Content(""), quote, Content.styled(time, "$text-muted"), indent=indent)


def _doubt(move: str) -> Content:
    """A word beside verdicts that are not yet known to agree with people; w says more."""
    return Content("") if published().proven(move) else Content.styled("unproven", "$text-muted dim")


def _trust(move: str, indent: int) -> Visual:
    """How far a verdict is to be trusted: in a plain sentence, then in figures."""
    plain = (
        "Shown to agree with people's judgement."
        if published().proven(move)
        else "Unproven: not yet shown to agree with people; judge it yourself."
    )
    figures = published().says(move).rpartition(": ")[2]
    said = Content.assemble(plain, (f" ({figures})", "$text-muted dim"))
    return Marked(Content(""), said, indent=indent)


def _aside(text: str, indent: int = ONE_MARK) -> Visual:
    return Marked(Content(""), Content.styled(text, "$text-muted"), indent=indent)
