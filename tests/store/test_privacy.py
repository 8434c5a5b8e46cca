import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.records import NOON, attempt, finished, reply, take
from trainer.errors import BadInputError
from trainer.store import Store
from trainer.store.coaching.drills import Place
from trainer.store.coaching.figures import Figure
from trainer.store.coaching.plans import Step
from trainer.store.records import Person


@pytest.fixture
def mo(store: Store) -> Person:
    return store.add_person("Mo Adler", "manager")


def test_consent_is_to_certain_words(store: Store, ana: Person) -> None:
    assert store.privacy.agreed(ana.id, "ab12") is None
    store.privacy.answer(ana.id, "ab12", agreed=True)
    assert store.privacy.agreed(ana.id, "ab12") is True
    assert store.privacy.agreed(ana.id, "cd34") is None


def test_the_last_answer_counts(store: Store, ana: Person) -> None:
    store.privacy.answer(ana.id, "ab12", agreed=True)
    store.privacy.answer(ana.id, "ab12", agreed=False)
    assert store.privacy.agreed(ana.id, "ab12") is False


def test_others_looks_are_logged_and_ones_own_are_not(store: Store, ana: Person, mo: Person) -> None:
    store.privacy.look(ana.id, ana.id, "attempt", "1")
    store.privacy.look(mo.id, ana.id, "attempt", "1")
    assert [(one.who, one.what) for one in store.privacy.looks(ana.id)] == [("Mo Adler", "attempt")]


def test_a_recording_that_is_gone_is_not_found_again(store: Store, ana: Person) -> None:
    done = attempt(ana)
    store.add_attempt(done)
    recorded = take(done)
    store.add_take(recorded)
    assert store.privacy.recordings_before(NOON) == []
    later = NOON + timedelta(seconds=1)
    assert [one.take_id for one in store.privacy.recordings_before(later)] == [recorded.id]
    store.privacy.gone(recorded.id, "retention")
    assert store.privacy.recordings_before(later) == []
    assert store.privacy.why_gone(recorded.id) == "retention"


def test_a_shared_warm_up_is_known(store: Store, ana: Person) -> None:
    done = finished(store, attempt(ana, kind="warm-up"))
    store.privacy.share(done.id)
    store.privacy.share(done.id)
    assert store.privacy.shared(ana.id) == {done.id}


def _everything(store: Store, ana: Person, mo: Person) -> None:
    """One row about Ana in every table that can hold one."""
    store.plans.make(ana.id, mo.id, [Step("price-objection", 80, 4)])
    store.plans.agree(ana.id, "price-objection", 80, ana.id)
    asked = store.assign(ana.id, "price-20-percent", skill="price-objection", target=99, manager_id=mo.id)
    held = store.sessions.plan(ana.id, mo.id, NOON)
    store.sessions.finish(held.id, "kept", mo.id, assignment_id=asked.id)
    done = attempt(ana)
    store.add_attempt(done)
    recorded = take(done)
    store.add_take(recorded)
    said = reply(done, take_id=recorded.id)
    store.add_reply(said)
    finished(store, attempt(ana))
    store.ledger.write(ana.id, done.skill, "attempt", ana.id, attempt_id=done.id)
    store.ledger.write(ana.id, done.skill, "signed off", mo.id)
    store.notes.mark_self(said.id, {"acknowledge": True})
    store.notes.write(said.id, mo.id, "comment", "Good.")
    store.notes.mark_exemplary(said.id, mo.id)
    drill = store.drills.start(ana.id, Place("s", "c", "A", "t"), "root-cause")
    store.drills.add_try(drill.id, "Why?", True)
    store.drills.take_example(ana.id, Place("s", "c", "A", "t"), "read")
    store.figures.add([Figure(ana.id, "win rate", NOON.date(), 0.2)])
    store.privacy.answer(ana.id, "ab12", agreed=True)
    store.privacy.look(mo.id, ana.id, "attempt", done.id)
    store.privacy.share(done.id)
    store.privacy.gone(recorded.id, "asked")


def _rows(path: Path) -> dict[str, int]:
    db = sqlite3.connect(path)
    names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counted = {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}  # noqa: S608
    db.close()
    return {name: count for name, count in counted.items() if count and not name.startswith(("_", "sqlite"))}


def test_an_erased_rep_leaves_no_row(store: Store, ana: Person, mo: Person, tmp_path: Path) -> None:
    _everything(store, ana, mo)
    before = _rows(tmp_path / "trainer.db")
    went = store.privacy.erase(ana.id)
    assert _rows(tmp_path / "trainer.db") == {"people": 1}
    assert set(before) - {"people"} == set(went)
    assert store.people() == [mo]


def test_others_are_untouched(store: Store, ana: Person, mo: Person, tmp_path: Path) -> None:
    ben = store.add_person("Ben Okoro", "rep")
    _everything(store, ben, mo)
    before = _rows(tmp_path / "trainer.db")
    store.privacy.erase(ana.id)
    assert _rows(tmp_path / "trainer.db") == {**before, "people": 2}


def test_an_erased_manager_keeps_the_reps_evidence_whole(store: Store, ana: Person, mo: Person) -> None:
    _everything(store, ana, mo)
    store.privacy.erase(mo.id)
    assert store.ledger.breaks() == []
    assert [one.kind for one in store.ledger.of_rep(ana.id)] == ["attempt", "signed off"]
    assert "Mo Adler" not in [one.name for one in store.people()]


def test_a_manager_sees_a_shared_warm_up_and_no_other(store: Store, ana: Person) -> None:
    shared = finished(store, attempt(ana, kind="warm-up"), 60)
    secret = finished(store, attempt(ana, kind="warm-up"), 90)
    assessed = finished(store, attempt(ana, started_at=NOON + timedelta(days=1)))
    store.privacy.share(shared.id)
    assert [one.attempt.id for one in store.team_attempts(ana.id)] == [assessed.id, shared.id]
    assert [one.attempt.id for one in store.team_attempts(ana.id, limit=1)] == [assessed.id]
    assert store.team_attempts(ana.id, scenario="another") == []
    assert store.team_attempt(shared.id).attempt == shared
    with pytest.raises(BadInputError, match="no assessed attempt"):
        store.team_attempt(secret.id)


def test_a_shared_warm_up_counts_nowhere(store: Store, ana: Person) -> None:
    store.privacy.share(finished(store, attempt(ana, kind="warm-up")).id)
    (row,) = store.team()
    assert (row.attempts, row.trend, row.last_score) == (0, (), None)
