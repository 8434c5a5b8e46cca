"""The app with real session, scorer and store in a folder of its own, and fake devices."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from models.choose import Choice
from tests.app.fakes import FakeMicrophone, FakeRecogniser, FakeSpeaker
from trainer.app.app import TrainerApp
from trainer.app.services import Services, real
from trainer.app.widgets.rows import Rows
from trainer.config import Config, Role
from trainer.paths import Paths
from trainer.practice import consent
from trainer.store import Store, StoreError

NOW = datetime(2026, 11, 13, 12, tzinfo=UTC)
PATIENCE = 60.0
"""Seconds until a test gives a condition up."""


class House:
    """Everything around one app: what it was given, and what came of it."""

    def __init__(self, root: Path) -> None:
        self.paths = Paths(root / "config", root / "data", root / "cache")
        self.recogniser = FakeRecogniser()
        self.speaker = FakeSpeaker()
        self.microphones: list[FakeMicrophone] = []
        self.no_microphone = False
        self.records = 2
        self.spoken: list[str] = []
        self.choice = Choice("faster-whisper", "base.en", rough=False, note="")
        self.at = NOW
        self.team = real(self.paths, Config()).team

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    def microphone(self, _config: Config, folder: Path, take_id: str) -> FakeMicrophone:
        made = FakeMicrophone(folder, take_id, missing=self.no_microphone, records=self.records)
        self.microphones.append(made)
        return made

    def voice(self, text: str, _gender: str) -> Path:
        self.spoken.append(text)
        return Path("line.wav")

    def services(self, config: Config) -> Services:
        return replace(
            real(self.paths, config),
            choice=lambda _config: self.choice,
            recogniser=lambda _config: self.recogniser,
            microphone=self.microphone,
            microphones=lambda: ("Headset", "Webcam"),
            speaker=lambda: self.speaker,
            voice=self.voice,
            warm_up=lambda: None,
            now=self.now,
            team=self.team,
        )

    @asynccontextmanager
    async def app(
        self,
        name: str = "",
        role: Role | None = None,
        size: tuple[int, int] = (80, 24),
        *,
        agreed: bool = True,
        **config: Any,
    ) -> AsyncIterator["Guest"]:
        """The running app of somebody; a rep has agreed to be recorded, and marks no reply of their own."""
        config.setdefault("mark_self", False)
        if agreed and role == "rep":
            with suppress(StoreError), self.store as store:
                if (rep := store.person(name) or store.add_person(name, role)).role == role:
                    consent.answer(store, rep, Config().keep_days, agreed=True)
        app = TrainerApp(self.services(Config(name=name, role=role, **config)))
        async with app.run_test(size=size) as pilot:
            guest = Guest(pilot, app)
            await guest.settled()
            yield guest

    def rep(self, **config: Any) -> "AbstractAsyncContextManager[Guest]":
        """As Ana, a rep."""
        return self.app("Ana Ruiz", "rep", **config)

    def manager(self, **config: Any) -> "AbstractAsyncContextManager[Guest]":
        """As Mara, a manager."""
        return self.app("Mara Voss", "manager", **config)

    @property
    def store(self) -> Store:
        """The store as it is on disk."""
        return Store.open(self.paths.database)


class Guest:
    """Somebody at the keys."""

    def __init__(self, pilot: Pilot[None], app: TrainerApp) -> None:
        self.pilot, self.app = pilot, app

    @property
    def at(self) -> str:
        """The name of the screen."""
        return type(self.app.screen).__name__

    @property
    def sees(self) -> str:
        """What is on the screen, line by line, blanks between words made one."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join(" ".join(line.text.split()) for line in lines)

    @property
    def reads(self) -> str:
        """What is on the screen as one text."""
        return " ".join(self.sees.split())

    async def settled(self) -> None:
        """What screens load is there."""
        await self.pilot.pause()
        if loading := [worker for worker in self.app.workers if worker.group == "load"]:
            await self.app.workers.wait_for_complete(loading)
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Keys, one after the other, each with what it loads."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    def point_at(self, key: str) -> None:
        """Puts the pointer of the list on a row, by the row's id."""
        rows = self.app.screen.query_one(Rows)
        rows.highlighted = rows.get_option_index(key)

    async def type(self, text: str) -> None:
        """Letters."""
        await self.pilot.press(*("space" if letter == " " else letter for letter in text))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Comes back when something that other threads bring about is there."""
        end = self.app._loop.time() + PATIENCE if self.app._loop else PATIENCE
        while not condition():
            assert self.app._loop is None or self.app._loop.time() < end, (
                f"not in time; it shows:\n{self.sees}"
            )
            await self.pilot.pause(0.01)
        await self.settled()

    async def to(self, screen: str) -> None:
        """Waits for a screen."""
        await self.until(lambda: self.at == screen)

    async def shows(self, text: str) -> None:
        """Waits for words on the screen."""
        await self.until(lambda: text in self.reads)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    yield House(tmp_path)
