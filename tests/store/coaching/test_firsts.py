from datetime import timedelta

from scoring.scorecard import AttemptScore, CriterionResult
from tests.store.records import NOON, attempt, finished, result
from trainer.store import Store
from trainer.store.coaching.firsts import First
from trainer.store.records import Person, Result

LATER, LAST = NOON + timedelta(days=1), NOON + timedelta(days=9)


def test_the_first_assessed_attempt_of_each_person_counts_and_whose_it_is_stays_out(
    store: Store, ana: Person
) -> None:
    finished(store, attempt(ana, started_at=LATER, form="B"), 90)
    finished(store, attempt(ana, started_at=NOON, form="A"), 40)
    finished(store, attempt(store.add_person("Ben", "rep"), started_at=LAST), 70)
    assert store.firsts.all() == [
        First("price-20-percent", "A", "5ce7", "3f9a", 40, 90, 2),
        First("price-20-percent", "A", "5ce7", "3f9a", 70, 70, 1),
    ]
    assert store.firsts.people() == 2


def test_each_scenario_has_a_first_of_its_own(store: Store, ana: Person) -> None:
    finished(store, attempt(ana), 40)
    finished(store, attempt(ana, scenario="gone-quiet", started_at=LATER), 50)
    assert [(one.scenario, one.score, one.tried) for one in store.firsts.all()] == [
        ("price-20-percent", 40, 1),
        ("gone-quiet", 50, 1),
    ]


def test_warm_ups_and_what_was_left_count_for_nothing_even_when_shared(store: Store, ana: Person) -> None:
    store.privacy.share(finished(store, attempt(ana, kind="warm-up"), 10).id)
    store.add_attempt(attempt(ana))
    assert store.firsts.all() == []
    assert store.firsts.practised(NOON) == []
    assert store.firsts.people() == 0


def test_a_first_attempt_without_a_score_is_the_first_all_the_same(store: Store, ana: Person) -> None:
    finished(store, attempt(ana), None)
    finished(store, attempt(ana, started_at=LATER), 90)
    (found,) = store.firsts.all()
    assert (found.score, found.best, found.tried) == (None, 90, 2)


def test_two_that_began_in_the_same_moment_are_still_one_first(store: Store, ana: Person) -> None:
    for score in (40, 50):
        finished(store, attempt(ana), score)
    (found,) = store.firsts.all()
    assert found.score in (40, 50) and found.tried == 2


def test_the_verdicts_of_the_whole_attempt_come_with_it_where_they_are_asked_for(
    store: Store, ana: Person
) -> None:
    one = attempt(ana)
    store.add_attempt(one)
    judged = tuple(
        CriterionResult(name, "gives_evidence", met, 2, (), "")
        for name, met in (("evidence", True), ("check-back", None), ("acknowledge", False))
    )
    store.finish(Result(one.id, LATER, AttemptScore(50, judged, {}, "", ())))
    (found,) = store.firsts.all(verdicts=True)
    assert found.verdicts == (("evidence", True), ("check-back", None), ("acknowledge", False))
    assert store.firsts.all()[0].verdicts == ()


def test_how_often_a_scenario_was_practised_and_lately(store: Store, ana: Person) -> None:
    for day in (NOON, LATER, LAST):
        finished(store, attempt(ana, started_at=day))
    (found,) = store.firsts.practised(LATER)
    assert (found.first, found.last, found.attempts, found.lately) == (NOON, LAST, 3, 2)


def test_who_was_erased_is_in_no_figure(store: Store, ana: Person) -> None:
    finished(store, attempt(ana))
    store.privacy.erase(ana.id)
    assert (store.firsts.all(), store.firsts.people()) == ([], 0)


def test_a_result_that_comes_before_an_older_one_does_not_stay_the_first(store: Store, ana: Person) -> None:
    """As records of another machine may come: what was begun first is the first."""
    newer, older = attempt(ana, started_at=LATER), attempt(ana, started_at=NOON)
    store.add_attempt(newer)
    store.finish(result(newer, 80))
    store.add_attempt(older)
    store.finish(result(older, 30))
    assert [one.score for one in store.firsts.all()] == [30]
