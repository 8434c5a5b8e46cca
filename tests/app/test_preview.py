"""A scenario walked by its author on the screen: nothing but keys, and nothing kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from scenarios.loader import load
from scenarios.walking import Walk
from scoring.rubrics_library import load_rubric
from tests.app.conftest import Guest, House
from tests.scenarios.small import small
from trainer.__main__ import main
from trainer.app.app import TrainerApp
from trainer.app.screens.preview import Preview
from trainer.config import Config
from trainer.practice.meaning import embedder


@asynccontextmanager
async def previewing(house: House, named: str = "price-20-percent") -> AsyncIterator[Guest]:
    scenario = load(named)
    rubric = load_rubric(scenario.rubric)
    walks = {form: Walk(scenario, form, rubric, embedder()) for form in scenario.forms}
    app = TrainerApp(house.services(Config()), lambda: Preview(walks, "A", named))
    async with app.run_test(size=(80, 24)) as pilot:
        guest = Guest(pilot, app)
        await guest.settled()
        yield guest


async def test_it_begins_with_the_line_what_is_judged_and_the_branches(house: House) -> None:
    async with previewing(house) as guest:
        assert "Marta Lindqvist, operations director" in guest.reads
        assert "· Find out what lies under the price" in guest.reads
        assert "1 made clarifies_root_cause, missed interrupts_or_argues → opened" in guest.reads
        assert "0 of 10 ways walked" in guest.reads
        assert "nothing is kept" in guest.reads


async def test_a_typed_reply_is_scored_while_it_is_typed(house: House) -> None:
    async with previewing(house) as guest:
        await guest.press("t")
        await guest.type("What are you comparing us with?")
        await guest.shows("✓ Find out what lies under the price")
        assert "▸ 1 made clarifies_root_cause" in guest.reads
        assert "63 of 100" in guest.reads
        await guest.press("enter")
        assert "▸ 1" in guest.reads
        await guest.press("enter")
        assert "the board sees one number" in guest.reads


async def test_escape_leaves_the_reply_and_not_the_screen(house: House) -> None:
    async with previewing(house) as guest:
        await guest.press("t")
        await guest.type("me")
        await guest.press("escape")
        assert guest.at == "Preview"
        await guest.press("e")
        assert "twenty percent is a real gap" in guest.reads


async def test_examples_fill_in_a_hand_chooses_and_back_goes_back(house: House) -> None:
    async with previewing(house) as guest:
        await guest.press("e")
        assert "100 of 100" in guest.reads
        await guest.press("2")
        assert "they all tell me" in guest.reads
        await guest.press("b")
        assert "twenty percent is a real gap" in guest.reads
        assert "→ pressed ✓" in guest.reads


async def test_the_ways_that_were_walked_are_marked(house: House) -> None:
    async with previewing(house) as guest:
        await guest.press("e", "enter", "e", "enter", "e", "enter")
        assert "Good. Do that, and put Jonas in copy." in guest.reads
        assert "1 of 10 ways walked" in guest.reads
        await guest.press("m")
        assert "✓ objection 1 → opened 1 → convinced 1 → end" in guest.reads
        assert "· objection 1 → opened 1 → convinced 2 → end" in guest.reads
        await guest.press("r", "m", "f")
        assert "Duncan Obi" in guest.reads
        assert isinstance(guest.app.screen, Preview)
        assert guest.app.screen.goodbye().startswith("1 of ")
        assert "scenarios check price-20-percent" in guest.app.screen.goodbye()
        await guest.press("escape")
    with house.store as store:
        assert store.people() == []


async def test_a_turn_without_examples_says_so(house: House, tmp_path: Path) -> None:
    async with previewing(house, str(small(tmp_path))) as guest:
        await guest.press("e")
        assert "None is written for this turn yet." in guest.reads


def test_a_form_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenarios", "preview", "price-20-percent", "--form", "Q"]) == 2
    assert "--form Q: price-20-percent has the forms A, B" in capsys.readouterr().err


def test_without_a_terminal_it_does_not_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scenarios", "preview", "price-20-percent"]) == 2
    assert "The app needs a terminal" in capsys.readouterr().err
