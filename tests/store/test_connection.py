import os
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from trainer.store import Store, StoreError, connection
from trainer.store.records import Person


def run(work: threading.Thread) -> None:
    work.start()
    work.join()


def test_threads_write_through_one_store(store: Store, ana: Person) -> None:
    def practise() -> None:
        for _ in range(5):
            finished(store, attempt(ana))

    threads = [threading.Thread(target=practise) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.attempts()) == store.team()[0].attempts == 20


def test_connections_of_ended_threads_are_closed(store: Store) -> None:
    for _ in range(5):
        run(threading.Thread(target=store.people))
    assert len(store._connections._all) == 2  # this thread's, and the last one's until another asks


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.people()


def test_a_write_that_fails_half_way_leaves_nothing(store: Store, ana: Person) -> None:
    begun = attempt(ana)
    with pytest.raises(ZeroDivisionError), store._connections.writing() as db:
        db.execute("INSERT INTO tallies VALUES ('x', 1)")
        1 / 0  # noqa: B018
    store.add_attempt(begun)
    with store._connections.reading() as db:
        assert db.execute("SELECT count(*) FROM tallies").fetchone()[0] == 0
    assert store.attempt(begun.id).attempt == begun


def test_a_commit_is_on_disk_and_foreign_keys_hold(store: Store) -> None:
    with store._connections.reading() as db:
        found = [
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert found == ["wal", 2, 1]


def test_while_another_program_writes_reading_goes_on_and_writing_waits_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    path = tmp_path / "trainer.db"
    with Store.open(path) as store:
        store.add_person("Ana", "rep")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert len(store.people()) == 1
        with pytest.raises(StoreError, match=r"trainer\.db: another program .* Close it and try again"):
            store.add_person("Ben", "rep")
        other.execute("ROLLBACK")
        other.close()
        store.add_person("Ben", "rep")


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "data"
    with Store.open(folder / "trainer.db") as store:
        store.add_person("Ana", "rep")
        assert folder.stat().st_mode & 0o777 == 0o700
        for file in folder.iterdir():
            assert file.stat().st_mode & 0o777 == 0o600, file
