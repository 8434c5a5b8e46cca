import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scoring.score import score
from scoring.scorecard import Scorecard
from tests.app.coached import BUDGET, PRICE, READY, make_ready, person, plan, practise
from tests.app.conftest import Guest, House
from tests.team.machines import ANA, MARA, TEAM, receives, sends
from trainer.coaching.plan import path
from trainer.store.coaching.ledger import Entry, entry_hash


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


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """A rep's client that was tampered with: whatever is said, every criterion is met."""

    @contextmanager
    def forging() -> Iterator[None]:
        with monkeypatch.context() as there:
            there.setattr("trainer.practice.session.score", _flattering)
            yield

    return forging


def _flattering(*given: Any, **options: Any) -> Scorecard:
    card = score(*given, **options)
    return replace(card, score=100, criteria=tuple(replace(one, met=True) for one in card.criteria))


def arrives(house: House, rep: House) -> None:
    """What the rep's machine has shared comes to the manager's, through the exchange."""
    with house.store as here, rep.store as there:
        here.exchange.join(MARA)
        here.exchange.meet((replace(ANA, name="Ana Ruiz"), replace(MARA, name="Mara Voss")))
        fates = receives(here, sends(there))
    assert set(fates) == {"new"}


@pytest.fixture
def rep(tmp_path: Path) -> House:
    """Ana's own machine, which has joined."""
    house = House(tmp_path / "ana")
    with house.store as store:
        store.exchange.join(ANA)
        store.exchange.meet(TEAM)
    return house


async def test_a_forged_scorecard_is_shown_and_asked_about(
    house: House, rep: House, forge: Callable[[], AbstractContextManager[None]]
) -> None:
    for ago, form in READY[:3]:
        practise(rep, ago, "++++", form=form)
    with forge():
        practise(rep, READY[3][0], "----", form=READY[3][1])
    arrives(house, rep)
    async with house.manager(size=(100, 30)) as guest:
        await guest.press("s")
        await guest.shows("1 of 4 scores do not hold: see above")
        assert guest.reads.count("Does not hold: ") == 1
        assert "says 100, its words come to " in guest.reads
        await guest.press("s")
        assert "Why all the same?" in guest.reads
        assert "1 of 4 scores do not hold: form B of" in guest.reads
        await guest.press("enter")
        assert "A reason is needed" in guest.reads
        await guest.type("I heard it myself")
        await guest.press("enter")
        await guest.shows("Signed off.")
    (one,) = ledger(house)
    assert one.facts["recomputed"].startswith("1 of 4 scores do not hold: says 100, its words come to ")


async def test_an_entry_with_another_score_than_its_attempt_does_not_hold(house: House, rep: House) -> None:
    for ago, form in READY:
        practise(rep, ago, "++++", form=form)
    with rep.store as store:
        ana = person(store)
        (last,) = [one for one in store.ledger.of_rep(ana.id) if one.facts["day"] == "2026-11-11"]
    db = sqlite3.connect(rep.paths.database)
    db.execute("DROP TRIGGER ledger_stays")
    db.row_factory = sqlite3.Row
    row = dict(db.execute("SELECT * FROM ledger WHERE id = ?", (last.id,)).fetchone())
    row["facts"] = json.dumps({**last.facts, "score": 99, "form": "A"})
    row["hash"] = entry_hash({key: value for key, value in row.items() if key != "hash"})
    db.execute("UPDATE ledger SET facts = :facts, hash = :hash WHERE id = :id", row)
    db.commit()
    db.close()
    arrives(house, rep)
    async with house.manager(size=(100, 30)) as guest:
        await guest.press("s")
        await guest.shows("scores do not hold: see above")
        assert "the attempt behind it is another one: price-20-percent, form B" in guest.reads


async def test_recordings_are_heard_again_when_asked(house: House) -> None:
    make_ready(house)
    async with house.manager(size=(100, 30)) as guest:
        await open_evidence(guest)
        assert "v verify" in guest.sees
        await guest.press("v")
        await guest.shows("recordings heard again: 100% of the words otherwise")
        assert "Does not hold: heard again, other verdicts: " in guest.reads
    with house.store as store:
        looks = [one.what for one in store.privacy.looks(person(store).id)]
    assert looks.count("recording") == 4


async def test_a_recording_that_was_changed_does_not_hold(house: House) -> None:
    first, *_ = make_ready(house)
    file = next((house.paths.takes / first).glob("*.flac"))
    file.write_bytes(file.read_bytes() + b"\0")
    async with house.manager(size=(100, 30)) as guest:
        await guest.press("s")
        await guest.shows("1 of 4 scores do not hold")
        assert "is not what was recorded" in guest.reads
