from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from scenarios.errors import ScenarioError
from scenarios.loader import load
from scenarios.schema import Scenario
from scoring.transcript import Transcript, Word
from tests.app.conftest import House
from trainer.audio.takes import TakeWriter
from trainer.practice.session import Session
from trainer.store.ids import new_id
from trainer.store.records import Kind

GOOD = "Twenty percent is a real gap, I see that. Before I answer, what are you comparing us with?"


def practised(house: House, name: str, kind: Kind, text: str = GOOD) -> None:
    """One attempt of a rep, spoken, from start to end."""
    with house.store as store:
        rep = store.person(name) or store.add_person(name, "rep")
        session = Session.start(
            store, load("price-20-percent"), "A", rep, kind, takes_folder=house.paths.takes, now=house.now
        )
        words = [Word(word, 0.5 * at, 0.5 * at + 0.4, 0.9) for at, word in enumerate(text.split())]
        heard = Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=9.0)
        while True:
            writer = TakeWriter(house.paths.takes / session.attempt.id, new_id())
            writer.write(np.ones(16_000, np.int16))
            session.judge(heard, session.keep(writer.finish()))
            if session.go_on() is None:
                return


async def test_a_row_a_rep_with_what_matters(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    async with house.manager() as guest:
        assert guest.at == "Team"
        row = next(line for line in guest.sees.splitlines() if "Ana Ruiz" in line)
        assert "Price objection" in row
        assert "on track" in row


async def test_down_to_the_recording_of_the_evidence(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    async with house.manager() as guest:
        await guest.press("enter")
        assert guest.at == "RepPage"
        await guest.press("enter")
        assert guest.at == "Scorecard"
        await guest.press("end", "home", "enter")
        assert guest.at == "ReplyOfAttempt"
        assert "“Twenty percent is a real gap”" in guest.reads
        await guest.press("e")
        await guest.until(lambda: bool(house.speaker.played))
        await guest.press("right")
        assert "Turn 2 of" in guest.reads
        await guest.press("left")
        assert "Turn 1 of" in guest.reads
        await guest.press("escape", "escape", "escape")
        assert guest.at == "Team"


async def test_warm_ups_are_the_reps_own(house: House) -> None:
    practised(house, "Ana Ruiz", "warm-up")
    async with house.manager() as guest:
        await guest.press("enter")
        assert "No assessed attempt yet" in guest.reads
        await guest.press("enter")
        assert guest.at == "RepPage"
    async with house.rep() as guest:
        await guest.press("h")
        assert "1 attempt" in guest.reads


async def test_what_is_assigned_stands_on_the_reps_home(house: House) -> None:
    with house.store as store:
        store.add_person("Ana Ruiz", "rep")
    async with house.manager() as guest:
        await guest.press("a")
        guest.point_at("price-20-percent")
        await guest.press("enter", "enter")
        await guest.type("tomorrow")
        await guest.press("enter")
        await guest.to("Team")
        await guest.shows("target 80, due tomorrow")
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        (one,) = store.assignments(ana.id)
    assert (one.scenario, one.target, one.due) == ("price-20-percent", 80, date(2026, 11, 14))
    async with house.rep() as guest:
        assert "due tomorrow" in guest.reads
        await guest.press("enter")
        assert guest.at == "Brief"
        assert "● assessed" in guest.reads


async def test_a_day_that_is_none_is_said_where_it_is_typed(house: House) -> None:
    with house.store as store:
        store.add_person("Ana Ruiz", "rep")
    async with house.manager() as guest:
        await guest.press("a", "enter", "enter")
        await guest.type("soonish")
        await guest.press("enter")
        await guest.shows("'soonish' is no day to come")
        assert guest.at == "Assign"
        await guest.press("escape")
        assert guest.at == "Team"
    with house.store as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        assert store.assignments(ana.id) == []


async def test_a_target_out_of_range_is_said(house: House) -> None:
    with house.store as store:
        store.add_person("Ana Ruiz", "rep")
    async with house.manager() as guest:
        await guest.press("a", "enter")
        guest.app.screen.query_one("#target").value = "180"  # type: ignore[attr-defined]
        await guest.press("enter", "enter")
        await guest.shows("from 1 to 100")


async def test_a_new_rep_is_added_once(house: House) -> None:
    async with house.manager() as guest:
        await guest.press("n")
        await guest.type("Ben Okoro")
        await guest.press("enter")
        await guest.shows("Ben Okoro is on the team")
        await guest.press("n")
        await guest.type("ben okoro")
        await guest.press("enter")
        await guest.shows("!")
        assert guest.at == "Team"
    with house.store as store:
        assert [one.name for one in store.people("rep")] == ["Ben Okoro"]


async def test_a_criterion_leads_to_the_reply_that_missed_it(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    async with house.rep() as guest:
        await guest.press("h", "enter")
        guest.point_at("criterion:next-step")
        await guest.press("enter")
        assert guest.at == "ReplyOfAttempt"
        assert "✗ Agree who does what, and by when" in guest.sees


async def test_practising_again_takes_a_fresh_form(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    async with house.rep() as guest:
        await guest.press("h", "enter", "a")
        assert guest.at == "Brief"
        assert "form B" in guest.reads


async def test_an_attempt_whose_scenario_has_gone_can_still_be_read(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    practised(house, "Ana Ruiz", "assessed")

    def gone(_id: str) -> Scenario:
        raise ScenarioError("there is no such scenario", "install its pack")

    monkeypatch.setattr("trainer.app.exchange.load", gone)
    async with house.rep() as guest:
        await guest.press("h", "enter", "end", "enter")
        assert guest.at == "ReplyOfAttempt"
        assert "what are you comparing us with" in guest.reads


async def test_how_a_day_is_written_is_shown_by_one_to_come(house: House) -> None:
    with house.store as store:
        store.add_person("Ana Ruiz", "rep")
    house.at = datetime(2031, 1, 1, 12, tzinfo=UTC)
    async with house.manager(size=(100, 30)) as guest:
        await guest.press("a")
        await guest.shows("2031-01-08, tomorrow")


async def test_a_reply_that_was_corrected_or_typed_says_so_in_the_list(house: House) -> None:
    practised(house, "Ana Ruiz", "assessed")
    with house.store as store:
        first = store.attempt(store.attempts()[0].attempt.id).replies
        store.add_reply(
            replace(first[0], id=new_id(), transcript=first[0].transcript.corrected(GOOD + " Ok."))
        )
        store.add_reply(replace(first[1], id=new_id(), transcript=Transcript.typed(GOOD), take_id=None))
    async with house.rep(size=(80, 40)) as guest:
        await guest.press("h", "enter")
        lines = [line for line in guest.sees.splitlines() if line[:3] in ("1 “", "2 “", "3 “")]
        assert "Scored on words corrected by hand in 1 of 3 replies." in guest.reads
    assert ["corrected" in lines[0], "typed" in lines[1]] == [True, True]
    assert "corrected" not in lines[2]
    assert "0:09" in lines[0]


async def test_home_says_in_a_sentence_what_today_is_for(house: House) -> None:
    async with house.rep() as guest:
        await guest.shows("Today, in about 5 minutes: handle a price objection.")
