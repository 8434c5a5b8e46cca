"""Whether a rubric is fit to judge by: its form, its model answers, its criteria given by examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scenarios.finding import Finding, Severity
from scoring.authoring import ENOUGH, Review, review
from scoring.embedder import Embedder
from scoring.errors import RubricError
from scoring.rubric import AUTHORED, Criterion, Rubric
from scoring.rubrics_library import examine
from scoring.score import TurnContext, score
from scoring.transcript import Transcript
from scoring.yaml_source import Place, Source


@dataclass(frozen=True, slots=True)
class Checked:
    """A rubric's file with its findings; `rubric` is None where it can't be used, `reviews` are by criterion.

    `lines` are those of the criteria and, for the sentences of a criterion, (criterion, kind, index).
    """

    file: Path
    rubric: Rubric | None
    findings: tuple[Finding, ...]
    reviews: dict[str, Review]
    source: Source | None

    def line(self, *place: str | int) -> int:
        """The line of a place in the file."""
        return self.source.line_of(place) if self.source else 1


def check_rubric(file: Path, embedder: Embedder) -> Checked:
    """Looks at all of a rubric's file; nothing is raised, everything is a finding."""
    try:
        source, rubric, wrong = examine(file)
    except RubricError as error:
        return Checked(file, None, (_unreadable(str(error), file),), {}, None)
    if rubric is None:
        found = tuple(_finding(source, "error", one.place, one.what, one.mend) for one in wrong)
        return Checked(file, None, found, {}, source)
    reviews = {one.id: review(one, embedder) for one in rubric.criteria if one.move == AUTHORED}
    findings = list(_model_answers(source, rubric, embedder))
    for index, one in enumerate(rubric.criteria):
        if one.id in reviews:
            findings += _examples(source, index, reviews[one.id])
    findings.sort(key=lambda one: one.line)
    return Checked(file, rubric, tuple(findings), reviews, source)


def _model_answers(source: Source, rubric: Rubric, embedder: Embedder) -> Iterator[Finding]:
    for index, one in enumerate(rubric.criteria):
        if not one.measure and not _meets_its_own(one, rubric, embedder):
            place = ("criteria", index, "model_answer")
            what = f"the model answer of {one.id!r} does not meet it"
            yield _finding(source, "error", place, what, "say it so that the scorer finds it")


def _meets_its_own(one: Criterion, rubric: Rubric, embedder: Embedder) -> bool:
    turn = TurnContext("check", "", (one.id,) if one.scope == "turn" else ())
    card = score(Transcript.typed(one.model_answer), turn, rubric, embedder=embedder)
    if one.scope == "attempt":
        return card.moves[one.move] is one.wanted
    if one.move == AUTHORED and card.criteria[0].met is None:
        return True  # said by its review
    return card.criteria[0].met is True


def _examples(source: Source, index: int, found: Review) -> Iterator[Finding]:
    worth, place = found.worth, ("criteria", index)
    if not worth.told_apart:
        what = f"its examples and near misses can't be told apart (kappa {worth.kappa:.2f}); nobody is judged"
        yield _finding(source, "error", place, what, "see the advice on it")
    elif min(worth.examples, worth.near_misses) < ENOUGH:
        what = f"{worth.examples} examples and {worth.near_misses} near misses are few"
        yield _finding(source, "warning", place, what, "give about 20 of each")
    for one in found.misplaced:
        if one.silent:
            what = "this example has no clause that is said_as the criterion asks for"
            mend = "reword it or write another said_as"
            yield _finding(source, "warning", (*place, one.kind, one.index), what, mend)


def _finding(source: Source, severity: Severity, place: Place, what: str, mend: str) -> Finding:
    return Finding(severity, source.name, source.line_of(place), what, mend)


def _unreadable(sentence: str, file: Path) -> Finding:
    """The reader's `file:line: what; mend` taken apart."""
    line, _, rest = sentence.removeprefix(f"{file}:").partition(": ")
    what, _, mend = rest.rpartition("; ")
    return Finding("error", str(file), int(line), what, mend)
