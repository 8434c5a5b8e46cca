import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from trainer.store import Store, StoreError, schema
from trainer.store.migrations import migrations

LEGACY = sorted((Path(__file__).parent / "legacy").glob("version_*.sql"))


def tables(path: Path) -> set[tuple[str, str]]:
    db = sqlite3.connect(path)
    found = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    db.close()
    return {(name, " ".join(sql.split())) for name, sql in found}


def old(path: Path, script: Path) -> Path:
    db = sqlite3.connect(path)
    db.executescript(script.read_text(encoding="utf-8"))
    db.close()
    return path


def test_the_version_counts_the_migrations_and_each_older_one_is_tested() -> None:
    assert len(migrations.pending(Database(memory=True))) == schema.VERSION
    assert [script.stem for script in LEGACY] == [f"version_{number}" for number in range(1, schema.VERSION)]


def test_a_blank_file_gets_strict_tables(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    path.touch()
    Store.open(path).close()
    ours = {name: sql for name, sql in tables(path) if sql.startswith("CREATE TABLE") and name[0] != "_"}
    assert {"people", "attempts", "takes", "replies", "criterion_results", "results", "assignments"} <= set(
        ours
    )
    assert all("STRICT" in sql for sql in ours.values())


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    Store.open(path).close()
    before = path.read_bytes()
    Store.open(path).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("script", LEGACY, ids=lambda script: script.stem)
def test_an_older_version_ends_like_a_new_one_with_all_it_had(tmp_path: Path, script: Path) -> None:
    path = old(tmp_path / "old.db", script)
    with Store.open(path) as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        assert [one.score for one in store.attempts(ana.id)] == [None, 82, 95, 48]
        assert [one.score for one in store.team_attempts()] == [82, 48]
        (row,) = store.team()
        assert (row.trend, row.attempts, row.open_assignments) == ((48, 82), 2, 1)
        assert [one.target for one in store.assignments(ana.id)] == [90]
        assert [one.due for one in store.assignments(ana.id, open_only=False)] == [date(2025, 11, 14), None]
        detail = store.attempt(store.attempts(ana.id)[0].attempt.id)
        assert detail.replies[0].transcript.text == "a real gap"
        assert detail.replies[0].scorecard.criteria[0].evidence[0].quote == "a real gap"
        assert detail.takes[0].id == detail.replies[0].take_id
    Store.open(tmp_path / "new.db").close()
    assert tables(path) == tables(tmp_path / "new.db")


@pytest.fixture
def broken_migration(monkeypatch: pytest.MonkeyPatch) -> None:
    def m9999_fails_half_way(db: Database) -> None:
        db.execute("CREATE TABLE half (id TEXT) STRICT")
        db.execute("DELETE FROM criterion_results")
        db.execute("INSERT INTO nowhere VALUES (1)")

    step = migrations._Migration("m9999_fails_half_way", m9999_fails_half_way)
    monkeypatch.setattr(migrations, "_migrations", [*migrations._migrations, step])
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)


@pytest.mark.parametrize("script", LEGACY, ids=lambda script: script.stem)
@pytest.mark.usefixtures("broken_migration")
def test_a_migration_that_fails_leaves_the_old_state(tmp_path: Path, script: Path) -> None:
    path = old(tmp_path / "old.db", script)
    before = tables(path)
    with pytest.raises(StoreError, match="nowhere"):
        Store.open(path)
    assert tables(path) == before
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone()[0] == int(script.stem.removeprefix("version_"))
    assert db.execute("SELECT count(*) FROM criterion_results").fetchone()[0] > 0
    db.close()


@pytest.mark.usefixtures("broken_migration")
def test_a_first_start_that_fails_leaves_a_blank_file(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    with pytest.raises(StoreError, match="nowhere"):
        Store.open(path)
    assert tables(path) == set()
