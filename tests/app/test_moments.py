"""Days with times as people type them, and sessions as they are said."""

from datetime import datetime

import pytest

from trainer.app import words

NOW = datetime(2026, 11, 26, 9, 30).astimezone()  # a Thursday


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Thu 14:00", datetime(2026, 12, 3, 14)),
        ("friday 9:05", datetime(2026, 11, 27, 9, 5)),
        ("tomorrow 14", datetime(2026, 11, 27, 14)),
        ("today 14:00", datetime(2026, 11, 26, 14)),
        ("14:00", datetime(2026, 11, 26, 14)),
        ("2026-12-24 08:00", datetime(2026, 12, 24, 8)),
    ],
)
def test_a_day_and_a_time_as_people_type_them(text: str, means: datetime) -> None:
    assert words.read_moment(text, NOW) == means.astimezone()


@pytest.mark.parametrize("text", ["", "soon", "Thu", "2026-12-24", "Thu 25:00", "someday 14:00"])
def test_what_is_none_says_what_would_be(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        words.read_moment(text, NOW)


def test_a_time_that_is_over_is_none_to_come() -> None:
    with pytest.raises(ValueError, match="is over"):
        words.read_moment("today 9:00", NOW)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 26, 14), "session today 14:00"),
        (datetime(2026, 11, 27, 14), "session tomorrow 14:00"),
        (datetime(2026, 12, 3, 9, 5), "session Thu 3 Dec 09:05"),
        (datetime(2026, 11, 25, 14), "session Wed 25 Nov 14:00"),
    ],
)
def test_when_a_session_is(at: datetime, said: str) -> None:
    assert words.session(at.astimezone(), NOW) == said


def test_no_session_is_said_by_nothing() -> None:
    assert words.session(None, NOW) == ""


@pytest.mark.parametrize(("text", "minutes"), [("0", 0), ("120", 120), ("2400", 2400)])
def test_minutes_of_a_week(text: str, minutes: int) -> None:
    assert words.read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "-5", "2401", "two hours", "²"])
def test_minutes_that_are_none(text: str) -> None:
    with pytest.raises(ValueError, match="0 to 2400"):
        words.read_minutes(text)
