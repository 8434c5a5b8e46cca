"""An attempt keeps what it was made with, whatever becomes of the files."""

from pathlib import Path

import pytest

from scenarios.loader import load
from scoring.rubrics_library import text_of
from scoring.transcript import Transcript
from tests.scenarios.small import SMALL
from trainer.practice.scripts import rubric_then, scenario_then
from trainer.practice.session import Session
from trainer.practice.verifying import verify
from trainer.store import Store
from trainer.store.errors import StoreError
from trainer.store.records import Person, Script

ASKS = "Twenty percent is a real gap. What are you comparing us with?"
RUBRIC = text_of("price-objection").replace("id: price-objection", "id: own-price")
SCENARIO = SMALL.replace("rubric: price-objection", "rubric: own.yaml")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A scenario with a rubric of its own in a folder."""
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "small.yaml").write_text(SCENARIO, encoding="utf-8")
    (folder / "own.yaml").write_text(RUBRIC, encoding="utf-8")
    return folder


def begun(store: Store, rep: Person, files: Path, tmp_path: Path) -> Session:
    """A practice with one reply."""
    scenario = load(files / "small.yaml")
    session = Session.start(store, scenario, "A", rep, "assessed", takes_folder=tmp_path / "takes")
    session.judge(Transcript.typed(ASKS))
    return session


def to_the_end(session: Session) -> None:
    while session.result is None:
        if session.reply is None:
            session.judge(Transcript.typed(ASKS))
        session.go_on()


def changed(files: Path) -> None:
    """The buyer says something else, and it is judged otherwise."""
    text = SCENARIO.replace("And now?", "So what now?").replace("No, really.", "No. Really not.")
    (files / "small.yaml").write_text(text, encoding="utf-8")
    (files / "own.yaml").write_text(RUBRIC.replace("weight: 3", "weight: 9"), encoding="utf-8")


def test_its_score_is_made_again_from_what_it_was_made_with(
    store: Store, ana: Person, files: Path, tmp_path: Path
) -> None:
    session = begun(store, ana, files, tmp_path)
    to_the_end(session)
    assert session.result
    for step in ("as it was", "changed", "gone"):
        if step == "changed":
            changed(files)
        elif step == "gone":
            (files / "small.yaml").unlink()
        check = verify(store.attempt(session.attempt.id))
        assert (check.recomputed, check.equal, check.why) == (True, True, "")
        assert check.now == session.result.score.score


def test_it_is_finished_in_the_words_it_began_with(
    store: Store, ana: Person, files: Path, tmp_path: Path
) -> None:
    session = begun(store, ana, files, tmp_path)
    changed(files)
    back = Session.resume(store, session.attempt.id, takes_folder=tmp_path / "takes")
    assert back.form.turn("last").says == "And now?"
    assert back.rubric == session.rubric
    to_the_end(back)
    assert verify(store.attempt(session.attempt.id)).recomputed


def test_what_was_kept_and_is_not_what_its_hash_says_is_as_if_it_was_not_kept(
    store: Store, ana: Person, files: Path, tmp_path: Path
) -> None:
    session = begun(store, ana, files, tmp_path)
    kept = store.attempt(session.attempt.id).script
    assert kept and kept.scenario and kept.rubric
    raised = {**kept.rubric, "pass_mark": 1}
    renamed = {**kept.scenario, "id": "other"}
    for script in (None, Script(None, None), Script(renamed, raised), Script({"id": 1}, {"id": 1})):
        assert scenario_then(session.attempt, script) is None
        assert rubric_then(session.attempt, script) is None
    for file in (tmp_path / "scripts").iterdir():
        file.write_text("{", encoding="utf-8")
    assert store.attempt(session.attempt.id).script == Script(None, None)
    assert verify(store.attempt(session.attempt.id)).why.startswith("cannot be recomputed here")


def test_only_the_form_that_was_practised_is_kept_without_its_examples(
    store: Store, ana: Person, tmp_path: Path
) -> None:
    scenario = load("price-20-percent")
    session = Session.start(store, scenario, "B", ana, "assessed", takes_folder=tmp_path)
    then = scenario_then(session.attempt, store.attempt(session.attempt.id).script)
    assert then and list(then.forms) == ["B"]
    assert not any(turn.exemplars or turn.counter_examples for turn in then.form("B").turns)
    assert then.hotwords == scenario.hotwords


def test_where_nothing_can_be_kept_no_practice_begins(store: Store, ana: Person, tmp_path: Path) -> None:
    (tmp_path / "scripts").write_text("in the way", encoding="utf-8")
    with pytest.raises(StoreError, match="can't be kept there"):
        Session.start(store, load("price-20-percent"), "A", ana, "assessed", takes_folder=tmp_path)
    assert store.attempts(ana.id) == []
