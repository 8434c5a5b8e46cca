from datetime import UTC, datetime

from fsrs import Rating

from tests.coaching.test_mastery import READY, RULE, entry, state, tried
from trainer.coaching.reviews import due, rated
from trainer.store.coaching.ledger import Entry

SIGNED = entry("signed off", 7)


def comes_back(*entries: Entry) -> datetime:
    found = due(state(*entries), RULE)
    assert found is not None
    return found


def test_nothing_is_due_before_it_is_mastered() -> None:
    assert due(state(*READY), RULE) is None


def test_a_mastered_skill_comes_back_and_later_each_time_it_held() -> None:
    first = comes_back(*READY, SIGNED)
    assert first > SIGNED.written_at
    days = (first - SIGNED.written_at).days + 8
    review = tried(days, 90, "A")
    second = comes_back(*READY, SIGNED, review)
    assert second - review.written_at > first - SIGNED.written_at


def test_a_better_score_puts_it_off_further() -> None:
    good, easy = tried(12, 88, "A"), tried(12, 100, "A")
    assert comes_back(*READY, SIGNED, easy) > comes_back(*READY, SIGNED, good)


def test_a_failed_review_is_due_at_once() -> None:
    lapse = tried(12, 50, "A")
    assert comes_back(*READY, SIGNED, lapse) == lapse.written_at


def test_the_schedule_is_the_same_every_time() -> None:
    assert comes_back(*READY, SIGNED) == comes_back(*READY, SIGNED)
    assert comes_back(*READY, SIGNED).tzinfo is UTC


def test_scores_are_ratings_by_their_distance_from_the_pass_mark() -> None:
    assert [rated(score, RULE) for score in (79, 80, 85, 95)] == [
        Rating.Again,
        Rating.Hard,
        Rating.Good,
        Rating.Easy,
    ]
