from tests.store.records import NOON
from trainer.coaching.awareness import Awareness, awareness, by_criterion
from trainer.store.coaching.notes import SelfMark


def mark(said: bool, verdict: bool | None, criterion: str = "check") -> SelfMark:
    return SelfMark("r", "price-objection", criterion, said, verdict, NOON)


def test_marks_are_counted_as_the_verdict_or_as_kinder_or_harder() -> None:
    found = awareness([mark(True, True), mark(False, False), mark(True, False), mark(False, True)])
    assert found == Awareness(agreed=2, compared=4, too_kind=1, too_hard=1)
    assert found.share == 0.5


def test_what_could_not_be_judged_is_compared_with_nothing() -> None:
    assert awareness([mark(True, None)]) is None
    assert awareness([mark(True, None), mark(True, True)]) == Awareness(1, 1, 0, 0)
    assert awareness([]) is None


def test_criteria_that_differ_most_come_first() -> None:
    marks = [mark(True, True, "evidence"), mark(True, False), mark(True, True), mark(True, None, "gone")]
    assert by_criterion(marks) == {
        ("price-objection", "check"): Awareness(1, 2, 1, 0),
        ("price-objection", "evidence"): Awareness(1, 1, 0, 0),
    }
    assert list(by_criterion(marks)) == [("price-objection", "check"), ("price-objection", "evidence")]
