from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from scoring.hashes import transcript_hash
from scoring.transcript import FilledPause, Sound
from tests.store.records import NOON, attempt, finished, reply, result, take
from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.records import Person


def test_everything_of_an_attempt_comes_back_as_it_went_in(store: Store, ana: Person) -> None:
    begun = attempt(ana)
    recorded = take(begun)
    said = reply(begun, take_id=recorded.id)
    end = result(begun)
    store.add_attempt(begun)
    store.add_take(recorded)
    store.add_reply(said)
    store.finish(end)
    detail = store.attempt(begun.id)
    assert detail.attempt == begun
    assert detail.rep == ana
    assert detail.replies == detail.all_replies == (said,)
    assert detail.takes == (recorded,)
    assert detail.result == end


def test_it_is_still_there_for_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "again.db"
    with Store.open(path) as store:
        begun = finished(store, attempt(store.add_person("Ana", "rep")))
    with Store.open(path) as store:
        assert store.attempt(begun.id).attempt == begun


def test_the_newest_reply_of_a_turn_stands_and_the_others_are_kept(store: Store, ana: Person) -> None:
    begun = attempt(ana)
    store.add_attempt(begun)
    second = reply(begun, position=1, turn="close")
    newer = reply(begun, said_at=NOON + timedelta(seconds=9))
    older = reply(begun)
    for said in (second, newer, older):
        store.add_reply(said)
    detail = store.attempt(begun.id)
    assert detail.replies == (newer, second)
    assert detail.all_replies == (older, newer, second)
    assert store.attempts()[0].replies == 2


def test_history_is_newest_first_and_narrowed_by_what_is_given(store: Store, ana: Person) -> None:
    ben = store.add_person("Ben", "rep")
    first = finished(store, attempt(ana), 48)
    private = finished(store, attempt(ana, kind="warm-up", started_at=NOON + timedelta(days=2)), 60)
    bens = finished(store, attempt(ben, scenario="budget", started_at=NOON + timedelta(days=1)), None)
    assert [one.attempt for one in store.attempts()] == [private, bens, first]
    assert [one.attempt for one in store.attempts(ana.id)] == [private, first]
    assert [one.attempt for one in store.attempts(kind="assessed", limit=1)] == [bens]
    (only,) = store.attempts(scenario="budget")
    assert (only.rep, only.score, only.finished_at) == ("Ben", None, bens.started_at + timedelta(minutes=5))


def test_the_newest_attempt_without_a_result_is_the_unfinished_one(store: Store, ana: Person) -> None:
    assert store.unfinished(ana.id) is None
    left = attempt(ana)
    store.add_attempt(left)
    store.add_reply(reply(left))
    finished(store, attempt(ana, scenario="budget", started_at=NOON + timedelta(days=1)))
    finished(store, attempt(ana, kind="warm-up", started_at=NOON + timedelta(days=1)))
    found = store.unfinished(ana.id)
    assert found is not None
    assert (found.attempt, found.finished_at, found.replies) == (left, None, 1)


def test_an_attempt_that_was_begun_again_is_no_longer_offered(store: Store, ana: Person) -> None:
    store.add_attempt(attempt(ana))
    finished(store, attempt(ana, started_at=NOON + timedelta(days=1)))
    assert store.unfinished(ana.id) is None


def test_an_attempt_ends_once(store: Store, ana: Person) -> None:
    done = finished(store, attempt(ana))
    with pytest.raises(BadInputError, match="finished already"):
        store.finish(result(done, 100))
    kept = store.attempt(done.id).result
    assert kept is not None
    assert kept.score.score == 75


def test_an_unknown_attempt_is_bad_input(store: Store) -> None:
    with pytest.raises(BadInputError, match="no attempt with this id"):
        store.attempt("018f")


def test_the_takes_of_one_person_are_found(store: Store, ana: Person) -> None:
    mine, other = attempt(ana, kind="warm-up"), attempt(store.add_person("Ben", "rep"))
    recorded = take(mine)
    for begun in (mine, other):
        store.add_attempt(begun)
    store.add_take(recorded)
    store.add_take(take(other))
    assert store.takes(ana.id) == [recorded]


@pytest.mark.parametrize(
    "sound",
    [
        None,
        Sound(filled_pauses=None, pitch_range=None, loudness_range=None),
        Sound((FilledPause(1.25, 1.71), FilledPause(4.0, 4.3)), pitch_range=7.4, loudness_range=18.25),
    ],
)
def test_what_the_sound_says_comes_back_as_it_was_judged(
    store: Store, ana: Person, sound: Sound | None
) -> None:
    begun = attempt(ana)
    store.add_attempt(begun)
    plain = reply(begun)
    said = replace(plain, transcript=replace(plain.transcript, sound=sound))
    store.add_reply(said)
    (kept,) = store.attempt(begun.id).replies
    assert kept.transcript == said.transcript
    assert transcript_hash(kept.transcript) == transcript_hash(said.transcript)
