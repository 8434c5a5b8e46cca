"""`trainer scenarios preview`: all branches of a scenario walked by keyboard, replies scored while typed."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trainer.app.screens.preview import Preview


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(preview)


def preview(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="An id or a file.")],
    form: Annotated[str | None, typer.Option(help="The form to begin with; the first otherwise.")] = None,
) -> None:
    """Walk through a scenario by keyboard: every branch, replies scored while you type. Nothing is stored."""
    from scenarios.loader import load
    from scenarios.walking import Walk
    from scoring.rubrics_library import load_rubric
    from scoring.score import warm_up
    from trainer.commands.opening import open_app, terminal
    from trainer.commands.output import note
    from trainer.errors import BadInputError
    from trainer.practice.meaning import embedder

    wanted = load(scenario)
    rubric = load_rubric(wanted.rubric)
    name = (form or next(iter(wanted.forms))).upper()
    if name not in wanted.forms:
        raise BadInputError(f"--form {form}: {wanted.id} has the forms {', '.join(wanted.forms)}.")
    terminal()
    note("Loading the scorer ...")
    warm_up(embedder())  # before the app loads it in the background: the same import twice at once fails

    def front() -> "Preview":
        from trainer.app.screens.preview import Preview as Screen

        return Screen({one: Walk(wanted, one, rubric, embedder()) for one in wanted.forms}, name, scenario)

    open_app(front)
