"""The screens; the only code that imports Textual."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from trainer.config import Config
    from trainer.paths import Paths


def run(paths: "Paths", config: "Config", first: "Callable[[], Screen[Any]] | None" = None) -> None:
    """Opens the app on this terminal, at `first` if given, and returns when it is left.

    Raises what it failed for.
    """
    from trainer.app.app import TrainerApp  # noqa: PLC0415 - Textual costs half a second
    from trainer.app.services import real  # noqa: PLC0415

    app = TrainerApp(real(paths, config), first)
    app.run()
    if app.failure is not None:
        raise app.failure
