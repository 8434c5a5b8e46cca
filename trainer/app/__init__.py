"""The screens; the only code that imports Textual."""

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from trainer.config import Config
    from trainer.paths import Paths


def run(paths: "Paths", config: "Config", first: "Callable[[], Any] | None" = None) -> None:
    """Opens the app on this terminal, at the screen that `first` makes if given, and returns when it is left.

    Raises what it failed for.
    """
    from trainer.app.app import TrainerApp  # noqa: PLC0415 - Textual costs half a second
    from trainer.app.services import real  # noqa: PLC0415
    from trainer.app.threads import busy  # noqa: PLC0415
    from trainer.audio.native_stderr import screen_apart  # noqa: PLC0415

    with screen_apart(paths.cache / "native.log"):
        app = TrainerApp(real(paths, config), first)
        app.run()
    app.close()
    if app.failure is not None:
        raise app.failure
    if busy():
        # A thread that still loads a model is not waited for, and would make an orderly shutdown abort.
        sys.stdout.flush()
        os._exit(0)
