"""`trainer` alone: the app; and `trainer doctor`: what this machine can do."""

import sys
from typing import TYPE_CHECKING, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Callable


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(doctor)


def open_app(first: "Callable[[], Any] | None" = None) -> None:
    """Opens the app on this terminal, at its first screen or at another one."""
    from trainer.commands import options

    terminal()
    from trainer.app import run

    run(options.paths(), options.config(), first)


def terminal() -> None:
    """BadInputError where there is none."""
    from trainer.errors import BadInputError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInputError(
            "The app needs a terminal, and this is none. `trainer demo` shows a practice without one."
        )


def doctor(as_json: Json = False) -> None:
    """Say what this machine can do, and what would mend the rest."""
    from trainer.commands import options
    from trainer.commands.checkup import checks
    from trainer.commands.output import emit, say

    found = checks(options.paths(), options.config())
    if as_json:
        emit({"checks": [check.as_json() for check in found]})
        return
    signs = {True: "✓", False: "✗", None: "–"}
    for check in found:
        say(f"{signs[check.ok]} {check.what}")
        if check.mend:
            say(f"    {check.mend}")
