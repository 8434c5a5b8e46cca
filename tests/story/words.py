"""What the story is told with: the two people, their clock, and what each of them does at the keys."""

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scenarios.schema import Turn
from scoring.rubric import Rubric
from scoring.score import TurnContext, score
from tests.app.conftest import Guest, House
from tests.coaching.six_weeks import heard
from trainer.app.screens.feedback import Feedback
from trainer.app.screens.practice import Practice
from trainer.app.services import Services
from trainer.app.widgets.rows import Rows
from trainer.config import Config
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.coaching.ledger import Entry

SIZE = (80, 24)
TALL = (80, 50)
"""For a page that is read to its end."""


class Watched(Guest):
    """Somebody at the keys, of whom is kept all that they were shown."""

    def __init__(self, guest: Guest, shown: list[str]) -> None:
        super().__init__(guest.pilot, guest.app)
        self.shown = shown

    async def settled(self) -> None:
        await super().settled()
        self.shown.append(self.reads)

    def reads_all(self, *texts: str) -> None:
        """All of it is on the screen."""
        for text in texts:
            assert text in self.reads, f"{text!r} is not there:\n{self.sees}"

    def reads_none(self, *texts: str) -> None:
        """Nothing of it is on the screen."""
        for text in texts:
            assert text not in self.reads, f"{text!r} is there:\n{self.sees}"

    async def choose(self, text: str) -> None:
        """Opens the row that says so."""
        rows = self.app.screen.query_one(Rows)
        top = rows.region.y
        lines = self.sees.splitlines()
        found = [at for at, one in enumerate(lines) if text in one and at >= top]
        assert found, f"no row says {text!r}:\n{self.sees}"
        (line, *_) = found
        await self.pilot.click(rows, offset=(4, line - top))
        await self.settled()

    async def answer(self, text: str) -> None:
        """Types a line and sends it off."""
        await self.type(text)
        await self.press("enter")


class World(House):
    """One store, two people, a clock that is set; everything else as in the app."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.manager_was_shown: list[str] = []
        self.rep_was_shown: list[str] = []

    def services(self, config: Config) -> Services:
        return replace(super().services(config), store=self.opened)

    def opened(self) -> Store:
        """The store, dated by our clock."""
        return Store.open(self.paths.database, now=self.now)

    def it_is(self, day: str, clock: str = "09:00") -> None:
        """Sets the clock: it_is("2025-10-06", "14:00")."""
        self.at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=UTC)

    @asynccontextmanager
    async def ana(self, size: tuple[int, int] = SIZE) -> AsyncIterator[Watched]:
        """The rep opens the app."""
        async with self.rep(size=size, agreed=False, mark_self=True, speak=False) as guest:
            yield Watched(guest, self.rep_was_shown)

    @asynccontextmanager
    async def mara(self, size: tuple[int, int] = SIZE) -> AsyncIterator[Watched]:
        """The manager opens the app."""
        async with self.manager(size=size) as guest:
            watched = Watched(guest, self.manager_was_shown)
            await watched.settled()
            yield watched

    def ledger(self) -> list[Entry]:
        """Ana's, as it is on disk."""
        with self.store as store:
            ana = store.person("Ana Ruiz")
            assert ana is not None
            return list(store.ledger.of_rep(ana.id))


# What is said


def best(turn: Turn, rubric: Rubric) -> str:
    """Of the turn's examples the one that the scorer gives most for."""
    return max(turn.exemplars, key=lambda text: worth(text, turn, rubric))


def worst(turn: Turn, rubric: Rubric) -> str:
    """Of its counter-examples the one that the scorer gives least for."""
    return min(turn.counter_examples, key=lambda text: worth(text, turn, rubric))


def worth(text: str, turn: Turn, rubric: Rubric) -> int:
    """The score of a reply, worked out once."""
    if (found := WORTH.get((turn.says, text))) is None:
        context = TurnContext(id=turn.id, prompt=turn.says, criteria=turn.criteria)
        found = WORTH[turn.says, text] = score(heard(text), context, rubric, scenario_hash="").score or 0
    return found


WORTH: dict[tuple[str, str], int] = {}
"""By the prospect's line and the reply."""


# What a rep does


async def speak(ana: Watched, world: World, text: str) -> None:
    """One reply, out loud."""
    world.recogniser.texts.append(text)
    await ana.press("space")
    await ana.shows("Space ends your reply")
    await ana.press("space")


async def reply(ana: Watched, world: World, say: Callable[[Turn, Rubric], str]) -> None:
    """One turn up to its feedback, where the rep marks themself first."""
    practice = ana.app.screen
    assert isinstance(practice, Practice)
    await speak(ana, world, say(practice.session.turn, practice.session.rubric))
    await ana.to("Feedback")


async def mark_all_as_met(ana: Watched) -> None:
    """A yes to each criterion."""
    feedback = ana.app.screen
    assert isinstance(feedback, Feedback)
    while feedback.marking:
        await ana.press("y")


async def talk_through(ana: Watched, world: World, say: Callable[[Turn, Rubric], str]) -> Session:
    """From the brief to the scorecard."""
    assert ana.at == "Brief"
    await ana.press("enter")
    return await talk_on(ana, world, say)


async def talk_on(ana: Watched, world: World, say: Callable[[Turn, Rubric], str]) -> Session:
    """From the turn that it is to the scorecard."""
    await ana.to("Practice")
    practice = ana.app.screen
    assert isinstance(practice, Practice)
    while ana.at == "Practice":
        await reply(ana, world, say)
        await mark_all_as_met(ana)
        await ana.press("enter")
        await ana.until(lambda: ana.at in ("Practice", "Scorecard"))
    return practice.session


# Whatever the machine


@pytest.fixture
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Days and hours are those of one zone, wherever this runs."""
    monkeypatch.setenv("TZ", "UTC")
    _read_zone()
    yield
    monkeypatch.undo()
    _read_zone()


def _read_zone() -> None:
    if hasattr(time, "tzset"):  # Windows has none, and machines that test there are in UTC
        time.tzset()
