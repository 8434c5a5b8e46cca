"""`trainer scenarios new`: questions in the terminal, and a first scenario that can be practised at once."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.asking import Asking

if TYPE_CHECKING:
    from scenarios.drafting import Answers
    from scenarios.schema import Activity
    from scoring.rubric import Rubric


LINE = 600
"""Characters of a line of the buyer, as the schema has it."""


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(new)


def new(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE.yaml]", help="Where it goes; its title names it otherwise."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="objection, qualification, opening, value, negotiation, account or inside.",
            show_default=False,
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="What lists show, in the buyer's words.")] = None,
    rubric: Annotated[str | None, typer.Option(help="A shipped rubric's id, or your own file.")] = None,
    sells: Annotated[str | None, typer.Option(help="What the rep sells, in a few words.")] = None,
    buyer: Annotated[str | None, typer.Option(help="The buyer's name, made up.")] = None,
    role: Annotated[str | None, typer.Option(help="What the buyer is: 'plant manager'.")] = None,
    company: Annotated[str | None, typer.Option(help="The buyer's company, made up.")] = None,
    voice: Annotated[str | None, typer.Option(help="female or male.")] = None,
    says: Annotated[str | None, typer.Option(help="The first thing the buyer says.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing: take what is suggested.")] = False,
) -> None:
    """Write a first version of a scenario of your own; it asks what it needs to know.

    Every question is an option too. Nothing is written before the last answer, and no file is overwritten.
    """
    from scenarios.described import ACTIVITIES
    from scenarios.templates import template
    from trainer.commands.output import note

    asking = Asking("scenarios new", silent=yes)
    if file is not None:
        _free(file)
    if not yes:
        note("A few questions; enter takes what is in [brackets]. Nothing is written before the last.\n")
    chosen: Activity = asking.one_of("What kind of talk is it?", ACTIVITIES, kind, "--kind")
    suggested = template(chosen)
    titled = asking.text("What does the buyer say, in a few words? It is the title", suggested.title, title)
    path = file or Path(f"{_slug(titled)}.yaml")
    if file is None:
        path = Path(asking.text("Which file shall it go to?", str(path), None))
    _free(path)
    judged_by, named = _rubric(asking, chosen, rubric, path)
    first = suggested.forms["A"]
    answers = _answers(
        path,
        kind=chosen,
        title=titled,
        rubric=named,
        sells=asking.text("What do you sell, in a few words?", "software that plans repairs", sells),
        buyer=asking.text("A made-up name for the buyer", first.buyer, buyer),
        role=asking.text("What are they?", first.role, role),
        company=asking.text("A made-up name for their company", first.company, company),
        voice=asking.one_of("Which voice?", {"female": "", "male": ""}, voice, "--voice"),
        says=asking.text("What do they say first?", first.first, says, most=LINE),
    )
    _write(answers, judged_by, path)


def _rubric(asking: Asking, kind: "Activity", given: str | None, path: Path) -> tuple["Rubric", str]:
    """The rubric, and how the scenario's file names it."""
    from scenarios.loader import usable
    from scenarios.templates import template
    from scoring.rubrics_library import is_file, load_rubric, rubric_ids
    from trainer.commands.output import columns, note
    from trainer.errors import command

    if given is None and not asking.silent:
        used = {one.rubric for one in usable()[0] if one.activity == kind}
        note("How is it judged? Talks of that kind are judged by these; any other will do, or the file of")
        note(f"a rubric of your own (my-rubric.yaml). `{command('rubrics list')}` shows all.")
        for line in columns([(one, load_rubric(one).title) for one in rubric_ids() if one in used]):
            note(f"  {line}")
    named = asking.text("Rubric", template(kind).rubric, given)
    found = load_rubric(named)
    return found, _beside(Path(named), path) if is_file(named) else named


def _beside(rubric: Path, path: Path) -> str:
    """The rubric's path as seen from the scenario's folder."""
    from os.path import relpath

    from trainer.errors import BadInputError

    try:
        return Path(relpath(rubric, path.parent)).as_posix()
    except ValueError as error:  # on another drive of Windows
        raise BadInputError(f"{rubric}: put the rubric on the drive that {path} goes to.") from error


def _answers(path: Path, *, kind: "Activity", **given: str) -> "Answers":
    from datetime import UTC, datetime, timedelta

    from scenarios.drafting import Answers
    from scenarios.json_schema import shipped

    return Answers(
        id=_slug(path.stem),
        kind=kind,
        review_by=datetime.now(UTC).astimezone().date() + timedelta(days=365),
        schema=shipped("scenario").as_uri(),
        **given,
    )


def _slug(text: str) -> str:
    """Small letters, digits and hyphens."""
    plain = text.lower().replace("'", "").replace("\u2019", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "my-scenario"


def _free(path: Path) -> None:
    from trainer.errors import BadInputError

    if path.suffix.lower() not in (".yaml", ".yml"):
        raise BadInputError(f"{path}: a scenario's file ends in .yaml; call it {path.stem or 'mine'}.yaml.")
    if path.exists():
        raise BadInputError(f"{path}: there is such a file already; give another name.")
    if not path.parent.is_dir():
        raise BadInputError(f"{path}: there is no folder {path.parent}; make it first.")


def _write(answers: "Answers", rubric: "Rubric", path: Path) -> None:
    """Writes it whole or not at all, looks it over, and says what comes next."""
    from scenarios.drafting import draft
    from scenarios.judging import Judge
    from scenarios.lint import report
    from trainer.commands.output import counted, note, say
    from trainer.errors import BadInputError, command
    from trainer.practice.meaning import embedder

    judge = Judge(embedder())
    text = draft(answers, rubric, judge)
    try:
        with path.open("x", encoding="utf-8") as file:
            try:
                file.write(text)
            except BaseException:
                file.close()
                path.unlink()
                raise
    except FileExistsError as error:
        raise BadInputError(f"{path}: there is such a file already; give another name.") from error
    found = report(path, judge)
    for finding in found.findings:
        note(str(finding))
    warnings = counted(len(found.findings) - found.errors, "warning")
    say(f"{path} can be practised as it is: {counted(found.errors, 'error')}, {warnings}.")
    say("Open it in your editor and make it yours; the comments in it lead you through.")
    say(f"See how it goes:    {command(f'scenarios preview {_quoted(path)}')}")
    say(f"After each change:  {command(f'scenarios check {_quoted(path)}')}")


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
