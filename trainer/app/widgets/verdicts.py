"""Criteria on the screen: met, not met or not assessable, and the words that show it."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.visual import Visual

from scoring.measures import shown
from scoring.published import published
from scoring.rubric import MEASURED, Criterion, Rubric
from scoring.scorecard import AttemptScore, CriterionResult, Evidence
from trainer.app import words
from trainer.app.widgets.stack import Marked, Stack

MARKS = {True: ("✓", "$success"), False: ("✗", "$error"), None: ("?", "$warning")}


def promised(criteria: Sequence[Criterion]) -> Visual:
    """The criteria before a practice: what will be looked for, in plain words."""
    return Stack(
        *(Marked(Content.styled("·", "$text-muted"), Content(one.says), indent=2) for one in criteria)
    )


def judged(results: Sequence[CriterionResult], rubric: Rubric | None, *, explained: bool = False) -> Visual:
    """The verdicts on one reply; explained, with the reason, the advice and a way to say it."""
    known = {one.id: one for one in rubric.criteria} if rubric else {}
    parts: list[Visual] = []
    for result in results:
        criterion = known.get(result.id)
        says = Content(criterion.says if criterion else result.id)
        parts.append(Marked(mark(result.met), says, _doubt(result.move)))
        parts += _grounds(result, explained=explained)
        if explained and criterion and result.met is not True:
            parts.append(_aside(criterion.tip))
            parts.append(_aside(f"For example: “{criterion.model_answer}”"))
        if explained:
            parts.append(_trust(result.move))
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


def _grounds(result: CriterionResult, *, explained: bool) -> Iterator[Visual]:
    for evidence in result.evidence[: None if explained else 1]:
        yield _quoted(evidence)
    if result.why and (result.met is not True or not result.evidence):
        yield _aside(result.why)


def _quoted(evidence: Evidence) -> Visual:
    time = "" if evidence.start is None else words.clock(evidence.start)
    return Marked(
        Content(""), Content.styled(f"“{evidence.quote}”", "$text-muted"), Content.styled(time, "$text-muted")
    )


def _doubt(move: str) -> Content:
    """A word beside verdicts that are not yet known to agree with people; w says more."""
    return Content("") if published().proven(move) else Content.styled("unproven", "$text-muted dim")


def _trust(move: str) -> Visual:
    """How far a verdict is to be trusted: in a plain sentence, then in figures."""
    plain = (
        "Shown to agree with people's judgement."
        if published().proven(move)
        else "Unproven: not yet shown to agree with people; judge it yourself."
    )
    figures = published().says(move).rpartition(": ")[2]
    return Marked(Content(""), Content.assemble(plain, (f" ({figures})", "$text-muted dim")))


def _aside(text: str) -> Visual:
    return Marked(Content(""), Content.styled(text, "$text-muted"))
