"""`trainer explore`: a look through the records in a browser, with Datasette."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathlib import Path

EXTRA = "datasette>=0.65,<1"
"""What the extra `explore` of pyproject.toml names."""

LOOPBACK = "127.0.0.1"


def add_to(cli: typer.Typer) -> None:
    """Adds this file's command."""
    cli.command()(explore)


def explore(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="On this machine; 0 takes one that is free.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the browser on it.")] = True,
) -> None:
    """Look through all you may see in a browser: a copy, read-only, on this machine alone."""
    import sys
    import tempfile
    from importlib.util import find_spec
    from pathlib import Path

    from trainer.commands import looking, options
    from trainer.commands.export import asking
    from trainer.commands.output import note
    from trainer.errors import BadInputError
    from trainer.interchange.tables import tables
    from trainer.store.copies import write_copy

    if find_spec("datasette") is None:
        raise BadInputError(
            f"explore needs Datasette: `{sys.executable} -m pip install '{EXTRA}'` brings it."
        )
    me = options.config()
    with tempfile.TemporaryDirectory(prefix="rep-trainer-") as folder:
        copy = Path(folder) / "coaching.db"
        with options.store() as store:
            asker = asking(store, me)
            looking.log(store, me, list(asker.reps), "explore")
            write_copy(copy, tables(asker))
        note("A copy of what you may see, as it is now; Ctrl+C ends it and takes it away.")
        _serve(copy, port, browser=browser)


def _serve(copy: "Path", port: int, *, browser: bool) -> None:
    """Until it is interrupted; TrainerError where Datasette ends by itself with a failure."""
    import signal
    import subprocess
    import sys

    from trainer.errors import TrainerError

    for name in ("SIGTERM", "SIGHUP"):  # however it ends, the copy is taken away
        if number := getattr(signal, name, None):
            signal.signal(number, signal.default_int_handler)

    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(copy), "--host", LOOPBACK]
    command += ["--port", str(port), "--setting", "allow_download", "off", *(["--open"] if browser else [])]
    try:
        ended = subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return
    if ended:
        raise TrainerError(f"Datasette ended with {ended}; is port {port} taken? Leave --port out.")
