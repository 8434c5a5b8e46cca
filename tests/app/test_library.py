"""A team's own scenarios on the screens."""

from pathlib import Path

from tests.app.conftest import House
from tests.scenarios.small import SMALL


def put(house: House, name: str, text: str = SMALL) -> Path:
    file = house.paths.scenarios / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


async def test_ones_own_scenario_stands_in_the_library_and_is_practised(house: House) -> None:
    put(house, "small.yaml")
    async with house.rep() as guest:
        await guest.press("l")
        await guest.to("Library")
        guest.point_at("small")
        await guest.settled()
        assert "▸ Too dear own 3 min new" in guest.sees
        await guest.press("enter")
        await guest.shows("You sell brushes to Ada.")
        await guest.press("enter")
        await guest.to("Practice")
        await guest.shows("That is too dear.")


async def test_a_file_that_is_broken_is_named_at_the_end_and_keeps_nothing_from_working(house: House) -> None:
    file = put(house, "broken.yaml", "hello")
    async with house.rep() as guest:
        await guest.press("l")
        await guest.to("Library")
        assert "1 file left out, at the end" in guest.reads
        await guest.press("end")
        assert "broken.yaml:1: neither a scenario" in guest.reads
        await guest.press("enter")
        assert guest.at == "Library"
        assert "mend it or take it out of this folder" in guest.reads
        file.unlink()
        await guest.press("escape", "l")
        await guest.to("Library")
        assert "left out" not in guest.reads


async def test_one_that_is_put_there_meanwhile_is_found(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("l")
        assert "own" not in guest.sees.split()
        put(house, "small.yaml")
        await guest.press("escape", "l", "end")
        assert "▸ Too dear own" in guest.sees


async def test_a_manager_assigns_it_and_the_rep_sees_it(house: House) -> None:
    put(house, "small.yaml")
    with house.store as store:
        ana, mara = store.add_person("Ana Ruiz", "rep"), store.add_person("Mara Voss", "manager")
        store.assign(ana.id, "small", skill="price-objection", manager_id=mara.id)
    async with house.rep() as guest:
        await guest.shows("Too dear")
