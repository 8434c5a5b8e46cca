import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.app.conftest import Guest, House
from trainer.app.app import TrainerApp
from trainer.app.screens.label import Label
from trainer.config import Config
from trainer.practice.labelling import Asked, Item, Labelling, of_moves

CRITERIA = (
    Asked("acknowledge", "Show that you heard their point", "not okay alone"),
    Asked("check", "Ask whether it settles it", "not whether it was understood"),
)
LONG = "A long reply that goes on and on about many things. " * 30


def items(*texts: str, asked: tuple[Asked, ...] = CRITERIA) -> list[Item]:
    return [Item(f"r{at}", text, "Why so dear?", asked) for at, text in enumerate(texts)]


@asynccontextmanager
async def labelling(house: House, to: Path, given: list[Item]) -> AsyncIterator[Guest]:
    config = Config(name="Mara Voss", role="manager")
    app = TrainerApp(house.services(config), lambda: Label(Labelling(given, to)))
    async with app.run_test(size=(80, 24)) as pilot:
        guest = Guest(pilot, app)
        await guest.settled()
        yield guest


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "labels.jsonl"


def lines(to: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in to.read_text(encoding="utf-8").splitlines()]


async def test_two_keys_and_enter_label_a_reply(house: House, to: Path) -> None:
    async with labelling(house, to, items("It is a real gap.", "Fine.")) as guest:
        assert "1 of 2" in guest.reads
        assert "“Why so dear?”" in guest.reads
        await guest.press("y", "n")
        assert "1 ✓ Show that you heard their point" in guest.reads
        assert "2 ✗ Ask whether it settles it" in guest.reads
        await guest.press("enter")
        assert "2 of 2" in guest.reads
        assert "Fine." in guest.reads
        assert lines(to)[0]["labels"] == ["acknowledge"]
        assert lines(to)[0]["of"] == ["acknowledge", "check"]


async def test_nothing_goes_on_before_everything_is_answered(house: House, to: Path) -> None:
    async with labelling(house, to, items("It is a real gap.")) as guest:
        await guest.press("y", "enter")
        assert "1 not answered yet" in guest.reads
        assert not to.exists()
        await guest.press("s", "enter")
        assert lines(to)[0]["of"] == ["acknowledge"]


async def test_a_number_walks_its_question_through_the_answers(house: House, to: Path) -> None:
    async with labelling(house, to, items("It is a real gap.")) as guest:
        for sign in "✓✗?✓":
            await guest.press("2")
            assert f"▸ 2 {sign} Ask whether it settles it" in guest.reads
        await guest.press("9")
        assert "▸ 2 ✓" in guest.reads


async def test_the_rest_can_be_no_at_once(house: House, to: Path) -> None:
    async with labelling(house, to, items("It is a real gap.", asked=of_moves())) as guest:
        await guest.press("5", "r", "enter")
    assert lines(to)[0]["labels"] == ["gives_evidence"]
    assert len(lines(to)[0]["of"]) == 14


async def test_one_key_says_how_good_the_reply_is_as_a_whole(house: House, to: Path) -> None:
    async with labelling(house, to, items("One.", "Two.", "Three.")) as guest:
        assert "a excellent b strong c solid d weak e poor f harmful" in guest.reads
        await guest.press("y", "n", "b")
        assert "▸b strong" in guest.reads
        await guest.press("enter")
        assert "▸b" not in guest.reads
        await guest.press("c", "c", "r", "enter", "f", "r", "enter")
    assert [line.get("quality") for line in lines(to)] == [82, None, 8]


async def test_undo_shows_the_mark_that_was_given(house: House, to: Path) -> None:
    async with labelling(house, to, items("One.", "Two.")) as guest:
        await guest.press("r", "d", "enter", "u")
        assert "▸d weak" in guest.reads
        await guest.press("a", "enter")
    assert [line["quality"] for line in lines(to)] == [46, 95]


async def test_twenty_replies_take_five_minutes_with_time_to_read_them(house: House, to: Path) -> None:
    """A key a question, one for the whole and one to go on: 80 keys. At a second each, 11 seconds a reply
    are left to read it in: 44 words at 240 a minute."""
    given = [Item(f"r{at}", "It is a real gap.", "Why?", CRITERIA) for at in range(20)]
    keys = 0
    async with labelling(house, to, given) as guest:
        for _ in given:
            for key in ("y", "n", "c", "enter"):
                await guest.press(key)
                keys += 1
    assert keys == 80
    assert [line["quality"] for line in lines(to)] == [65] * 20


async def test_undo_goes_back_and_the_later_line_counts(house: House, to: Path) -> None:
    async with labelling(house, to, items("One.", "Two.")) as guest:
        await guest.press("y", "y", "enter", "u")
        assert "1 of 2" in guest.reads
        assert "1 ✓" in guest.reads
        await guest.press("1", "enter")
    assert [line["labels"] for line in lines(to)] == [["acknowledge", "check"], ["check"]]


async def test_the_arrows_point_at_questions_and_page_down_reads_on(house: House, to: Path) -> None:
    async with labelling(house, to, items(LONG + "The end.")) as guest:
        await guest.press("down")
        assert "▸ 2" in guest.reads
        assert "not whether it was understood" in guest.reads
        await guest.press("down")
        assert "▸ 1" in guest.reads
        assert "The end." not in guest.reads
        await guest.press("pagedown", "pagedown", "pagedown")
        assert "The end." in guest.reads


async def test_leaving_says_what_is_kept(house: House, to: Path) -> None:
    async with labelling(house, to, items("One.", "Two.")) as guest:
        await guest.press("r", "enter", "escape")
        assert guest.app.screen.goodbye() == f"1 of 2 replies are labelled in {to}; the same command goes on."  # type: ignore[attr-defined]
        assert not guest.app.is_running or guest.app._exit


async def test_at_the_end_calibrate_is_named(house: House, to: Path) -> None:
    async with labelling(house, to, items("One.")) as guest:
        await guest.press("r", "enter")
        assert "1 labelled. Enter leaves" in guest.reads
        assert f"`trainer calibrate {to}`" in guest.app.screen.goodbye()  # type: ignore[attr-defined]
        await guest.press("u")
        assert "1 of 1" in guest.reads
        assert "One." in guest.reads


async def test_a_file_that_cannot_be_written_is_said_and_nothing_skipped(
    house: House, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    async with labelling(house, tmp_path / "file" / "l.jsonl", items("One.", "Two.")) as guest:
        await guest.press("r", "enter")
        assert "name another file with --to" in guest.reads
        assert "1 of 2" in guest.reads


async def test_neither_names_nor_verdicts_are_shown(house: House, to: Path) -> None:
    async with labelling(house, to, items("It is a real gap.")) as guest:
        assert "Ana" not in guest.reads
        assert "100" not in guest.reads
        assert "✓" not in guest.reads
