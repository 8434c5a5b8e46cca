"""Slow work off the screen's thread, in threads that never hold the exit up."""

import asyncio
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

NAME = "off-screen work"
HEARING = "hearing"
"""The threads of `trainer.hearing`, which is not loaded before it is wanted."""


def busy() -> bool:
    """Whether any of that work is still going on."""
    return any(thread.name in (NAME, HEARING) for thread in threading.enumerate())


async def off_thread(work: Callable[[], Result]) -> Result:
    """What `work()` returns or raises, run on a daemon thread of its own.

    Cancelling the wait (a screen that closes, an app that ends) lets go of the thread at once; asyncio's
    own thread pool would be joined at the exit instead.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Result] = loop.create_future()

    def deliver(result: Result | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:  # noqa: BLE001 - whatever it is, it belongs to the one who waits
            error = raised
        if not loop.is_closed():
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, name=NAME, daemon=True).start()
    return await done
