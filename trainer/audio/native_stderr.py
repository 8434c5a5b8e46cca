"""File descriptor 2, which ALSA, PortAudio and the MP3 reader write to over everybody's head."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STDERR = 2

_lock = threading.Lock()
_silencers = 0
_saved = -1
_apart = False


@contextmanager
def screen_apart(log: Path) -> Iterator[None]:
    """Lets a full-screen program keep the terminal while native libraries write into `log`.

    Textual draws on Python's stderr, so Python's stderr moves to a descriptor of its own, and 2 becomes
    the log (begun anew, for its owner's eyes). Must be entered before Textual starts. Put back at the end.
    """
    global _apart  # noqa: PLW0603 - there is one descriptor 2
    screen, before = os.dup(STDERR), (sys.stderr, sys.__stderr__)
    sink = _sink(log)
    moved = os.fdopen(os.dup(screen), "w", buffering=1, encoding="utf-8", errors="replace")
    with moved:
        os.dup2(sink, STDERR)
        os.close(sink)
        sys.stderr = sys.__stderr__ = moved  # type: ignore[misc]
        _apart = True
        try:
            yield
        finally:
            _apart = False
            sys.stderr, sys.__stderr__ = before  # type: ignore[misc]
            os.dup2(screen, STDERR)
            os.close(screen)


def _sink(log: Path) -> int:
    """The log, or nowhere where it can't be written: what native libraries say is worth no failure."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        return os.open(os.devnull, os.O_WRONLY)


@contextmanager
def silenced() -> Iterator[None]:
    """Sends what native libraries write to descriptor 2 to nowhere, for as long as any thread is inside.

    Does nothing inside `screen_apart`, where it would only hide what the log is for.
    """
    global _silencers, _saved  # noqa: PLW0603 - there is one descriptor 2
    if _apart:
        yield
        return
    with _lock:
        if not _silencers:
            _saved = _mute()
        _silencers += 1
    try:
        yield
    finally:
        with _lock:
            _silencers -= 1
            if not _silencers and _saved >= 0:
                os.dup2(_saved, STDERR)
                os.close(_saved)


def _mute() -> int:
    """Points descriptor 2 at nothing and returns a copy of what it was, -1 where it is closed."""
    try:
        saved = os.dup(STDERR)
    except OSError:
        return -1
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STDERR)
    os.close(nowhere)
    return saved
