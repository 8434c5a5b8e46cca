from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tests.coaching.six_weeks import NOW, SECRET, THURSDAY, SixWeeks, begun, lived
from trainer.interchange.dates import Entry, entries
from trainer.interchange.ics import calendar


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SixWeeks]:
    world = begun(tmp_path / "trainer.db", tmp_path / "takes")
    yield world
    world.store.close()


def of_mara(world: SixWeeks, now: datetime = NOW) -> list[Entry]:
    return entries(world.store, [world.ana], world.mara, now)


def events(world: SixWeeks, now: datetime = NOW) -> dict[str, Any]:
    read: Any = Calendar.from_ical(calendar(of_mara(world, now), "Coaching"))
    found = {str(one["uid"]): one for one in read.walk("VEVENT")}
    assert len(found) == len(read.walk("VEVENT"))
    return found


def test_a_session_is_at_the_same_moment_in_every_zone(world: SixWeeks) -> None:
    lisbon = datetime(
        2025, 10, 27, 14, 0, tzinfo=ZoneInfo("Europe/Lisbon")
    )  # the day after the clocks changed
    session = world.store.sessions.plan(world.ana.id, world.mara.id, lisbon, minutes=45)
    for now in (NOW, NOW.astimezone(ZoneInfo("America/Lima"))):
        (event,) = events(world, now).values()
        assert event["uid"].startswith(session.id)
        assert event["dtstart"].dt == datetime(2025, 10, 27, 14, 0, tzinfo=UTC)
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=45)
    assert b"DTSTART:20251027T140000Z\r\n" in calendar(of_mara(world), "Coaching")


def test_what_happens_to_a_session_updates_its_event(world: SixWeeks) -> None:
    session = world.store.sessions.plan(world.ana.id, world.mara.id, THURSDAY)
    (before,) = events(world).items()
    world.clock.at = THURSDAY
    world.store.sessions.finish(session.id, "moved", world.mara.id)
    (after,) = events(world).items()
    assert after[0] == before[0]
    assert (before[1]["sequence"], after[1]["sequence"]) == (0, 1)
    assert after[1]["dtstamp"].dt > before[1]["dtstamp"].dt
    assert (str(before[1]["status"]), str(after[1]["status"])) == ("CONFIRMED", "CANCELLED")
    assert str(after[1]["summary"]) == "Coaching session with Ana Ruiz (moved)"


def test_a_due_date_is_a_day_and_is_reached_at_some_time(world: SixWeeks) -> None:
    world.clock.at = NOW - timedelta(days=4)
    world.store.assign(
        world.ana.id, "price-20-percent", skill="price-objection", target=80, due=date(2025, 11, 28)
    )
    (event,) = events(world).values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2025, 11, 28), date(2025, 11, 29))
    assert str(event["summary"]) == "Due: You're 20 % above the other vendor · Ana Ruiz"
    world.practised(NOW - timedelta(days=2), "+", kind="warm-up")
    assert "reached" not in str(next(iter(events(world).values()))["summary"])
    world.practised(NOW - timedelta(days=1), "+")
    (event,) = events(world).values()
    assert str(event["summary"]).endswith("(reached)")
    assert event["sequence"] == 1


def test_an_assignment_without_a_day_is_in_no_calendar(world: SixWeeks) -> None:
    world.store.assign(world.ana.id, "price-20-percent", skill="price-objection")
    assert events(world) == {}


def test_a_review_moves_and_stays_one_event(world: SixWeeks) -> None:
    world.clock.at = NOW - timedelta(weeks=6)
    world.store.ledger.write(
        world.ana.id, "price-objection", "declared mastered", world.mara.id, reason="heard it"
    )
    ((uid, before),) = events(world).items()
    world.practised(NOW - timedelta(weeks=3), "+")
    ((same, after),) = events(world).items()
    assert same == uid
    assert after["dtstart"].dt > before["dtstart"].dt
    assert after["sequence"] > before["sequence"]


def test_a_rep_reads_the_managers_name_and_not_their_own(world: SixWeeks) -> None:
    world.store.sessions.plan(world.ana.id, world.mara.id, THURSDAY)
    (entry,) = entries(world.store, [world.ana], world.ana, NOW)
    assert entry.title == "Coaching session with Mara Voss"


def test_the_file_is_the_same_for_the_same_facts_and_tells_no_warm_up(tmp_path: Path) -> None:
    world = lived(tmp_path / "trainer.db", tmp_path / "takes")
    with world.store:
        made = calendar(of_mara(world), "Coaching")
        assert made == calendar(of_mara(world, NOW + timedelta(minutes=1)), "Coaching")
        states = [one.state for one in of_mara(world)]
        assert (states.count("kept"), states.count("missed")) == (3, 1)
    assert SECRET.encode() not in made
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
