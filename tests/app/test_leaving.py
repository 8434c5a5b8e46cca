import asyncio
import threading

import pytest

from tests.app.conftest import House
from trainer.app.threads import off_thread


async def test_leaving_waits_for_no_worker(house: House) -> None:
    """A recogniser that loads for ever, as on a machine that swaps: the app ends all the same."""
    never = threading.Event()
    house.recogniser.warm_up = never.wait  # type: ignore[method-assign, assignment]
    async with house.rep() as guest:
        await guest.pilot.press("ctrl+q")
        await guest.until(lambda: not guest.app.is_running)
    assert not never.is_set()
    waiting = [thread for thread in threading.enumerate() if thread.name == "work" and thread.is_alive()]
    assert all(thread.daemon for thread in waiting)
    never.set()


async def test_what_a_thread_returns_or_raises_comes_back() -> None:
    assert await off_thread(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await off_thread(lambda: 1 // 0)


async def test_a_thread_that_nobody_waits_for_any_more_disturbs_nobody() -> None:
    go = threading.Event()
    waiting = asyncio.ensure_future(off_thread(go.wait))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go.set()


async def test_a_failure_without_a_name_is_handed_to_whoever_runs_the_app(house: House) -> None:
    def broken() -> None:
        raise KeyError("a bug")

    with pytest.raises(Exception, match="a bug"):
        async with house.rep() as guest:
            guest.app.call_later(broken)
            await guest.until(lambda: guest.app.failure is not None)
    assert isinstance(guest.app.failure, KeyError)
