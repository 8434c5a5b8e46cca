"""Real processes on one file: together, and killed in the middle of their work."""

import sqlite3
import subprocess
import sys
from pathlib import Path

from trainer.store import Store

ROOT = Path(__file__).parents[2]


def writer(path: Path, name: str, *times: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.store.writer", str(path), name, *times]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check(path: Path) -> None:
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


def test_processes_that_start_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    running = [writer(path, name, "20") for name in ("Ana", "Ben", "Li")]
    said = [process.communicate(timeout=60) for process in running]
    assert [errors for _, errors in said] == ["", "", ""]
    with Store.open(path) as store:
        kept = {one.attempt.id for one in store.attempts() if one.finished_at}
        assert kept == {name for names, _ in said for name in names.split()}
        assert [row.attempts for row in store.team()] == [20, 20, 20]
    check(path)


def test_what_was_kept_survives_a_kill_in_the_middle_of_writing(tmp_path: Path) -> None:
    path = tmp_path / "trainer.db"
    said: set[str] = set()
    for round_number in range(4):
        with writer(path, f"Rep {round_number}") as process:
            assert process.stdout is not None
            assert process.stderr is not None
            said.update(process.stdout.readline().strip() for _ in range(5 + round_number))
            process.kill()
            # What it said between the last line read and its end was kept as well.
            said.update(process.stdout.read().split())
            assert process.stderr.read() == ""
        with Store.open(path) as store:
            kept = {one.attempt.id for one in store.attempts() if one.finished_at}
            assert said <= kept
            assert len(kept - said) <= round_number + 1
            assert sum(row.attempts for row in store.team()) == len(kept)
        check(path)
