"""`trainer` alone: the app, without anything else of the command line."""

import sys
from typing import TYPE_CHECKING, Any

from trainer.errors import BadInputError, command

if TYPE_CHECKING:
    from collections.abc import Callable


def open_app(first: "Callable[[], Any] | None" = None) -> None:
    """Opens the app on this terminal, at its first screen or at another one."""
    terminal()
    from trainer.app import run
    from trainer.config import load
    from trainer.paths import Paths

    paths = Paths.of_user()
    run(paths, load(paths.settings), first)


def terminal() -> None:
    """BadInputError where there is none."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInputError(
            f"The app needs a terminal, and this is none. `{command('demo')}` shows a practice without one."
        )
