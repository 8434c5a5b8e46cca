"""Somebody at the app's keys for hours; the microphone plays clips, all else but the screen is real."""

import contextlib
import gc
import os
import queue
import random
import tempfile
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from textual.widgets import TextArea

from models.recogniser import Recogniser
from models.whisper import Whisper
from scenarios.loader import all_scenarios
from scoring.transcript import Word
from tests.app.conftest import Guest, House
from tests.audio.fakes import BLOCK, FakeMicrophone
from tests.lost.practising import CLIPS, RATE, sound_of
from trainer.app.services import Services
from trainer.audio.portaudio import OnBlock
from trainer.audio.recorder import Recorder
from trainer.config import Config

TYPED = "I hear you. Before I answer, what are you comparing us with?"
SAID = TYPED.split()
PASSING = ("recorder", "hearing", "off-screen work", "microphone of the test", "sound system")
"""The threads that a practice starts."""

KEPT = {".flac", ".db", ".db-wal", ".db-shm", ".toml"}
"""What lies in the profile by right."""


class RunningMicrophone(FakeMicrophone):
    """Gives quiet at the pace of a real one, and what it is told to say at once, until it is closed."""

    def __call__(self, name: str, on_block: OnBlock, on_end: Callable[[], None]) -> FakeMicrophone:
        opened = super().__call__(name, on_block, on_end)
        self._due: queue.SimpleQueue[NDArray[np.int16]] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="microphone of the test", daemon=True).start()
        return opened

    def say(self, samples: NDArray[np.int16]) -> None:
        self._due.put(samples)

    def _run(self) -> None:
        quiet = np.ones(BLOCK, np.int16)
        while not self.closed.wait(BLOCK / RATE):
            self.speak(quiet if self._due.empty() else self._due.get())


class QuickRecogniser:
    """Has the same words for every stretch, at once; hundreds of practices would else take hours."""

    engine, model, rough, drafts = "faster-whisper", "base.en", False, True
    cuts = Whisper.cuts

    def warm_up(self) -> None: ...

    def words(
        self, samples: NDArray[np.float32], *, hotwords: Sequence[str] = (), draft: bool = False
    ) -> list[Word]:
        step = len(samples) / RATE / len(SAID)
        return [Word(word, at * step, (at + 0.9) * step, 0.9) for at, word in enumerate(SAID)]


class Rep:
    """Practises as people do: mostly aloud, now and then again, typed, or left and gone on with."""

    def __init__(self, root: Path, seed: int, recogniser: Recogniser) -> None:
        self._strangers = set(threading.enumerate())  # of other tests in this process
        self._recogniser = recogniser
        self._chance = random.Random(seed)  # noqa: S311
        self._recorder: Recorder | None = None
        self._microphone = RunningMicrophone()
        self.house = House(root)
        self.practices = self.replies = 0
        self._guest: Guest

    @contextlib.asynccontextmanager
    async def at_work(self) -> AsyncIterator["Rep"]:
        """With the app open."""
        services = self.house.services

        def real(config: Config) -> Services:
            return replace(services(config), recogniser=lambda _: self._recogniser, microphone=self._opened)

        self.house.services = real  # type: ignore[method-assign]
        async with self.house.rep() as guest:
            self._guest = guest
            yield self

    def _opened(self, _: Config, folder: Path, take_id: str) -> Recorder:
        self._microphone = RunningMicrophone()
        self._recorder = Recorder("", folder, take_id, opener=self._microphone)
        return self._recorder

    async def practise(self) -> None:
        """A practice from Home and back to it; every tenth is left half-way and gone on with."""
        guest = self._guest
        await guest.press("l")
        guest.point_at(self._chance.choice(all_scenarios()).id)
        await guest.press("enter", "enter")
        await guest.to("Practice")
        if self._chance.random() < 0.1:
            await self._begin_speaking()
            await guest.press("escape")
            await guest.until(lambda: guest.at == "Library")
            await guest.press("escape")
            await guest.until(lambda: guest.at == "Home")
            await guest.press("enter")
            await guest.to("Practice")
        while guest.at != "Scorecard":
            await self._reply()
        await guest.press("escape")
        await guest.until(lambda: guest.at in ("Library", "Home"))
        if guest.at == "Library":
            await guest.press("escape")
            await guest.to("Home")
        self.practices += 1

    async def at_home(self) -> None:
        """Until everything that a practice set going has come to its end."""
        await self._guest.settled()
        await self._guest.until(
            lambda: not any(one.name in PASSING for one in set(threading.enumerate()) - self._strangers)
        )

    async def _reply(self) -> None:
        guest = self._guest
        if self._chance.random() < 0.1:
            await self._type()
        else:
            await self._speak()
        await guest.until(lambda: guest.at == "Feedback" or self._at_rest())
        if guest.at != "Feedback":  # nothing was heard: the recogniser of the tests knows few words
            return
        self.replies += 1
        if self._chance.random() < 0.1:
            await guest.press("r")
            await guest.to("Practice")
            return
        await guest.press("enter")
        await guest.until(lambda: guest.at in ("Practice", "Scorecard"))

    async def _type(self) -> None:
        guest = self._guest
        await guest.until(self._at_rest)
        await guest.press("t")
        await guest.to("Typing")
        guest.app.screen.query_one(TextArea).text = TYPED
        await guest.press("enter")

    async def _speak(self) -> None:
        await self._begin_speaking()
        samples = sound_of(self._chance.choice(CLIPS))
        before = self._recorder.seconds if self._recorder else 0.0
        self._microphone.say(samples)
        await self._guest.until(lambda: self._said() >= before + len(samples) / RATE - 0.01)
        await self._guest.press("space")

    async def _begin_speaking(self) -> None:
        guest = self._guest
        await guest.until(self._at_rest)
        await guest.press("space")
        await guest.shows("Space ends your reply")

    def _at_rest(self) -> bool:
        return self._guest.app.screen.check_action("speak", ()) is True

    def _said(self) -> float:
        return self._recorder.seconds if self._recorder else 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds: memory in MB, threads by name, open files, and files that nothing needs."""

    memory: float
    threads: Counter[str]
    descriptors: int
    strays: tuple[str, ...]


def held(root: Path) -> Held:
    """As it is now."""
    gc.collect()
    return Held(
        memory=_memory(),
        threads=Counter(thread.name for thread in threading.enumerate()),
        descriptors=len(os.listdir(DESCRIPTORS)) if DESCRIPTORS.is_dir() else 0,  # noqa: PTH208
        strays=tuple(sorted(strays(root))),
    )


DESCRIPTORS = Path("/proc/self/fd")


def _memory() -> float:
    """What is resident now, where the system tells; else the most there was."""
    statm = Path("/proc/self/statm")
    if statm.is_file():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def strays(root: Path) -> Iterator[str]:
    """Files in the profile and in the folder for temporary ones that should be gone."""
    for file in root.rglob("*"):
        kept = file.suffix in KEPT or file.is_relative_to(root / "data" / "scripts")
        if file.is_file() and (not kept or file.is_relative_to(Path(tempfile.gettempdir()))):
            yield str(file.relative_to(root))
