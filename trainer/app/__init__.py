"""The screens; the only code that imports Textual."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.config import Config
    from trainer.paths import Paths


def run(paths: "Paths", config: "Config") -> None:
    """Opens the app on this terminal and returns when it is left; raises what it failed for."""
    from trainer.app.app import TrainerApp  # noqa: PLC0415 - Textual costs half a second
    from trainer.app.services import real  # noqa: PLC0415

    app = TrainerApp(real(paths, config))
    app.run()
    if app.failure is not None:
        raise app.failure
