"""Takes that a killed process left, whichever turn they belong to."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from scenarios.loader import load
from scoring.transcript import Transcript
from trainer.app.recording import left_behind
from trainer.audio.errors import TakeError
from trainer.errors import TrainerError
from trainer.practice.leftovers import keep_left_behind
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.ids import new_id

SAID = "I hear you. What are you comparing us with?"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    store = Store.open(tmp_path / "trainer.db")
    rep = store.add_person("Ana", "rep")
    return Session.start(
        store, load("price-20-percent"), "A", rep, "assessed", takes_folder=tmp_path / "takes"
    )


def cut_off(session: Session) -> str:
    """A take of this turn that nobody ended; its id."""
    folder = session.takes_folder / session.attempt.id / session.turn.id
    folder.mkdir(parents=True, exist_ok=True)
    take_id = new_id()
    (folder / f"{take_id}.raw").write_bytes(np.ones(16_000, "<i2").tobytes())
    return take_id


def resumed(session: Session) -> Session:
    return Session.resume(session.store, session.attempt.id, takes_folder=session.takes_folder)


def test_takes_of_attempts_that_are_not_gone_on_with_are_kept_too(session: Session) -> None:
    take_id = cut_off(session)
    kept = keep_left_behind(session.store, session.takes_folder, now=now)
    assert [take.id for take in kept] == [take_id]
    (take,) = session.store.attempt(session.attempt.id).takes
    assert (take.turn, take.seconds) == (session.turn.id, 1.0)
    assert (session.takes_folder / take.file).is_file()
    assert keep_left_behind(session.store, session.takes_folder, now=now) == []


def test_a_take_whose_attempt_was_erased_is_noted_nowhere(session: Session, tmp_path: Path) -> None:
    stray = session.takes_folder / "gone" / "turn"
    stray.mkdir(parents=True)
    (stray / "take.raw").write_bytes(b"\1\0" * 100)
    assert keep_left_behind(session.store, session.takes_folder, now=now) == []


def test_what_cannot_be_kept_now_is_told_and_keeps_nothing_back(session: Session) -> None:
    first, second = cut_off(session), cut_off(session)
    (session.takes_folder / session.attempt.id / session.turn.id / f"{first}.flac").mkdir()
    trouble: list[TrainerError] = []
    kept = keep_left_behind(session.store, session.takes_folder, now=now, on_trouble=trouble.append)
    assert [take.id for take in kept] == [second]
    assert first in str(trouble[0])


def test_a_reply_that_was_being_given_again_is_where_one_goes_on(session: Session) -> None:
    first = session.turn
    session.judge(Transcript.typed(SAID))
    take_id = cut_off(session)
    again = resumed(session)
    assert (again.turn, again.position) == (first, 0)
    offered = left_behind(again)
    assert offered is not None
    assert offered.id == take_id


def test_an_older_take_without_a_reply_holds_nobody_up(session: Session) -> None:
    cut_off(session)
    left_behind(session)
    session.judge(Transcript.typed(SAID))
    assert resumed(session).position == 1


def test_a_newer_reply_stands_though_the_clock_was_set_back(session: Session) -> None:
    session.judge(Transcript.typed("Whatever."))
    session.now = lambda: now() - timedelta(hours=1)
    newer = session.judge(Transcript.typed(SAID))
    assert session.store.attempt(session.attempt.id).replies == (newer,)


def test_a_take_that_cannot_be_made_whole_now_is_told_of_where_one_goes_on(session: Session) -> None:
    take_id = cut_off(session)
    in_the_way = session.takes_folder / session.attempt.id / session.turn.id / f"{take_id}.flac"
    in_the_way.mkdir()
    again = resumed(session)
    with pytest.raises(TakeError, match=take_id):
        left_behind(again)
    in_the_way.rmdir()
    offered = left_behind(again)
    assert offered is not None
    assert offered.id == take_id
