import json
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from scoring.scorecard import AttemptScore
from scoring.transcript import FilledPause, Sound
from tests.store.records import CRITERION, NOON, attempt, card, finished, reply, result
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Person
from trainer.store.rescores import Rescore
from trainer.store.times import to_text


def rescore(of: Attempt, score: int | None = 90) -> Rescore:
    judged = AttemptScore(score, (CRITERION,), {"acknowledge": (1, 1)}, "Go on.", ("recital",))
    return Rescore(new_id(), of.id, NOON, "5ce7", "3f9a", "new", judged, {new_id(): card(score=score)})


def test_a_new_score_comes_back_as_it_was_and_the_old_one_stays(store: Store, ana: Person) -> None:
    of = finished(store, attempt(ana), 75)
    anew = rescore(of)
    assert store.add_rescore(anew)
    assert store.rescores(of.id) == [anew]
    assert [one.score for one in store.team_attempts()] == [75]
    kept = store.result(of.id)
    assert kept is not None
    assert kept.score == result(of, 75).score


def test_the_same_scorer_and_rubric_add_nothing_twice(store: Store, ana: Person) -> None:
    of = finished(store, attempt(ana))
    first = rescore(of)
    store.add_rescore(first)
    assert not store.add_rescore(replace(rescore(of), rescored_at=NOON + timedelta(days=1)))
    assert store.rescores(of.id) == [first]


def test_another_scorer_rubric_or_scenario_adds_a_line(store: Store, ana: Person) -> None:
    of = finished(store, attempt(ana))
    for anew in (
        rescore(of),
        replace(rescore(of), scorer_hash="x"),
        replace(rescore(of), rubric_hash="x"),
        replace(rescore(of), scenario_hash="x"),
    ):
        assert store.add_rescore(anew)
    assert len(store.rescores(of.id)) == 4


def test_another_model_adds_a_line_with_the_words_it_heard(store: Store, ana: Person) -> None:
    of = finished(store, attempt(ana))
    said = store.attempt(of.id).replies[0]
    heard = replace(said.transcript, model="small.en", sound=Sound((FilledPause(0.1, 0.3),), 4.0, None))
    better = replace(
        rescore(of), engine="faster-whisper", model="small.en", transcripts={said.id: heard}, cards={}
    )
    assert store.add_rescore(better)
    assert store.add_rescore(rescore(of))
    assert not store.add_rescore(replace(better, id=new_id()))
    assert store.rescores(of.id)[0] == better
    assert store.attempt(of.id).replies[0].transcript == said.transcript


def test_what_was_kept_before_words_were_is_kept_on(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = sqlite3.connect(path)
    db.executescript((Path(__file__).parent / "legacy" / "version_6.sql").read_text(encoding="utf-8"))
    (of,) = db.execute("SELECT attempt_id FROM results").fetchone()
    judged = AttemptScore(90, (CRITERION,), {"acknowledge": (1, 1)}, "Go on.", ())
    made = (new_id(), of, to_text(NOON), "5ce7", "3f9a", "new", 90, json.dumps(judged.as_json()), "{}")
    db.execute("INSERT INTO rescores VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", made)
    db.commit()
    db.close()
    with Store.open(path) as store:
        (kept,) = store.rescores(of)
    assert (kept.id, kept.score, kept.made_by) == (made[0], judged, ("", "", "5ce7", "3f9a", "new"))


def test_an_attempt_without_a_score_can_be_scored_anew(store: Store, ana: Person) -> None:
    of = attempt(ana)
    store.add_attempt(of)
    store.add_reply(reply(of))
    store.add_rescore(rescore(of, None))
    assert store.rescores(of.id)[0].score.score is None
    assert store.rescores(new_id()) == []
