from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from scoring.transcript import Transcript
from trainer.audio.takes import TakeWriter
from trainer.practice.drill import DrillRun
from trainer.practice.session import PracticeError
from trainer.store import Store
from trainer.store.coaching.drills import Place
from trainer.store.records import Person

PLACE = Place("price-objection", "price-20-percent", "A", "objection")
ASKS = "Twenty percent is a real gap. Before I answer, what are you comparing us with?"
PUSHES = "You are wrong about that, and honestly nobody serious looks at the price."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db") as opened:
        yield opened


@pytest.fixture
def ana(store: Store) -> Person:
    return store.add_person("Ana", "rep")


def begin(store: Store, rep: Person, folder: Path, criterion: str = "root-cause") -> DrillRun:
    return DrillRun.begin(store, rep, PLACE, criterion, takes_folder=folder / "drills")


def test_it_is_done_when_the_criterion_was_met_twice_in_a_row(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    run = begin(store, ana, tmp_path)
    rows = []
    for text in (ASKS, PUSHES, ASKS, ASKS):
        run.attempt_at(Transcript.typed(text))
        rows.append((run.in_a_row, run.done))
    assert rows == [(1, False), (0, False), (1, False), (2, True)]
    (kept,) = store.drills.of_rep(ana.id)
    assert (kept.place, kept.criterion) == (PLACE, "root-cause")
    assert [one.met for one in kept.tries] == [True, False, True, True]


def test_it_judges_the_one_criterion_and_quotes_what_met_it(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    result = begin(store, ana, tmp_path).attempt_at(Transcript.typed(ASKS))
    assert (result.id, result.met) == ("root-cause", True)
    assert "what are you comparing us with" in result.evidence[0].quote


def test_what_could_not_be_judged_breaks_no_row(store: Store, ana: Person, tmp_path: Path) -> None:
    run = begin(store, ana, tmp_path)
    for text, met in ((ASKS, True), ("...", None), (ASKS, True)):
        run.tries.append(store.drills.add_try(_drill(store, ana), text, met))
    assert run.done


def _drill(store: Store, ana: Person) -> str:
    found = store.drills.of_rep(ana.id)
    return found[0].id if found else store.drills.start(ana.id, PLACE, "root-cause").id


def test_it_is_no_attempt_and_keeps_no_recording(store: Store, ana: Person, tmp_path: Path) -> None:
    run = begin(store, ana, tmp_path)
    writer = TakeWriter(run.takes_folder / run.attempt.id / run.turn.id, "take")
    writer.write(np.full(16_000, 900, np.int16))
    take = run.keep(writer.finish())
    assert (run.takes_folder / take.file).is_file()
    run.attempt_at(Transcript.typed(ASKS))
    run.end()
    assert not list(run.takes_folder.rglob("*.*"))
    assert store.attempts(ana.id) == []
    assert store.takes(ana.id) == []
    assert store.forms_seen(ana.id) == {}
    assert store.ledger.of_rep(ana.id) == []


def test_looking_at_a_drill_without_a_try_leaves_no_trace(store: Store, ana: Person, tmp_path: Path) -> None:
    begin(store, ana, tmp_path).end()
    assert store.drills.of_rep(ana.id) == []


def test_what_a_killed_process_left_is_deleted(store: Store, ana: Person, tmp_path: Path) -> None:
    left = tmp_path / "drills" / "old" / "objection" / "take.flac"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"said")
    begin(store, ana, tmp_path)
    assert not left.exists()


@pytest.mark.parametrize(
    ("place", "criterion"),
    [
        (PLACE, "gone"),
        (Place("price-objection", "gone", "A", "objection"), "root-cause"),
        (Place("price-objection", "price-20-percent", "Z", "objection"), "root-cause"),
        (Place("price-objection", "price-20-percent", "A", "gone"), "root-cause"),
    ],
)
def test_what_has_gone_from_the_library_is_said(
    store: Store, ana: Person, tmp_path: Path, place: Place, criterion: str
) -> None:
    with pytest.raises(PracticeError, match=r"can't be drilled now|no longer in the library"):
        DrillRun.begin(store, ana, place, criterion, takes_folder=tmp_path / "drills")
