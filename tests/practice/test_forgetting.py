from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.records import attempt, finished, take
from trainer.practice.forgetting import ForgetError, forget
from trainer.store import Store
from trainer.store.records import Person


def _recorded(store: Store, rep: Person, takes: Path) -> Path:
    done = finished(store, attempt(rep))
    kept = take(done)
    store.add_take(kept)
    file = takes / kept.file
    file.parent.mkdir(parents=True)
    file.write_bytes(b"fLaC")
    (file.parent / "draft.txt").write_text("what was typed")
    return file


def test_a_person_goes_with_every_file(store: Store, ana: Person, tmp_path: Path) -> None:
    ben = store.add_person("Ben Okoro", "rep")
    gone, stays = _recorded(store, ana, tmp_path), _recorded(store, ben, tmp_path)
    went = forget(store, ana, tmp_path)
    assert (went.name, went.recordings) == ("Ana Ruiz", 1)
    assert not gone.parent.exists()
    assert stays.exists()
    assert store.person("Ana Ruiz") is None
    assert len(store.attempts(ben.id)) == 1


def test_recordings_that_were_played_in_go_too(store: Store, ana: Person, tmp_path: Path) -> None:
    done = finished(store, attempt(ana))
    kept = replace(take(done), file="played-in.flac")
    store.add_take(kept)
    for name in ("played-in.flac", "played-in.key", "another.flac"):
        (tmp_path / name).write_bytes(b"fLaC")
    assert forget(store, ana, tmp_path).recordings == 1
    assert {one.name for one in tmp_path.glob("*.*") if one.suffix in (".flac", ".key")} == {"another.flac"}


def test_what_was_erased_is_not_in_the_file_any_more(store: Store, ana: Person, tmp_path: Path) -> None:
    _recorded(store, ana, tmp_path)
    forget(store, ana, tmp_path)
    left = b"".join(file.read_bytes() for file in tmp_path.glob("trainer.db*"))
    assert b"Ana Ruiz" not in left
    assert b"a real gap" not in left


def test_a_file_in_the_way_is_named_and_doing_it_again_goes_on(
    store: Store, ana: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _recorded(store, ana, tmp_path)

    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied", "take.flac")

    with monkeypatch.context() as patched, pytest.raises(ForgetError, match=r"take\.flac.*again"):
        patched.setattr("shutil.rmtree", refuse)
        forget(store, ana, tmp_path)
    assert forget(store, ana, tmp_path).recordings == 1
