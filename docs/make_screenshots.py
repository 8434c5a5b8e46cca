"""The README's pictures, made from the running app with a made-up team.

    python docs/make_screenshots.py [--size 80x24] [--theme rep-dark] [--to docs/pictures]

What is shown goes through the real session, scorer and store, in a folder of its own that is removed
afterwards; only the microphone is left out. Needs rsvg-convert (Debian: librsvg2-bin) for PNG.
"""

import argparse
import asyncio
import re
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from math import sin
from pathlib import Path

import numpy as np
from textual.pilot import Pilot

sys.path.insert(0, str(Path(__file__).parent.parent))

from docs.made_up_week import NOW as BEFORE_THE_SESSION
from docs.made_up_week import a_week  # found from the repository's root, as all below
from models.choose import Choice
from scenarios.loader import load
from scenarios.schema import Turn
from scoring.transcript import Transcript, Word
from trainer.app.app import TrainerApp
from trainer.app.services import Services, real
from trainer.audio.takes import KeptTake, TakeWriter
from trainer.config import Config, Role
from trainer.paths import Paths
from trainer.practice import consent
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Kind, Person, Take

NOW = datetime(2026, 11, 13, 8, 30, tzinfo=UTC)
WORDS_A_SECOND = 2.6
"""About 156 words a minute, a calm speaker."""
CELL = 12.2
"""Units of an SVG for a column."""
ADVANCE = 0.602
"""Columns of DejaVu Sans Mono, and of most such fonts, for one of font size."""

ATTEMPTS: tuple[tuple[int, Kind, str], ...] = (
    (12, "warm-up", "----"),
    (10, "assessed", "-+--"),
    (6, "assessed", "+-+-"),
    (2, "assessed", "++-+"),
)
"""What Ana practised: days ago, kind, and turn by turn a good reply (+) or a poor one (-)."""

REPLY = (
    "Five thousand is a lot of money, I'd stop at that too. With us the, um, the set-up and the training "
    "are in the price, and a cheese maker with four machines went from nine lost batches a year to three."
)
"""A reply that does some of what it should."""


class Speaking:
    """A microphone with somebody in front of it."""

    overflows, ended_by, nothing_arrives = 0, None, False

    def __init__(self) -> None:
        self._looks = 0

    @property
    def level(self) -> float:
        """Louder and quieter, as speech is."""
        self._looks += 1
        syllable = abs(sin(self._looks / 1.9))
        pause = sin(self._looks / 9.0) < -0.75
        return -52.0 if pause else -40 + 24 * syllable

    @property
    def seconds(self) -> float:
        """A twentieth of a second a look."""
        return self._looks / 20

    def listen(self) -> None:
        """Nothing to open."""

    def let_go(self) -> None:
        """Nothing to close."""

    def start(self, *, on_block: object, preroll: bool) -> None:
        """Nothing is heard."""

    def stop(self) -> KeptTake:
        """Never asked for here."""
        raise NotImplementedError


def recognised(text: str) -> Transcript:
    """A text as if it had been heard."""
    at, words = 0.4, []
    for number, word in enumerate(text.split()):
        length = (0.5 + len(word) / 8) / WORDS_A_SECOND
        words.append(Word(word, at, at + length, 0.42 if number % 23 == 17 else 0.93))
        at += length + (0.3 if word[-1] in ",.?" else 0.02)
    return Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=at + 0.5)


def reply_to(turn: Turn, *, good: bool, which: int = 0) -> Transcript:
    """One of the turn's own examples."""
    examples = turn.exemplars if good else turn.counter_examples
    return recognised(examples[which % len(examples)])


def silent_take(session: Session, seconds: float) -> Take:
    """A recording of the right length, for there to be one."""
    writer = TakeWriter(session.takes_folder / session.attempt.id, new_id())
    writer.write(np.zeros(round(seconds * 16_000), np.int16))
    return session.keep(writer.finish())


def practise(
    store: Store, paths: Paths, rep: Person, scenario: str, when: datetime, kind: Kind, how: str
) -> None:
    """One attempt from its first turn to its end."""
    session = Session.start(store, load(scenario), "A", rep, kind, takes_folder=paths.takes, now=Clock(when))
    for which, good in enumerate(chain(how, how[-1] * 9)):
        said = reply_to(session.turn, good=good == "+", which=which)
        session.judge(said, silent_take(session, said.seconds))
        if session.go_on() is None:
            return


def fill(paths: Paths) -> None:
    """A rep two weeks into it, of whom a practice is asked for."""
    with Store.open(paths.database, now=lambda: NOW) as store:
        manager, ana = store.add_person("Mara Voss", "manager"), store.add_person("Ana Ruiz", "rep")
        for days, kind, how in ATTEMPTS:
            practise(store, paths, ana, "price-20-percent", NOW - timedelta(days=days), kind, how)
        due = (NOW + timedelta(days=1)).date()
        store.assign(
            ana.id, "price-20-percent", skill="price-objection", target=80, due=due, manager_id=manager.id
        )


class Clock:
    """Every look at it is half a minute later."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        """The time."""
        self.at += timedelta(seconds=30)
        return self.at


class Camera:
    """Opens the app as somebody and takes pictures of it."""

    def __init__(self, paths: Paths, now: datetime, size: tuple[int, int], theme: str, to: Path) -> None:
        self.paths, self.now, self.size, self.theme, self.to = paths, now, size, theme, to

    @asynccontextmanager
    async def app(self, name: str, role: Role) -> AsyncIterator[Pilot[None]]:
        """The running app; a rep has agreed to be recorded."""
        with Store.open(self.paths.database) as store:
            if (person := store.person(name)) and role == "rep":
                consent.answer(store, person, Config().keep_days, agreed=True)
        config = Config(name=name, role=role, theme=self.theme, speak=False)
        parts: Services = replace(
            real(self.paths, config),
            choice=lambda _: Choice("faster-whisper", "base.en", rough=False, note=""),
            microphone=lambda *_: Speaking(),
            now=lambda: self.now,
            warm_up=lambda: None,
        )
        async with TrainerApp(parts).run_test(size=self.size) as pilot:
            await self.settled(pilot)
            yield pilot

    async def settled(self, pilot: Pilot[None]) -> None:
        """What the screen loads is there."""
        if loading := [worker for worker in pilot.app.workers if worker.group == "load"]:
            await pilot.app.workers.wait_for_complete(loading)
        await pilot.pause()

    async def press(self, pilot: Pilot[None], *keys: str) -> None:
        """Keys, and what they lead to."""
        await pilot.press(*keys)
        await self.settled(pilot)

    async def scrolled_to(self, pilot: Pilot[None], title: str) -> None:
        """Scrolls a page down until a title is its first line."""
        for _ in range(100):
            page = pilot.app.screen._compositor.render_strips()
            if any(title in line.text for line in page[:4]):
                return
            await self.press(pilot, "down")

    async def finished(self, pilot: Pilot[None], group: str) -> None:
        """Waits for what a group of workers does."""
        await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.group == group])
        await pilot.pause()

    async def until(self, pilot: Pilot[None], screen: str) -> None:
        """Waits for a screen by its class's name."""
        while type(pilot.app.screen).__name__ != screen:
            await pilot.pause(0.05)
        await self.settled(pilot)

    def take(self, pilot: Pilot[None], name: str) -> None:
        """One picture."""
        self.to.mkdir(parents=True, exist_ok=True)
        drawing = self.to / f"{name}.svg"
        drawing.write_text(for_any_renderer(pilot.app.export_screenshot()), encoding="utf-8")
        subprocess.run(["rsvg-convert", str(drawing), "-o", str(drawing.with_suffix(".png"))], check=True)
        drawing.unlink()


def for_any_renderer(svg: str) -> str:
    """An SVG that needs neither the font Textual asks for nor the blanks that some renderers drop."""

    def moved(found: re.Match[str]) -> str:
        x, y, length, rest, blanks = found.groups()
        by = CELL * (len(blanks) // len("&#160;"))
        return f'x="{float(x) + by:.1f}" y="{y}" textLength="{max(0.0, float(length) - by):.1f}"{rest}>'

    svg = svg.replace("font-size: 20px", f"font-size: {CELL / ADVANCE:.3f}px")
    return re.sub(r'x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"([^>]*)>((?:&#160;)+)', moved, svg)


async def as_rep(camera: Camera) -> None:
    """Home, a brief, a practice under way, its feedback; an older scorecard."""
    async with camera.app("Ana Ruiz", "rep") as pilot:
        camera.take(pilot, "home")
        await camera.press(pilot, "enter")
        camera.take(pilot, "brief")
        await camera.press(pilot, "enter")
        await camera.until(pilot, "Practice")
        await camera.press(pilot, "space")
        await pilot.pause(4)
        camera.take(pilot, "practice")
        session = pilot.app.screen.session  # type: ignore[attr-defined]
        await camera.press(pilot, "h")
    async with camera.app("Ana Ruiz", "rep") as pilot:
        await feedback(camera, pilot, session)
        camera.take(pilot, "feedback")
    async with camera.app("Ana Ruiz", "rep") as pilot:
        await camera.press(pilot, "h", "down")
        await camera.press(pilot, "enter")
        camera.take(pilot, "scorecard")


async def feedback(camera: Camera, pilot: Pilot[None], session: Session) -> None:
    """The first reply of a practice, judged by the rep and then by us."""
    from trainer.app.exchange import now_in  # noqa: PLC0415
    from trainer.app.screens.feedback import Feedback  # noqa: PLC0415

    said = recognised(REPLY)
    session.judge(said, silent_take(session, said.seconds))
    shown = Feedback(session, now_in(session))
    pilot.app.push_screen(shown)
    await camera.settled(pilot)
    await camera.press(pilot, *("y" if number != 1 else "n" for number in range(len(shown.asked))))


async def as_manager(camera: Camera) -> None:
    """A week: the team, a rep, a sign-off, the brief before a session."""
    async with camera.app("Mara Voss", "manager") as pilot:
        camera.take(pilot, "team")
        await camera.press(pilot, "s")
        await camera.finished(pilot, "recompute")
        camera.take(pilot, "sign-off")
    async with camera.app("Mara Voss", "manager") as pilot:
        await camera.press(pilot, "slash", *"ana", "enter", "enter")
        await camera.until(pilot, "RepPage")
        camera.take(pilot, "rep")
        await camera.press(pilot, "b")
        await camera.scrolled_to(pilot, "The one thing that holds back")
        camera.take(pilot, "session-brief")


async def all_pictures(size: tuple[int, int], theme: str, to: Path) -> None:
    """Every picture into `to`."""
    with tempfile.TemporaryDirectory() as folder:
        ours, week = (_paths(Path(folder) / name) for name in ("rep", "week"))
        fill(ours)
        await as_rep(Camera(ours, NOW, size, theme, to))
        with a_week(week).store:
            await as_manager(Camera(week, BEFORE_THE_SESSION, size, theme, to))


def _paths(root: Path) -> Paths:
    return Paths(root / "config", root / "data", root / "cache")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="80x24")
    parser.add_argument("--theme", default="rep-dark")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "pictures")
    given = parser.parse_args(arguments)
    width, height = map(int, given.size.split("x"))
    asyncio.run(all_pictures((width, height), given.theme, given.to))


if __name__ == "__main__":
    main()
