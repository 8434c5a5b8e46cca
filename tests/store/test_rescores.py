from dataclasses import replace
from datetime import timedelta

from scoring.scorecard import AttemptScore
from tests.store.records import CRITERION, NOON, attempt, card, finished, reply, result
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Person
from trainer.store.rescores import Rescore


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


def test_an_attempt_without_a_score_can_be_scored_anew(store: Store, ana: Person) -> None:
    of = attempt(ana)
    store.add_attempt(of)
    store.add_reply(reply(of))
    store.add_rescore(rescore(of, None))
    assert store.rescores(of.id)[0].score.score is None
    assert store.rescores(new_id()) == []
