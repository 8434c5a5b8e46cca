"""`trainer playbook`: what a team has written down already, made into draft scenarios."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.library.drafts import Draft
    from trainer.library.playbook import Unplaced

cli = typer.Typer(help="Turn a team's playbook into draft scenarios.", no_args_is_help=True)


@cli.callback()
def playbook() -> None:
    """Turn a team's playbook into draft scenarios."""


@cli.command("import")
def import_playbook(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A playbook in Markdown or CSV.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the drafts go; NAME-drafts here otherwise.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write a draft scenario for each objection, and say line by line what found no place."""
    from scenarios.headings import ids
    from scenarios.judging import Judge
    from trainer.commands.output import emit
    from trainer.library.drafts import drafts
    from trainer.library.hotwords import names_in
    from trainer.library.playbook_file import read_playbook
    from trainer.library.writing import write_drafts
    from trainer.practice.meaning import embedder

    book = read_playbook(file)
    names = names_in(book)
    made = list(drafts(book, names, ids(), Judge(embedder())))
    folder = out or Path(f"{file.stem}-drafts")
    files = write_drafts(made, names, folder, file)
    left = sorted(
        [*book.unplaced, *(one for draft in made for one in draft.unplaced)], key=lambda one: one.line
    )
    if as_json:
        emit(
            {
                "files": [str(one) for one in files],
                "drafts": [
                    {
                        "id": one.scenario.id,
                        "title": one.scenario.title,
                        "rubric": one.rubric.id,
                        "forms": list(one.scenario.forms),
                        "to_write": list(one.to_write),
                    }
                    for one in made
                ],
                "names": list(names),
                "unplaced": [{"line": one.line, "text": one.text, "why": one.why} for one in left],
            }
        )
    else:
        _say(made, left, folder, file, names=len(names))


def _say(
    made: "Sequence[Draft]", left: "Sequence[Unplaced]", folder: Path, file: Path, *, names: int
) -> None:
    from trainer.commands import options
    from trainer.commands.output import columns, counted, say
    from trainer.errors import command

    say(f"{counted(len(made), 'draft')} in {folder}:")
    rows = [
        (
            f"  {one.scenario.id}",
            f"forms {' '.join(one.scenario.forms)}",
            f"judged by {one.rubric.id}" + (", a draft too" if one.own_rubric else ""),
        )
        for one in made
    ]
    for line in columns(rows):
        say(line)
    if names:
        say(f"{counted(names, 'name')} for the recogniser in {folder / 'names.txt'};")
        say(f"put those that matter into {options.paths().names}")
    if left:
        say(f"Without a place, of {file}:")
    for one in left:
        say(f"  {one}")
    say("What is left to write stands at the top of each draft. Then:")
    say(f"  {command(f'scenarios check {folder / made[0].scenario.id}.yaml')}")
    say(f"and put what is finished, with its rubric, into {options.paths().scenarios}")
