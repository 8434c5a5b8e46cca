"""Sound systems that may never answer, waited for no longer than it makes sense."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from trainer.audio.errors import AudioDeviceError
from trainer.audio.native_stderr import silenced

T = TypeVar("T")


def in_time(work: Callable[[], T], seconds: float, late: Callable[[T], object] = lambda _: None) -> T:
    """What `work` gives, or raises, on a thread of its own; the screen is kept from native output meanwhile.

    AudioDeviceError after `seconds`. The thread can't be stopped: what it gives in the end goes to `late`.
    """
    future: Future[T] = Future()
    try:
        with silenced():
            threading.Thread(target=_settle, args=(future, work), name="sound system", daemon=True).start()
            return future.result(seconds)
    except TimeoutError as error:
        future.add_done_callback(lambda done: done.exception() or late(done.result()))
        raise AudioDeviceError(
            "The sound system does not answer. Start the sound server, or the computer, again."
        ) from error


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
        future.set_exception(error)
