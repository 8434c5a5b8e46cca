"""What can be wrong with the file or its place: each a line with file and mend, and nothing lost."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from trainer.store import Store, StoreError
from trainer.store.records import Person


def refusal(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    return message


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    path.write_text("Dear diary, " * 1000, encoding="utf-8")
    before = path.read_bytes()
    message = refusal(path)
    assert "not a database" in message
    assert "rename it to trainer.db.broken" in message
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE photos (id)")
    db.close()
    before = path.read_bytes()
    assert "another program" in refusal(path)
    assert path.read_bytes() == before


def test_what_a_newer_version_wrote_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    Store.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    assert "newer rep-trainer" in refusal(path)
    assert path.read_bytes() == before


def test_a_python_with_too_old_an_sqlite_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    assert "3.37 is needed" in refusal(tmp_path / "trainer.db")


def practised(path: Path) -> int:
    """Makes a store with something in it; gives the number of the page where its attempts begin."""
    with Store.open(path) as store:
        ana = store.add_person("Ana", "rep")
        for _ in range(20):
            finished(store, attempt(ana))
        with store._connections.reading() as db:
            found = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'attempts'").fetchone()[0]
    return int(found)


def damage(path: Path, first: int, last: int) -> bytes:
    whole = path.read_bytes()
    broken = whole[: 4096 * (first - 1)] + b"\xff" * (4096 * (last - first + 1)) + whole[4096 * last :]
    path.write_bytes(broken)
    return broken


def test_damage_is_named_where_it_is_met_and_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    page = practised(path)
    broken = damage(path, page, page)
    mend = r"trainer\.db: the database is damaged .* rename it to trainer\.db\.broken"
    with Store.open(path) as store:
        assert len(store.people()) == 1
        with pytest.raises(StoreError, match=mend):
            store.attempts()
    assert path.read_bytes() == broken


def test_damage_to_the_tables_themselves_is_named_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    practised(path)
    broken = damage(path, 2, path.stat().st_size // 4096)
    assert "is damaged" in refusal(path)
    assert path.read_bytes() == broken


def test_after_setting_the_broken_file_aside_it_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    path.write_text("Dear diary", encoding="utf-8")
    refusal(path)
    path.rename(tmp_path / "trainer.db.broken")
    with Store.open(path) as store:
        assert store.people() == []


def test_a_full_disk_keeps_what_was_there(store: Store, ana: Person) -> None:
    kept = finished(store, attempt(ana))
    with store._connections.reading() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk is full"):
            for _ in range(200):
                store.add_attempt(attempt(ana))
        db.execute("PRAGMA max_page_count = 1000000")
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert store.attempt(kept.id).attempt == kept
    finished(store, attempt(ana))


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    assert "TRAINER_HOME" in refusal(tmp_path / "data" / "trainer.db")


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "trainer.db").mkdir()
    assert "TRAINER_HOME" in refusal(tmp_path / "trainer.db")


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody whom rights bind: root is nobody for a while."""
    if os.name != "posix":
        pytest.skip("rights as POSIX has them")
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that anybody reaches; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_a_folder_that_cannot_be_written(shelf: Path) -> None:
    shelf.chmod(0o555)
    with without_rights():
        for path in (shelf / "trainer.db", shelf / "new" / "trainer.db"):
            assert "Make its folder writable" in refusal(path)
    assert list(shelf.iterdir()) == []
    shelf.chmod(0o755)


def test_a_file_that_cannot_be_written(shelf: Path) -> None:
    path = shelf / "trainer.db"
    Store.open(path).close()
    path.chmod(0o444)
    with without_rights():
        assert "Make its folder writable" in refusal(path)


def test_a_writable_file_in_a_folder_that_is_not(shelf: Path) -> None:
    path = shelf / "trainer.db"
    Store.open(path).close()
    path.chmod(0o666)
    shelf.chmod(0o555)
    with without_rights():
        assert "Make its folder writable" in refusal(path)
    shelf.chmod(0o755)
