import asyncio
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scenarios.loader import load
from tests.app.conftest import House
from trainer.app.threads import NAME, off_thread
from trainer.practice.session import Session


async def test_leaving_waits_for_no_worker(house: House) -> None:
    """A recogniser that loads for ever, as on a machine that swaps: the app ends all the same."""
    never = threading.Event()
    house.recogniser.warm_up = never.wait  # type: ignore[method-assign, assignment]
    async with house.rep() as guest:
        await guest.pilot.press("ctrl+q")
        await guest.until(lambda: not guest.app.is_running)
    assert not never.is_set()
    waiting = [thread for thread in threading.enumerate() if thread.name == NAME and thread.is_alive()]
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


def test_the_process_ends_while_something_is_still_loading(tmp_path: Path) -> None:
    """Quickly, with code 0 and without a word: the loader is native code that nobody can interrupt."""
    code = """
import hashlib, sys
from dataclasses import replace
from pathlib import Path
import trainer.app.services as services
from textual.screen import Screen
from trainer.app import run
from trainer.config import Config
from trainer.paths import Paths

class Leaving(Screen):
    def on_mount(self):
        self.set_timer(1.0, self.app.exit)

real = services.real
def slow(paths, config):
    return replace(real(paths, config), warm_up=lambda: hashlib.pbkdf2_hmac("sha256", b"x", b"x", 10**9))
services.real = slow
root = Path(sys.argv[1])
run(Paths(root, root, root), Config(name="Ana", role="rep"), Leaving)
print("not reached")
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env={**os.environ, "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


async def test_a_take_that_a_kill_cut_off_is_in_the_store_before_anything_is_shown(house: House) -> None:
    attempt = begun(house)
    raw = house.paths.takes / attempt / "objection" / "t.raw"
    raw.parent.mkdir(parents=True)
    raw.write_bytes(b"\1\0" * 16_000)
    async with house.rep():
        with house.store as store:
            assert [take.id for take in store.attempt(attempt).takes] == ["t"]
    assert not raw.exists()


def begun(house: House) -> str:
    """An attempt of Ana's that was left; its id."""
    with house.store as store:
        ana = store.add_person("Ana Ruiz", "rep")
        scenario = load("price-20-percent")
        session = Session.start(store, scenario, "A", ana, "warm-up", takes_folder=house.paths.takes)
        return session.attempt.id
