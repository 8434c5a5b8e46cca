"""Asks the aligner's process; one question at a time, whoever asks."""

import atexit
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.alignment.decoder import Span

_LOCK = Lock()
_GOODBYE = 1.0  # seconds for the process to end by itself
_running: list[subprocess.Popen[bytes]] = []  # the one process, once it is needed


def there() -> bool:
    """Whether pocketsphinx is on this machine."""
    try:
        return importlib.util.find_spec("pocketsphinx") is not None
    except ValueError:  # what a test puts in its place has no spec
        return False


def known(word: str) -> bool:
    """Whether the dictionary has a lower-case word."""
    return bool((_asked("known", [word]) or [False])[0])


def shortest(word: str) -> float:
    """Seconds of a word squeezed into as little as the model allows."""
    return float((_asked("shortest", [word]) or [0.0])[0])


def align(said: Sequence[str], samples: NDArray[np.float32]) -> list[Span] | None:
    """See `decoder.align`; None too where the process ended before it was done."""
    return _spans(_asked("align", said, samples))


def with_fillers(said: Sequence[str], samples: NDArray[np.float32]) -> list[Span] | None:
    """See `decoder.with_fillers`; None too where the process ended before it was done."""
    return _spans(_asked("with_fillers", said, samples))


def end() -> None:
    """Ends the process; the next question starts another."""
    with _LOCK:
        while _running:
            _ended(_running.pop())


def _spans(told: Any) -> list[Span] | None:
    return None if told is None else [Span(*one) for one in told]


def _asked(ask: str, words: Sequence[str], samples: NDArray[np.float32] | None = None) -> Any:
    sound = b"" if samples is None else np.asarray(samples, np.float32).tobytes()
    line = json.dumps({"ask": ask, "words": list(words), "bytes": len(sound)}) + "\n"
    with _LOCK:
        for _again in range(2):  # should it be gone, another one is asked
            if not _running:
                _running.append(_started())
            process = _running[0]
            assert process.stdin and process.stdout  # noqa: S101 - made so when it was started
            try:
                process.stdin.write(line.encode("ascii") + sound)
                process.stdin.flush()
                return json.loads(process.stdout.readline())
            except (OSError, ValueError):
                _running.clear()
                _ended(process)
    return None


def _started() -> subprocess.Popen[bytes]:
    house = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, [house, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "models.alignment.process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # or ctrl+c in the terminal would end it before the app is done with it
    )


def _ended(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except OSError:  # what it was to be told is of no use to a process that is gone
                continue
    try:
        process.wait(_GOODBYE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


atexit.register(end)
