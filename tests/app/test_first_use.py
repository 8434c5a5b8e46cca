from tests.app.conftest import House
from trainer import config


async def test_first_use_asks_for_a_name_and_a_role_and_nothing_else(house: House) -> None:
    async with house.app() as guest:
        assert guest.at == "Welcome"
        await guest.type("Ana Ruiz")
        await guest.press("enter", "enter")
        await guest.to("Home")
        assert "Ana Ruiz" in guest.reads
    saved = config.load(house.paths.settings)
    assert (saved.name, saved.role) == ("Ana Ruiz", "rep")
    with house.store as store:
        assert [one.name for one in store.people("rep")] == ["Ana Ruiz"]


async def test_a_manager_comes_to_the_team(house: House) -> None:
    async with house.app() as guest:
        await guest.type("Mara")
        await guest.press("enter", "down", "enter")
        await guest.to("Team")
        assert "Nobody practises here yet" in guest.reads


async def test_no_name_is_no_answer(house: House) -> None:
    async with house.app() as guest:
        await guest.press("enter")
        assert "Your name first" in guest.reads
        await guest.press("tab", "enter")
        assert guest.at == "Welcome"


async def test_who_is_known_is_not_asked_again(house: House) -> None:
    async with house.rep() as guest:
        assert guest.at == "Home"


async def test_the_rough_recogniser_is_named_with_the_command_for_the_real_one(house: House) -> None:
    note = "Rough recogniser: good for trying the app. For the real one: trainer models fetch base.en"
    house.choice = type(house.choice)("pocketsphinx", "en-us", rough=True, note=note)
    async with house.rep() as guest:
        assert note in guest.reads


async def test_a_broken_database_is_one_line_and_no_dead_end(house: House) -> None:
    house.paths.data.mkdir(parents=True)
    house.paths.database.write_text("not a database at all, but long enough to be looked at" * 40)
    async with house.rep() as guest:
        await guest.shows("not a database")
        await guest.press("l")
        assert guest.at == "Library"
        await guest.press("escape")
        assert guest.at == "Home"
