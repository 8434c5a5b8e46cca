import pytest

from tests.app.coached import BUDGET, PRICE, make_ready, person, plan, practise
from tests.app.conftest import Guest, House
from trainer.coaching.plan import path
from trainer.store.coaching.ledger import Entry


def ledger(house: House) -> list[Entry]:
    """The manager's decisions, oldest first."""
    with house.store as store:
        return [one for one in store.ledger.of_rep(person(store).id) if one.kind != "attempt"]


def focus(house: House) -> str | None:
    with house.store as store:
        found = path(store, person(store))
    return found.focus.step.skill if found and found.focus else None


async def open_evidence(guest: Guest) -> None:
    await guest.press("s")
    assert guest.at == "SignOff"
    await guest.shows("all equal")


async def test_the_ledger_and_not_a_number(house: House) -> None:
    plan(house)
    practise(house, 20, "----")
    make_ready(house, says_met=True)
    async with house.manager(size=(100, 30)) as guest:
        await open_evidence(guest)
        sees = guest.sees
        assert "Price objection · Ana Ruiz rubric" in sees
        assert "Ready for sign-off" in sees
        assert "✓ 100 Mon 2 Nov form B (new) · You're 20 % above the other vendor" in sees
        assert "form B · You're 20 % above the other vendor the retest" in sees
        assert "4 scores from the same words: all equal" in sees
        assert "Themselves as the scorer did in" in sees
        assert "you have not decided anything yet" in sees
        assert "Not counted" in sees.partition("✗")[0]


async def test_signing_off_moves_the_plan_on_and_not_before(house: House) -> None:
    plan(house)
    make_ready(house)
    assert focus(house) == PRICE
    async with house.manager() as guest:
        await open_evidence(guest)
        await guest.press("s", "escape")
        assert ledger(house) == []
        await guest.press("s")
        await guest.type("Well done")
        await guest.press("enter")
        await guest.shows("Signed off. The plan moves on to: qualify budget.")
        assert "Signed off by Mara Voss: “Well done”" in guest.reads
        assert "s sign off" not in guest.sees
    (one,) = ledger(house)
    assert (one.kind, one.skill, one.reason) == ("signed off", PRICE, "Well done")
    assert len(one.facts["rests_on"]) == 4
    assert one.facts["recomputed"] == "4 scores from the same words: all equal"
    assert focus(house) == BUDGET


async def test_back_to_practice_needs_a_reason(house: House) -> None:
    plan(house)
    make_ready(house)
    async with house.manager() as guest:
        await open_evidence(guest)
        await guest.press("b", "enter")
        assert "A reason is needed" in guest.reads
        await guest.type("Both replies were read out")
        await guest.press("enter")
        await guest.shows("Sent back by Mara Voss: “Both replies were read out”")
        assert "3 passes in a row" in guest.reads
    assert [one.kind for one in ledger(house)] == ["sent back"]
    assert focus(house) == PRICE


async def test_the_rule_may_be_overridden_either_way_and_that_stays_visible(house: House) -> None:
    plan(house)
    practise(house, 3, "----")
    async with house.manager(size=(100, 30)) as guest:
        await guest.press("s")
        assert "s sign off" not in guest.sees
        await guest.press("o", "enter")
        assert "A reason is needed" in guest.reads
        await guest.type("Does it with customers")
        await guest.press("enter")
        await guest.shows("Declared mastered by Mara Voss: “Does it with customers”")
        assert "1 of your 1 decision so far" in guest.reads
        assert focus(house) == BUDGET
        await guest.press("o")
        await guest.type("I was wrong")
        await guest.press("enter")
        await guest.shows("Declared not mastered by Mara Voss: “I was wrong”")
        assert "“Does it with customers”" in guest.reads
        assert "2 of your 2 decisions so far" in guest.reads
    assert focus(house) == PRICE


async def test_one_recording_to_hear_from_the_second_of_its_evidence(house: House) -> None:
    make_ready(house)
    async with house.manager() as guest:
        await open_evidence(guest)
        await guest.press("p")
        await guest.until(lambda: bool(house.speaker.played))
        assert house.speaker.played[-1][1] > 0
        await guest.press("p")
        assert not house.speaker.playing


async def test_an_attempt_opens_from_the_ledger(house: House) -> None:
    make_ready(house)
    async with house.manager() as guest:
        await open_evidence(guest)
        await guest.press("enter")
        assert guest.at == "Scorecard"
        await guest.press("escape")
        assert guest.at == "SignOff"


async def test_a_score_that_does_not_come_out_again_is_said(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(house)
    monkeypatch.setattr("trainer.practice.verifying.scorer_hash", lambda: "another")
    async with house.manager() as guest:
        await guest.press("s")
        await guest.shows("4 of 4 were made with another scorer or rubric than is here")


async def test_the_rep_can_see_that_the_evidence_was_opened(house: House) -> None:
    make_ready(house)
    async with house.manager() as guest:
        await open_evidence(guest)
        await guest.press("p")
        await guest.until(lambda: bool(house.speaker.played))
    with house.store as store:
        looks = [(one.who, one.what) for one in store.privacy.looks(person(store).id)]
    assert looks == [("Mara Voss", "recording"), ("Mara Voss", "ledger")]


async def test_the_rep_reads_the_same_evidence_and_every_reason(house: House) -> None:
    plan(house)
    make_ready(house)
    async with house.manager() as guest:
        await open_evidence(guest)
        await guest.press("b")
        await guest.type("Read out, not said")
        await guest.press("enter")
        await guest.shows("Sent back by Mara Voss")
    async with house.rep() as guest:
        await guest.press("p", "e")
        assert guest.at == "SignOff"
        assert "Sent back by Mara Voss: “Read out, not said”" in guest.reads
        assert "a form that is new or unmet for 3 weeks" in guest.reads
        assert "o override" not in guest.sees
        assert "Overrides" not in guest.sees
    with house.store as store:
        assert {one.who for one in store.privacy.looks(person(store).id)} == {"Mara Voss"}
