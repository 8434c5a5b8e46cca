import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.attempts import opened, practised, profile
from tests.cli.conftest import Trainer
from trainer.store.coaching.drills import Place

SECRET = "Nobody but me is to hear about the parrot."


@pytest.fixture
def two_reps(home: Path) -> None:
    """Ana has practised both ways and drilled; Ben has practised."""
    practised()
    practised((SECRET,), kind="warm-up")
    practised(rep="Ben Okoro")
    with opened() as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        drill = store.drills.start(
            ana.id, Place("price-objection", "price-20-percent", "A", "objection"), "check"
        )
        store.drills.add_try(drill.id, SECRET, False)
        for one in store.attempts(ana.id):
            reply = store.attempt(one.attempt.id).replies[0]
            store.notes.mark_self(reply.id, {"acknowledge": True})
            if one.attempt.kind == "warm-up":
                store.notes.write(reply.id, ana.id, "reflection", SECRET)


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def everything(folder: Path) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())


def test_a_manager_gets_the_team_without_a_trace_of_warm_ups(
    trainer: Trainer, two_reps: None, tmp_path: Path
) -> None:
    profile("Mara Voss", "manager")
    code, out, _ = trainer("export", str(tmp_path / "out"))
    assert code == 0
    assert re.search(r"^attempts +2$", out, re.MULTILINE)
    assert {one["rep"] for one in rows(tmp_path / "out", "attempts")} == {"Ana Ruiz", "Ben Okoro"}
    assert len(rows(tmp_path / "out", "own_marks")) == 1
    assert "parrot" not in everything(tmp_path / "out")
    assert "warm-up" not in everything(tmp_path / "out")
    assert not (tmp_path / "out" / "drills.jsonl").exists()


def test_a_rep_gets_all_that_is_their_own_and_nobody_elses(
    trainer: Trainer, two_reps: None, tmp_path: Path
) -> None:
    profile("Ana Ruiz", "rep")
    assert trainer("export", str(tmp_path / "out"))[0] == 0
    assert [one["kind"] for one in rows(tmp_path / "out", "attempts")] == ["assessed", "warm-up"]
    assert [one["text"] for one in rows(tmp_path / "out", "drills")] == [SECRET]
    assert "Ben" not in everything(tmp_path / "out")
    assert len(rows(tmp_path / "out", "xapi")) == 1


def test_every_rep_sees_that_a_manager_exported(trainer: Trainer, two_reps: None, tmp_path: Path) -> None:
    profile("Mara Voss", "manager")
    trainer("export", str(tmp_path / "out"))
    with opened() as store:
        looks = [store.privacy.looks(one.id) for one in store.people("rep")]
    assert [[(one.who, one.what) for one in of_rep] for of_rep in looks] == [[("Mara Voss", "export")]] * 2


def test_exporting_again_brings_it_up_to_date(trainer: Trainer, two_reps: None, tmp_path: Path) -> None:
    profile("Mara Voss", "manager")
    trainer("export", str(tmp_path / "out"))
    before = rows(tmp_path / "out", "xapi")
    practised(rep="Ben Okoro")
    trainer("export", str(tmp_path / "out"))
    assert rows(tmp_path / "out", "xapi")[: len(before)] == before
    assert len(rows(tmp_path / "out", "attempts")) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [(["file"], "is a file; name a folder"), (["out", "--xapi-home", "nowhere"], "web address")],
)
def test_bad_use_is_one_line(
    trainer: Trainer,
    two_reps: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("")
    profile("Mara Voss", "manager")
    code, out, err = trainer("export", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_exploring_without_the_extra_says_how_to_get_it(
    trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    code, _, err = trainer("explore")
    assert code == 2
    assert "-m pip install 'datasette" in err


@pytest.fixture
def explored(two_reps: None) -> Iterator[tuple[str, Path]]:
    """The address of a manager's Datasette, and the folder of temporary files it works in."""
    profile("Mara Voss", "manager")
    folder = Path(os.environ["TRAINER_HOME"]) / "temporary"
    folder.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "trainer", "explore", "--no-browser"],
        env={**os.environ, "TMPDIR": str(folder)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    address = next(
        found.group() for line in process.stderr if (found := re.search(r"http://[\d.]+:\d+", line))
    )
    try:
        yield address, folder
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        process.stderr.close()
    assert list(folder.iterdir()) == []  # the copy is gone


def fetched(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310 - our own server
        return json.load(answer)


@pytest.mark.skipif(os.name == "nt", reason="ends by a signal")
def test_exploring_is_read_only_on_this_machine_and_without_warm_ups(explored: tuple[str, Path]) -> None:
    address, _ = explored
    assert address.startswith("http://127.0.0.1:")
    tables = {one["name"]: one["count"] for one in fetched(f"{address}/coaching.json")["tables"]}
    assert tables["attempts"] == 2
    assert "drills" not in tables
    kinds = fetched(f"{address}/coaching.json?sql=select+distinct+kind+from+attempts&_shape=arrays")["rows"]
    assert kinds == [["assessed"]]
    hits = fetched(f"{address}/coaching/replies.json?_search=parrot&_shape=array")
    assert hits == []
    with pytest.raises(urllib.error.HTTPError):
        fetched(f"{address}/coaching.json?sql=delete+from+attempts")
