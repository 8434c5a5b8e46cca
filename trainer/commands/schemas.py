"""`trainer scenarios schema`: what an editor completes and checks files by."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from scenarios.json_schema import Kind


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(schema)


def schema(
    rubric: Annotated[
        bool, typer.Option("--rubric", help="Of rubric files; otherwise of scenarios.")
    ] = False,
    path: Annotated[
        bool, typer.Option("--path", help="Where its file lies, for an editor's settings.")
    ] = False,
) -> None:
    """Print the JSON Schema by which an editor completes and checks your files."""
    from scenarios.json_schema import shipped, written
    from trainer.commands.output import say

    kind: Kind = "rubric" if rubric else "scenario"
    say(str(shipped(kind)) if path else written(kind).rstrip())
