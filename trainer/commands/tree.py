"""Which commands there are."""

from typing import Annotated

import typer

from trainer.commands import (
    brief,
    calendar,
    calibrating,
    checkup,
    coaching,
    explore,
    export,
    forgetting,
    kpi,
    labelling,
    listening,
    looks,
    models,
    packs,
    planning,
    playbook,
    practice,
    rescoring,
    retranscribing,
    rubrics,
    scenarios,
    scoring,
    sharing,
    team,
    verifying,
)
from trainer.commands.opening import open_app
from trainer.errors import BadInputError

cli = typer.Typer(
    name="trainer",
    help="Practise sales conversations out loud; transcribed, scored and logged on your own machine.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (
    practice,
    scoring,
    listening,
    team,
    calibrating,
    labelling,
    rescoring,
    retranscribing,
    verifying,
    checkup,
    looks,
    forgetting,
    brief,
    calendar,
    export,
    explore,
    coaching,
):
    part.add_to(cli)
sharing.add_to(cli, team.group)
cli.add_typer(scenarios.cli, name="scenarios")
cli.add_typer(rubrics.cli, name="rubrics")
cli.add_typer(packs.cli, name="packs")
cli.add_typer(playbook.cli, name="playbook")
cli.add_typer(models.cli, name="models")
cli.add_typer(kpi.cli, name="kpi")
cli.add_typer(planning.cli, name="plan")


@cli.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    debug: Annotated[  # noqa: ARG001 -- taken out before; here so that --help shows it
        bool, typer.Option("--debug", help="Show the traceback of a failure.")
    ] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Practise sales conversations out loud; transcribed, scored and logged on your own machine.

    Without a command, the app opens.
    """
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("rep-trainer"))
        raise typer.Exit
    if context.invoked_subcommand is None:
        open_app()


def run(arguments: list[str]) -> int:
    """Runs a command and returns its exit code; bad use is a BadInputError."""
    from trainer.library.shelves import use_shelves_of
    from trainer.paths import Paths

    use_shelves_of(Paths.of_user())
    try:
        return int(cli(arguments, prog_name="trainer", standalone_mode=False) or 0)
    except typer.TyperException as error:
        raise BadInputError(error.format_message()) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
