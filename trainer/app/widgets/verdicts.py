"""Criteria on the screen: met, not met or not assessable, and the words that show it."""

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.visual import Visual

from scoring.published import published
from scoring.rubric import Criterion, Rubric
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
        parts.append(Marked(mark(result.met), Content(criterion.says if criterion else result.id)))
        parts += _grounds(result, explained=explained)
        if explained and criterion and result.met is not True:
            parts.append(_aside(criterion.tip))
            parts.append(_aside(f"For example: “{criterion.model_answer}”"))
        if explained:
            parts.append(_trust(result.move))
    return Stack(*parts)


def tallied(result: CriterionResult, score: AttemptScore, rubric: Rubric | None) -> Visual:
    """One verdict on an attempt: how often the criterion was met of how often it could be judged."""
    known = {one.id: one.says for one in rubric.criteria} if rubric else {}
    met, of = score.tally.get(result.id, (0, 0))
    counted = f"{met} of {of}" if of else "not assessable"
    return Marked(
        mark(result.met), Content(known.get(result.id, result.id)), Content.styled(counted, "$text-muted")
    )


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


def _trust(move: str) -> Visual:
    """How far a verdict is to be trusted: in a plain sentence, then in figures."""
    plain = (
        "Shown to agree with people's judgement."
        if published().proven(move)
        else "Not yet shown to agree with people; judge it yourself."
    )
    figures = published().says(move).rpartition(": ")[2]
    return Marked(Content(""), Content.assemble(plain, (f" ({figures})", "$text-muted dim")))


def _aside(text: str) -> Visual:
    return Marked(Content(""), Content.styled(text, "$text-muted"))
