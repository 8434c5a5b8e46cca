from datetime import date

import pytest

from trainer.coaching import wording

WEDNESDAY = date(2025, 11, 12)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "no due date"),
        (date(2025, 11, 12), "due today"),
        (date(2025, 11, 13), "due tomorrow"),
        (date(2025, 11, 14), "due Fri"),
        (date(2025, 11, 18), "due Tue"),
        (date(2025, 11, 19), "due in 7 days"),
        (date(2025, 11, 24), "due in 12 days"),
        (date(2025, 11, 11), "1 day late"),
        (date(2025, 11, 10), "2 days late"),
    ],
)
def test_when_something_is_due(day: date | None, words: str) -> None:
    assert wording.due(day, WEDNESDAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 11, 12), "today"),
        (date(2025, 11, 11), "yesterday"),
        (date(2025, 11, 10), "Mon"),
        (date(2025, 11, 6), "Thu"),
        (date(2025, 11, 5), "5 Nov"),
        (date(2024, 12, 31), "31 Dec 2024"),
        (date(2025, 11, 13), "today"),
    ],
)
def test_when_something_was(day: date, words: str) -> None:
    assert wording.past(day, WEDNESDAY) == words
