"""Work on sound that holds Python's lock, done in a process of its own while a microphone is open.

pocketsphinx, which lays words over their sound, keeps that lock for as long as it takes, and the microphone's
callbacks would have to wait. Run as a program, this module answers calls that come in on standard input.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import ParamSpec, Protocol, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Caller(Protocol):
    """Calls a function of a module, here or elsewhere."""

    def __call__(  # noqa: D102
        self, function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Result: ...


def here(function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Calls it in this process."""
    return function(*args, **kwargs)


class Aside:
    """Calls functions in another process, one at a time; here, if that process can't be had or dies."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._broken = False

    def __call__(
        self, function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """What `function` gives; it raises nothing here that it would not raise there."""
        with self._lock:
            if not self._broken:
                try:
                    return self._asked(function, args, kwargs)
                except (OSError, EOFError, pickle.PickleError):
                    self._give_up()
        return function(*args, **kwargs)

    def _asked(self, function: Callable[Given, Result], args: object, kwargs: object) -> Result:
        self._process = process = self._process or _started()
        assert process.stdin and process.stdout  # noqa: S101 - made so when it was started
        pickle.dump((function, args, kwargs), process.stdin)
        process.stdin.flush()
        result: Result = pickle.load(process.stdout)  # noqa: S301 - our own process, through our own pipe
        return result

    def _give_up(self) -> None:
        self._broken = True
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@cache
def aside() -> Aside:
    """The one of this process."""
    return Aside()


def _started() -> subprocess.Popen[bytes]:
    house = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "trainer.hearing.aside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # or ctrl+c in the terminal would end it before the app is done with it
    )


def main() -> None:
    """Answers until nobody asks any more."""
    while True:
        try:
            function, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the app, as above
        except EOFError:
            return
        pickle.dump(function(*args, **kwargs), sys.stdout.buffer)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
