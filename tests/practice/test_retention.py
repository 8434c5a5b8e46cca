from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.store.records import NOON, attempt, reply, take
from trainer.practice.retention import delete_old
from trainer.store import Store
from trainer.store.records import Person, Reply, Take

LATER = NOON + timedelta(days=92)
DAY = timedelta(days=1)


def deleted(store: Store, takes: Path, *, at: datetime = LATER, keep_days: int = 90) -> int:
    """At the second start, a day after the one that finds out."""
    assert delete_old(store, takes, keep_days=keep_days, now=at - DAY) == 0
    return delete_old(store, takes, keep_days=keep_days, now=at)


@pytest.fixture
def recorded(store: Store, ana: Person, tmp_path: Path) -> tuple[Take, Reply]:
    done = attempt(ana)
    store.add_attempt(done)
    kept = take(done)
    store.add_take(kept)
    said = reply(done, take_id=kept.id)
    store.add_reply(said)
    file = tmp_path / kept.file
    file.parent.mkdir()
    file.write_bytes(b"fLaC")
    return kept, said


def test_an_old_recording_goes_and_its_words_stay(
    store: Store, recorded: tuple[Take, Reply], tmp_path: Path
) -> None:
    kept, said = recorded
    assert deleted(store, tmp_path) == 1
    assert not (tmp_path / kept.file).exists()
    assert store.privacy.why_gone(kept.id) == "retention"
    assert store.attempt(said.attempt_id).replies[0].transcript.text == said.transcript.text


@pytest.mark.parametrize(("keep_days", "after"), [(90, 90), (0, 4000)])
def test_a_young_one_stays_and_zero_keeps_all(
    store: Store, recorded: tuple[Take, Reply], tmp_path: Path, keep_days: int, after: int
) -> None:
    kept, _ = recorded
    assert deleted(store, tmp_path, keep_days=keep_days, at=NOON + timedelta(days=after)) == 0
    assert (tmp_path / kept.file).exists()


def test_an_exemplary_one_stays_while_the_mark_stands(
    store: Store, recorded: tuple[Take, Reply], tmp_path: Path
) -> None:
    mo = store.add_person("Mo Adler", "manager")
    store.notes.mark_exemplary(recorded[1].id, mo.id)
    assert deleted(store, tmp_path) == 0
    store.notes.mark_exemplary(recorded[1].id, mo.id, stands=False)
    assert deleted(store, tmp_path) == 1


def test_a_file_that_somebody_else_removed_is_noted_once(
    store: Store, recorded: tuple[Take, Reply], tmp_path: Path
) -> None:
    kept, _ = recorded
    (tmp_path / kept.file).unlink()
    assert deleted(store, tmp_path) == 0
    assert store.privacy.why_gone(kept.id) == "missing"


def test_a_clock_that_is_wrong_at_one_start_deletes_nothing(
    store: Store, recorded: tuple[Take, Reply], tmp_path: Path
) -> None:
    kept, _ = recorded
    a_year_ahead = NOON + timedelta(days=365)
    assert delete_old(store, tmp_path, keep_days=90, now=a_year_ahead) == 0
    assert delete_old(store, tmp_path, keep_days=90, now=a_year_ahead + timedelta(hours=1)) == 0
    assert delete_old(store, tmp_path, keep_days=90, now=NOON + DAY) == 0
    assert delete_old(store, tmp_path, keep_days=90, now=LATER) == 0, "right again: this is the first"
    assert (tmp_path / kept.file).exists()
    assert delete_old(store, tmp_path, keep_days=90, now=LATER + DAY) == 1
