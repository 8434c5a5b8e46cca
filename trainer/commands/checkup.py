"""`trainer doctor`: what this machine can do."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trainer.commands.checks import Check


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(doctor)


def doctor(
    as_json: Json = False,
    quick: Annotated[bool, typer.Option(help="Leave out what takes seconds: speed and microphone.")] = False,
) -> None:
    """Say what this machine can do, and what would mend the rest."""
    from trainer.commands.output import emit

    found = _found(quick=quick, ask=not as_json and _somebody_there())
    if as_json:
        emit({"checks": [check.as_json() for check in found]})
        return
    for check in found:
        _show(check)


def _found(*, quick: bool, ask: bool) -> "Iterator[Check]":
    from trainer.commands import measuring, options
    from trainer.commands.checks import checks
    from trainer.commands.output import note
    from trainer.config import Config, load
    from trainer.errors import BadInputError

    paths = options.paths()
    looked_at = checks(paths)
    yield from looked_at
    if quick:
        return
    try:
        config = load(paths.settings)
    except BadInputError:  # one of the findings
        config = Config()
    if any(check.id == "microphone" and check.ok for check in looked_at):
        yield measuring.microphone(config, ask=note if ask else None)
    note("Measuring how fast this machine hears speech …")
    yield measuring.speed(paths, config)


def _somebody_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def _show(check: "Check") -> None:
    from trainer.commands.output import say

    sign = {True: "✓", False: "✗", None: "–"}[check.ok]
    say(f"{sign} {check.what}")
    for line in (*check.table, check.mend):
        if line:
            say(f"    {line}")
    sys.stdout.flush()
