"""A real terminal with the real app in it, through tmux."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

TRAINER = Path(sys.executable).with_name("trainer")


def why_not() -> str:
    """Why this machine can't have one, "" where it can."""
    if os.name != "posix":
        return "the terminal under test is tmux, which needs POSIX"
    return "" if shutil.which("tmux") else "tmux is not installed"


class Terminal:
    """The app in a terminal of 80x24 or another size. A context manager; ends what it started."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        self._socket = str(folder / "tmux")
        self._environment = {"LANG": "C.UTF-8", **environment}
        self._size = size

    def __enter__(self) -> Self:
        given = [word for name, value in self._environment.items() for word in ("-e", f"{name}={value}")]
        width, height = map(str, self._size)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, *given, str(TRAINER))
        self._tmux("set-option", "-g", "remain-on-exit", "on")
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server")

    def restart(self) -> None:
        """The app again, in the same terminal, after it has left."""
        self._tmux("respawn-pane")

    def press(self, *keys: str) -> None:
        """Keys by tmux's names: "Enter", "Space", "Escape", "C-c", or plain letters."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Text, letter by letter."""
        self._tmux("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        """What a person sees now."""
        return self._tmux("capture-pane", "-p")

    @property
    def ended(self) -> bool:
        """Whether the app has left."""
        return self._tmux("display-message", "-p", "#{pane_dead}").strip() == "1"

    def shows(self, *texts: str, seconds: float = 30) -> str:
        """Waits until the screen has all the texts and returns it."""
        return self.until(lambda: all(text in self.screen for text in texts), f"{texts}", seconds)

    def until(self, true: Callable[[], bool], what: str, seconds: float = 30) -> str:
        """Waits for something; AssertionError with the screen where it does not come."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"{what} did not come. The screen:\n{self.screen}"
            time.sleep(0.05)
        return self.screen

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, "-u", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
