"""Typed words that the disk has no room for are never called kept."""

import errno
from pathlib import Path

import pytest

from tests.app.conftest import Guest, House
from tests.app.test_practice import begin
from trainer.practice.session import Session
from trainer.store import StoreError

WORDS = "What do you compare us with?"


@pytest.fixture
def full(house: House, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No room, neither in the database nor beside it; `undo` makes room."""

    def refuse(*_: object, **__: object) -> None:
        raise StoreError(f"{house.paths.database}: the disk is full; make room and try again.")

    def no_room(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Session, "judge", refuse)
    monkeypatch.setattr(Path, "write_text", no_room)
    return monkeypatch


async def type_words(guest: Guest) -> None:
    await begin(guest)
    await guest.press("t")
    await guest.type(WORDS)
    await guest.press("enter")
    await guest.shows("the disk is full")


@pytest.mark.usefixtures("full")
async def test_leaving_says_first_that_they_are_lost(house: House) -> None:
    async with house.rep() as guest:
        await type_words(guest)
        assert "only on this screen until there is room" in guest.reads
        assert "kept" not in guest.reads
        await guest.press("escape")
        assert guest.at == "Practice"
        assert "leave again, and they are lost" in guest.reads
        await guest.press("escape")
        assert guest.at == "Library"


@pytest.mark.usefixtures("full")
async def test_going_elsewhere_says_it_too(house: House) -> None:
    async with house.rep() as guest:
        await type_words(guest)
        await guest.app.go("settings")
        await guest.settled()
        assert guest.at == "Practice"
        await guest.app.go("settings")
        await guest.settled()
        assert guest.at == "Settings"


@pytest.mark.usefixtures("full")
async def test_the_last_line_of_the_app_gives_them_back(house: House) -> None:
    async with house.rep() as guest:
        await type_words(guest)
        said = await guest.app.screen.wind_up()  # type: ignore[attr-defined]
        assert said.startswith("Lost")
        assert WORDS in said
        assert "Kept" not in said


async def test_enter_scores_them_once_there_is_room(house: House, full: pytest.MonkeyPatch) -> None:
    async with house.rep() as guest:
        await type_words(guest)
        full.undo()
        await guest.press("enter")
        await guest.to("Feedback")
        assert WORDS in guest.reads


async def test_words_that_only_the_database_refuses_are_kept_beside_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StoreError("trainer.db: the disk is full; make room.")

    monkeypatch.setattr(Session, "judge", refuse)
    async with house.rep() as guest:
        await type_words(guest)
        assert "Your words are kept" in guest.reads
        await guest.press("escape")
        assert guest.at == "Library"
    monkeypatch.undo()
    async with house.rep() as guest:
        await guest.press("enter")
        await guest.to("Practice")
        await guest.press("t")
        await guest.shows(WORDS)
