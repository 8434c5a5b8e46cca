"""Work in a process of its own: pocketsphinx holds Python's lock for as long as it decodes.

In the app's process that stopped the microphone and the screen, for seconds. Run as a program, this module
answers calls that come in on standard input until that closes: it ends with the app, however the app ends.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


class AsideError(Exception):
    """The other process ended in the middle of its work, and so did the one that was to replace it."""


class Aside:
    """Calls functions in another process, one at a time, whichever thread asks; it is started at the first.

    A process that ends before it answers is replaced and asked the same once more.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Callable[[], object] = lambda: None

    def __call__(
        self, function: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Result:
        """What a function of a module gives there, or what it raises; AsideError if nobody answers."""
        call = pickle.dumps((function, args, kwargs))
        with self._lock:
            try:
                good, told = self._answer(call)
            except (OSError, EOFError):
                try:
                    good, told = self._answer(call)
                except (OSError, EOFError) as error:
                    raise AsideError(f"{function.__qualname__} was not answered") from error
        if not good:
            raise told
        result: Result = told
        return result

    def _answer(self, call: bytes) -> tuple[bool, Any]:
        if self._process is None:
            self._process = _started()
            self._end = weakref.finalize(self, _ended, self._process)
        assert self._process.stdin and self._process.stdout  # noqa: S101 - made so when it was started
        try:
            self._process.stdin.write(call)
            self._process.stdin.flush()
            told: tuple[bool, Any] = pickle.load(self._process.stdout)  # noqa: S301 - our own process
        except (OSError, EOFError):
            self._process = None
            self._end()
            raise
        return told


aside = Aside()
"""The one of this process: it decodes and aligns for everybody, with every model loaded once."""


def _started() -> "subprocess.Popen[bytes]":
    house = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "models.aside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # or ctrl+c in the terminal would end it before the app is done with it
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # the same on Windows
    )


def _ended(process: "subprocess.Popen[bytes]") -> None:
    # Killed, and not told goodbye: it keeps nothing, and a thread may be waiting for its answer still.
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with contextlib.suppress(OSError):  # what it was to be told is of no use any more
                pipe.close()


def main() -> None:
    """Answers until nobody asks any more."""
    asked, answers = (os.fdopen(os.dup(stream), mode) for stream, mode in ((0, "rb"), (1, "wb")))
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1):  # what native code writes there is no answer
        os.dup2(nothing, stream)
    while True:
        try:
            function, args, kwargs = pickle.load(asked)  # noqa: S301 - from the app, through its own pipe
        except EOFError:
            return
        try:
            told = True, function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
            told = False, error
        pickle.dump(told, answers)
        answers.flush()


if __name__ == "__main__":
    main()
