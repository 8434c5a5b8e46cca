"""The command line: which commands there are, and how each ends.

Exit 0: done. 1: it failed for a cause that is named. 2: bad use or bad input. 130: stopped by Ctrl-C.
"""

import os
import sys
import traceback
from typing import Annotated

import typer

from trainer.commands import (
    app,
    calibrating,
    labelling,
    listening,
    models,
    practice,
    rescoring,
    scenarios,
    scoring,
    team,
    verifying,
)

cli = typer.Typer(
    name="trainer",
    help="Practise sales conversations out loud; transcribed, scored and logged on your own machine.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (app, practice, scoring, listening, team, calibrating, labelling, rescoring, verifying):
    part.add_to(cli)
cli.add_typer(scenarios.cli, name="scenarios")
cli.add_typer(models.cli, name="models")


@cli.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of a failure.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    """Practise sales conversations out loud; transcribed, scored and logged on your own machine.

    Without a command, the app opens.
    """
    context.obj = debug
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("rep-trainer"))
        raise typer.Exit
    if context.invoked_subcommand is None:
        app.open_app()


def main(arguments: list[str] | None = None) -> int:
    """The `trainer` command; returns its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # A console that can't show a character shows "?" instead of failing on it.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    debug = "--debug" in given
    given = [argument for argument in given if argument != "--debug"]
    try:
        return int(cli(given, prog_name="trainer", standalone_mode=False) or 0)
    except KeyboardInterrupt:
        return _fail("Stopped. What was recorded is kept.", 130, debug)
    except BrokenPipeError:
        # The reader of our output has gone; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except typer.TyperException as error:
        return _fail(error.format_message(), error.exit_code, debug)
    except typer.Abort:
        return _fail("Stopped.", 130, debug)
    except Exception as error:  # noqa: BLE001 -- the one place where a failure becomes a line and a code
        code = getattr(error, "exit_code", None)
        if code is not None:
            return _fail(str(error), code, debug)
        kind = type(error).__name__
        return _fail(f"Unexpected {kind}: {error}. `trainer --debug …` shows where.", 1, debug)


def _fail(line: str, code: int, debug: bool) -> int:
    if debug and sys.exc_info()[0] is not None:
        traceback.print_exc()
    sys.stderr.write(" ".join(line.split()) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
