from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scenarios.loader import load
from scoring.transcript import Transcript
from trainer.practice.session import PracticeError, Session
from trainer.store import Store
from trainer.store.records import Kind, Person

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASKS = "Twenty percent is a real gap. Before I answer, what are you comparing us with?"
PUSHES = "You are wrong about that, and honestly nobody serious looks at the price."


class Clock:
    """Every look at it is a second later."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db") as opened:
        yield opened


@pytest.fixture
def rep(store: Store) -> Person:
    return store.add_person("Ana", "rep")


def begin(store: Store, rep: Person, tmp_path: Path, kind: Kind = "assessed") -> Session:
    scenario = load("price-20-percent")
    return Session.start(store, scenario, "A", rep, kind, takes_folder=tmp_path, now=Clock())


def say(session: Session, text: str) -> None:
    session.judge(Transcript.typed(text))


def to_the_end(session: Session, text: str = PUSHES) -> None:
    say(session, text)
    while session.go_on():
        say(session, text)


def test_what_the_rep_does_decides_what_comes_next(store: Store, rep: Person, tmp_path: Path) -> None:
    asked, pushed = begin(store, rep, tmp_path), begin(store, rep, tmp_path)
    say(asked, ASKS)
    say(pushed, PUSHES)
    asked.go_on()
    pushed.go_on()
    assert (asked.turn.id, pushed.turn.id) == ("opened", "pressed")
    assert asked.position == 1


def test_a_turn_needs_a_reply_before_the_next(store: Store, rep: Person, tmp_path: Path) -> None:
    with pytest.raises(PracticeError, match="no reply"):
        begin(store, rep, tmp_path).go_on()


def test_a_second_take_stands_and_the_first_is_kept(store: Store, rep: Person, tmp_path: Path) -> None:
    session = begin(store, rep, tmp_path)
    say(session, PUSHES)
    say(session, ASKS)
    session.go_on()
    assert session.turn.id == "opened"
    detail = store.attempt(session.attempt.id)
    assert [reply.transcript.text for reply in detail.replies] == [ASKS]
    assert [reply.transcript.text for reply in detail.all_replies] == [PUSHES, ASKS]


def test_the_end_is_logged_with_a_score_and_the_last_word(store: Store, rep: Person, tmp_path: Path) -> None:
    session = begin(store, rep, tmp_path)
    to_the_end(session)
    assert session.result
    assert session.closing
    assert store.attempt(session.attempt.id).result == session.result
    assert session.result.finished_at > session.attempt.started_at


def test_going_on_at_the_end_again_changes_nothing(store: Store, rep: Person, tmp_path: Path) -> None:
    session = begin(store, rep, tmp_path)
    to_the_end(session)
    first = session.result
    assert session.go_on() is None
    assert session.result is first


def test_a_practice_that_was_left_goes_on_at_its_first_open_turn(
    store: Store, rep: Person, tmp_path: Path
) -> None:
    left = begin(store, rep, tmp_path)
    say(left, ASKS)
    left.go_on()
    back = Session.resume(store, left.attempt.id, takes_folder=tmp_path)
    assert (back.turn.id, back.position, back.reply) == ("opened", 1, None)
    assert [reply.transcript.text for reply in back.replies] == [ASKS]
    to_the_end(back)
    assert back.result


def test_a_finished_practice_is_not_taken_up_again(store: Store, rep: Person, tmp_path: Path) -> None:
    session = begin(store, rep, tmp_path)
    to_the_end(session)
    with pytest.raises(PracticeError, match="finished"):
        Session.resume(store, session.attempt.id, takes_folder=tmp_path)


def test_a_practice_whose_scenario_changed_is_not_judged_by_two_measures(
    store: Store, rep: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = begin(store, rep, tmp_path)
    say(left, ASKS)
    monkeypatch.setattr("scenarios.schema.Scenario.form_hash", lambda *_: "another")
    with pytest.raises(PracticeError, match="has changed"):
        Session.resume(store, left.attempt.id, takes_folder=tmp_path)


def test_silence_is_judged_as_nothing_and_takes_the_other_way(
    store: Store, rep: Person, tmp_path: Path
) -> None:
    session = begin(store, rep, tmp_path)
    reply = session.judge(Transcript.from_words([], engine="pocketsphinx", model="en-us", seconds=3.0))
    assert reply.scorecard.score is None
    assert reply.scorecard.flags == ("nothing_heard",)
    session.go_on()
    assert session.turn.id == "pressed"


def test_an_assessed_practice_enters_the_ledger_at_its_end(store: Store, rep: Person, tmp_path: Path) -> None:
    session = begin(store, rep, tmp_path)
    say(session, PUSHES)
    assert store.ledger.of_rep(rep.id) == []
    while session.go_on():
        say(session, PUSHES)
    (entry,) = store.ledger.of_rep(rep.id)
    assert session.result is not None
    assert entry.attempt_id == session.attempt.id
    assert entry.facts["score"] == session.result.score.score
    assert entry.facts["replies"] == [one.scorecard.hashes for one in session.replies]


def test_a_warm_up_enters_no_ledger(store: Store, rep: Person, tmp_path: Path) -> None:
    to_the_end(begin(store, rep, tmp_path, "warm-up"))
    assert store.ledger.of_rep(rep.id) == []


def test_a_finished_practice_takes_no_other_reply(store: Store, rep: Person, tmp_path: Path) -> None:
    session = begin(store, rep, tmp_path)
    to_the_end(session)
    with pytest.raises(PracticeError, match="finished"):
        say(session, ASKS)
