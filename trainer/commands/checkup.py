"""`trainer doctor`: what this machine can do."""

import typer

from trainer.commands.options import Json


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(doctor)


def doctor(as_json: Json = False) -> None:
    """Say what this machine can do, and what would mend the rest."""
    from trainer.commands import options
    from trainer.commands.checks import checks
    from trainer.commands.output import emit, say

    found = checks(options.paths())
    if as_json:
        emit({"checks": [check.as_json() for check in found]})
        return
    signs = {True: "✓", False: "✗", None: "–"}
    for check in found:
        say(f"{signs[check.ok]} {check.what}")
        if check.mend:
            say(f"    {check.mend}")
