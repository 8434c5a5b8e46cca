"""`trainer rubrics`: what skills are judged by, listed, shown, and an author's own checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from scenarios.rubric_lint import Checked
    from scoring.authoring import Misplaced, Review

cli = typer.Typer(help="List, show and check rubrics.", no_args_is_help=True)


@cli.command("list")
def list_rubrics(as_json: Json = False) -> None:
    """List the shipped rubrics."""
    from scoring.rubrics_library import load_rubric, rubric_ids
    from trainer.commands.output import columns, emit, say

    found = [load_rubric(one) for one in rubric_ids()]
    if as_json:
        emit(
            {
                "rubrics": [
                    {"id": one.id, "title": one.title, "skill": one.skill, "criteria": len(one.criteria)}
                    for one in found
                ]
            }
        )
        return
    for line in columns([(one.id, one.title, f"{len(one.criteria)} criteria") for one in found]):
        say(line)


@cli.command()
def show(
    rubric: Annotated[str, typer.Argument(metavar="RUBRIC", help="An id or a file.")],
    as_json: Json = False,
) -> None:
    """Show a rubric as its file is written: a place to start one of your own from."""
    from scoring.rubrics_library import load_rubric, text_of
    from trainer.commands.output import emit, say

    found = load_rubric(rubric)
    if as_json:
        emit(found.model_dump(mode="json"))
    else:
        say(text_of(rubric).rstrip())


@cli.command()
def check(
    rubric: Annotated[list[Path], typer.Argument(metavar="RUBRIC.yaml...", help="Files.")],
    as_json: Json = False,
) -> None:
    """Check rubrics: their form, their model answers, and how good criteria given by examples are.

    Exit 2 if one has an error.
    """
    from scenarios.rubric_lint import check_rubric
    from trainer.commands.output import counted, emit, note, say
    from trainer.practice.meaning import embedder

    checked = [check_rubric(file, embedder()) for file in rubric]
    findings = [finding for one in checked for finding in one.findings]
    errors = [finding for finding in findings if finding.severity == "error"]
    if as_json:
        emit(
            {
                "rubrics": [_document(one) for one in checked],
                "findings": [finding.as_json() for finding in findings],
                "errors": len(errors),
            }
        )
    else:
        for one in checked:
            for line in _lines(one):
                say(line)
        for finding in findings:
            note(str(finding))
        say(f"{counted(len(errors), 'error')}, {counted(len(findings) - len(errors), 'warning')}.")
    if errors:
        raise typer.Exit(2)


def _document(one: "Checked") -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "file": str(one.file),
        "id": one.rubric.id if one.rubric else None,
        "by_examples": [
            {"id": name, "told_apart": found.worth.told_apart, **asdict(found)}
            for name, found in one.reviews.items()
        ],
    }


def _lines(one: "Checked") -> Iterator[str]:
    if one.rubric is None:
        return
    yield f"{one.rubric.title}   ({one.rubric.id}, {len(one.rubric.criteria)} criteria)"
    for index, criterion in enumerate(one.rubric.criteria):
        if found := one.reviews.get(criterion.id):
            yield ""
            yield from _reviewed(one, index, criterion.says, found)
    if one.reviews:
        yield ""


def _reviewed(one: "Checked", index: int, says: str, found: "Review") -> Iterator[str]:
    worth = found.worth
    line = one.line("criteria", index)
    yield f"{says}   (line {line}; {worth.examples} examples, {worth.near_misses} near misses)"
    yield (
        f"  precision {worth.precision:.2f}, recall {worth.recall:.2f}, F1 {worth.f1:.2f}, "
        f"kappa {worth.kappa:.2f}, each sentence judged by all the others"
    )
    yield "  Good enough to judge by." if worth.told_apart else "  Not good enough: nobody is judged by it."
    for heading, kind in (
        ("Examples it would miss:", "examples"),
        ("Near misses it would credit:", "near_misses"),
    ):
        misplaced = [sentence for sentence in found.misplaced if sentence.kind == kind]
        if misplaced:
            yield f"  {heading}"
        for sentence in misplaced:
            yield from _misplaced(one.line("criteria", index, kind, sentence.index), sentence)
    if found.advice:
        yield "  What would help:"
    for advice in found.advice:
        yield f"    - {advice}"


def _misplaced(line: int, sentence: "Misplaced") -> Iterator[str]:
    yield f"    line {line}: “{sentence.text}”"
    if sentence.silent:
        yield "      has no clause of the kind that said_as asks for"
    else:
        yield f"      reads most like “{sentence.like}”"
