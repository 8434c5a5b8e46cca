"""How long starting takes, beside the least it could take: `python benchmarks/startup.py`.

Two pairs, run in turn so that a change of the machine's speed meets both: `trainer --help` against
`python -c "import typer"`, and the app's first screen against that of an empty Textual app. Quote the
ratios; the seconds are this machine's.
"""

import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

RUNS = 11
TOOLS = Path(sys.executable).parent
EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App[None]):
    def compose(self):
        yield Static("Who practises here?")

Empty().run()
"""


def whole(command: Sequence[str]) -> float:
    """Seconds from start to end of a command."""
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def until_shown(command: Sequence[str], text: bytes, environment: Mapping[str, str]) -> float:
    """Seconds from a command's start in a terminal until it has written `text`."""
    begun = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe(command[0], list(command), dict(environment))  # noqa: S606
    seen = b""
    try:
        while text not in seen:
            if not select.select([terminal], [], [], 20)[0]:
                raise RuntimeError(f"{command[0]} did not show {text!r} within 20 s")
            seen = seen[-4000:] + os.read(terminal, 65536)
        return time.perf_counter() - begun
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)


def compare(name: str, ours: Callable[[], float], least: Callable[[], float]) -> None:
    """Prints the ratio of the two, pair by pair, after one pair that is not counted."""
    pairs = [(ours(), least()) for _ in range(RUNS + 1)][1:]
    ratios = sorted(a / b for a, b in pairs)
    a, b = (statistics.median(column) for column in zip(*pairs, strict=True))
    spread = f"{ratios[0]:.2f} to {ratios[-1]:.2f}"
    print(f"{name}: {statistics.median(ratios):.2f} ({spread}); {a:.2f} s / {b:.2f} s")


def main() -> None:
    """Prints both comparisons."""
    trainer, python = str(TOOLS / "trainer"), sys.executable
    compare(
        "trainer --help / import typer",
        lambda: whole([trainer, "--help"]),
        lambda: whole([python, "-c", "import typer"]),
    )
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TRAINER_HOME": home, "TERM": "xterm-256color"}
        text = b"Who practises here?"
        compare(
            "first screen / empty Textual app",
            lambda: until_shown([trainer], text, environment),
            lambda: until_shown([python, "-c", EMPTY_APP], text, environment),
        )


if __name__ == "__main__":
    main()
