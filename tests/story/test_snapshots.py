"""The main screens as texts, compared word by word: six lived weeks, an hour before the session.

Where a screen is meant to look otherwise now: `RENEW=1 python -m pytest tests/story/test_snapshots.py`,
then read the difference before you commit it.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coaching.six_weeks import NOW, lived
from tests.story.words import SIZE, Watched, World, utc

__all__ = ["utc"]

SHOTS = Path(__file__).parent / "snapshots"
ROWS = SIZE[1]


def screen_of(guest: Watched) -> str:
    """What is on the screen, cell by cell, without the blanks at the ends of its lines."""
    lines = guest.app.screen._compositor.render_strips()
    return "\n".join(line.text.rstrip() for line in lines) + "\n"


def looks_as_before(guest: Watched, name: str) -> None:
    """Compares a screen with its snapshot, or renews that."""
    file, now = SHOTS / f"{name}.txt", screen_of(guest)
    assert now.count("\n") == ROWS
    if os.environ.get("RENEW"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(now, encoding="utf-8", newline="\n")
    assert now == file.read_text(encoding="utf-8"), f"{name} looks otherwise:\n{now}"


@pytest.fixture
def world(tmp_path: Path, utc: None) -> Iterator[World]:
    """Ana's six weeks with Mara, in a store of their own."""
    world = World(tmp_path)
    lived(world.paths.database, world.paths.takes).store.close()
    world.at = NOW
    yield world


async def test_what_the_rep_sees(world: World) -> None:
    async with world.ana() as ana:
        await ana.shows("session today")
        looks_as_before(ana, "home")
        await ana.press("h", "enter")
        await ana.to("Scorecard")
        looks_as_before(ana, "scorecard")


async def test_what_the_manager_sees(world: World) -> None:
    async with world.mara() as mara:
        await mara.shows("Ana Ruiz")
        looks_as_before(mara, "team")
        await mara.press("enter")
        await mara.shows("Price objection")
        looks_as_before(mara, "rep")
        await mara.press("b")
        await mara.shows("What got better")
        looks_as_before(mara, "brief")
