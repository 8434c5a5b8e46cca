import sqlite3
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from trainer.store import Store
from trainer.store.records import Person

SKILL = "price-objection"


def test_entries_of_one_author_are_chained(store: Store, ana: Person, mo: Person) -> None:
    one = store.ledger.write(ana.id, SKILL, "signed off", mo.id)
    two = store.ledger.write(ana.id, "qualify-budget", "sent back", mo.id, reason="two takes only")
    own = store.ledger.write(ana.id, SKILL, "attempt", ana.id, facts={"score": 84})
    assert (one.previous, two.previous, own.previous) == ("", one.hash, "")
    assert store.ledger.of_rep(ana.id, SKILL) == [one, own]
    assert store.ledger.of_rep(ana.id) == [one, two, own]
    assert store.ledger.breaks() == []


def test_an_attempt_is_entered_once(store: Store, ana: Person) -> None:
    passed = finished(store, attempt(ana), 84)
    first = store.ledger.write(ana.id, SKILL, "attempt", ana.id, attempt_id=passed.id, facts={"score": 84})
    again = store.ledger.write(ana.id, SKILL, "attempt", ana.id, attempt_id=passed.id, facts={"score": 99})
    assert again == first
    assert store.ledger.of_rep(ana.id) == [first]


@pytest.mark.parametrize("what", ["UPDATE ledger SET facts = '{}'", "DELETE FROM ledger"])
def test_nobody_changes_it(store: Store, ana: Person, tmp_path: Path, what: str) -> None:
    store.ledger.write(ana.id, SKILL, "attempt", ana.id, facts={"score": 84})
    with sqlite3.connect(tmp_path / "trainer.db") as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(what)


def _meddle(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    db.executescript("DROP TRIGGER ledger_stays; DROP TRIGGER ledger_is_kept; " + "; ".join(statements))
    db.close()


def test_a_changed_entry_shows(store: Store, ana: Person, tmp_path: Path) -> None:
    entry = store.ledger.write(ana.id, SKILL, "attempt", ana.id, facts={"score": 48})
    _meddle(tmp_path / "trainer.db", """UPDATE ledger SET facts = '{"score": 84}'""")
    (broken,) = store.ledger.breaks(ana.id)
    assert (broken.entry.id, broken.what) == (entry.id, "is not what was written")


def test_an_entry_that_was_taken_out_shows(store: Store, ana: Person, mo: Person, tmp_path: Path) -> None:
    gone = store.ledger.write(ana.id, SKILL, "sent back", mo.id)
    after = store.ledger.write(ana.id, SKILL, "signed off", mo.id)
    _meddle(tmp_path / "trainer.db", f"DELETE FROM ledger WHERE id = '{gone.id}'")  # noqa: S608
    (broken,) = store.ledger.breaks()
    assert (broken.entry.id, broken.what) == (after.id, "follows an entry that is gone")


def test_a_teams_entries_are_read_at_once(store: Store, ana: Person, mo: Person) -> None:
    ben = store.add_person("Ben Okoro", "rep")
    for rep in (ana, ben):
        for score in (60, 70, 80):
            facts = {"score": score, "replies": [{"scorer": "c0de"}]}
            store.ledger.write(rep.id, SKILL, "attempt", rep.id, facts=facts)
    signed = store.ledger.write(ana.id, SKILL, "signed off", mo.id)
    review = store.ledger.write(ana.id, SKILL, "attempt", ana.id, facts={"score": 90})

    assert store.ledger.decisions() == [signed]
    asked = [(ana.id, SKILL, signed), (ben.id, SKILL, None), (ben.id, "qualify-budget", None)]
    found = store.ledger.attempts_since(asked, newest=2)
    assert found[ana.id, SKILL] == [review]
    assert [one.facts for one in found[ben.id, SKILL]] == [{"score": 70}, {"score": 80}]
    assert len(found) == 2
