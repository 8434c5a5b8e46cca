"""Small pieces, again and again, on the screen; nobody but the rep sees anything of it."""

from scenarios.loader import load
from scoring.transcript import Transcript
from tests.app.conftest import Guest, House
from tests.app.test_practice import ASKS, PUSHES, speak
from trainer.practice.session import Session
from trainer.store.coaching.drills import Drill


async def open_drill(guest: Guest, criterion: str) -> None:
    """The first piece that asks for it."""
    await guest.press("d")
    await guest.to("Drills")
    screen = guest.app.screen
    at = next(number for number, one in enumerate(screen.pieces) if one.criterion == criterion)  # type: ignore[attr-defined]
    guest.point_at(f"piece:{at}")
    await guest.press("enter")
    await guest.to("DrillPage")


async def try_typed(guest: Guest, text: str, result: str) -> None:
    await guest.press("t")
    await guest.to("Typing")
    await guest.type(text)
    await guest.press("enter")
    await guest.to("DrillPage")
    await guest.shows(result)


def drills(house: House) -> list[Drill]:
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana
        return store.drills.of_rep(ana.id)


async def test_a_new_rep_drills_how_the_first_talk_opens(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("d")
        await guest.shows("Nothing missed lately: how the talk opens")
        assert "Find out what lies under the price" in guest.reads
        assert "Marta Lindqvist: “Right, I've got your quote" in guest.reads


async def test_twice_in_a_row_is_done_and_leads_to_the_whole_talk(house: House) -> None:
    async with house.rep() as guest:
        await open_drill(guest, "root-cause")
        assert "0 of 2 in a row · private" in guest.reads
        await try_typed(guest, PUSHES, "✗ not yet")
        assert "ask what they compared you with" in guest.reads
        assert "the whole talk" not in guest.reads
        await try_typed(guest, ASKS, "1 of 2 in a row")
        assert "✓ done “Before I answer, what are you comparing us with" in guest.reads
        await try_typed(guest, ASKS, "2 of 2 in a row")
        assert "Twice in a row: done." in guest.reads
        await guest.press("enter")
        await guest.to("Brief")
    (drill,) = drills(house)
    assert (drill.place.scenario, drill.criterion) == ("price-20-percent", "root-cause")
    assert [one.met for one in drill.tries] == [False, True, True]


async def test_a_drill_is_spoken_and_its_recording_is_deleted(house: House) -> None:
    async with house.rep() as guest:
        await open_drill(guest, "root-cause")
        await speak(guest, house, ASKS)
        await guest.shows("1 of 2 in a row")
        assert list(house.paths.drills.rglob("*.flac"))
        await guest.press("escape")
        await guest.to("Drills")
        assert not list(house.paths.drills.rglob("*.flac"))
    with house.store as store:
        assert store.attempts() == []
    assert not list(house.paths.takes.rglob("*.flac"))


async def test_what_was_missed_lately_is_offered_until_it_is_drilled(house: House) -> None:
    with house.store as store:
        ana = store.add_person("Ana Ruiz", "rep")
        session = Session.start(
            store, load("price-20-percent"), "A", ana, "warm-up", takes_folder=house.paths.takes
        )
        session.judge(Transcript.typed(PUSHES))
        while session.go_on():
            session.judge(Transcript.typed(PUSHES))
    async with house.rep() as guest:
        await open_drill(guest, "root-cause")
        await try_typed(guest, ASKS, "1 of 2 in a row")
        await try_typed(guest, ASKS, "2 of 2 in a row")
        await guest.press("escape")
        await guest.shows("What you missed lately")
        assert "missed 1 of 1" in guest.reads
        left = [(one.place.turn, one.criterion) for one in guest.app.screen.pieces if not one.done]  # type: ignore[attr-defined]
        assert left
        assert ("objection", "root-cause") not in left


async def test_the_example_is_there_for_the_asking_and_offered_after_two_tries(house: House) -> None:
    async with house.rep() as guest:
        await open_drill(guest, "root-cause")
        await try_typed(guest, PUSHES, "✗ not yet")
        assert "x shows how" not in guest.reads
        await try_typed(guest, PUSHES, "x shows how it can be done")
        await guest.press("x")
        await guest.shows("Can I ask what you're comparing us with")
        await guest.press("escape")
        await guest.to("DrillPage")
        await try_typed(guest, ASKS, "1 of 2 in a row")
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana
        assert [one.how for one in store.drills.examples_taken(ana.id)] == ["read"]


async def test_who_learns_by_watching_sees_the_example_before_the_first_try(house: House) -> None:
    async with house.rep() as guest:
        await guest.press("d")
        await guest.shows("Nothing missed lately")
        await guest.press("x")
        await guest.to("Examples")
        await guest.shows("I'd want to know what I get for it too")
        await guest.press("escape")
        await guest.to("Drills")
    assert drills(house) == []


async def test_a_manager_has_no_way_to_the_drills_and_plans_of_a_rep(house: House) -> None:
    async with house.manager() as guest:
        for place in ("drills", "plan"):
            await guest.app.go(place)
            await guest.settled()
            assert guest.at == "Team"
