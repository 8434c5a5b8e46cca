from datetime import UTC, date, datetime

import pytest

from trainer.app import words

NOW = datetime(2026, 11, 13, 12, tzinfo=UTC)  # a Friday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("today", date(2026, 11, 13)),
        ("Tomorrow", date(2026, 11, 14)),
        ("monday", date(2026, 11, 16)),
        ("fri", date(2026, 11, 20)),
        (" 2026-12-24 ", date(2026, 12, 24)),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert words.read_day(typed, NOW) == day


@pytest.mark.parametrize("typed", ["soon", "24.12.", "mo", "2026-02-30", "yesterday", "2026-11-12"])
def test_what_is_no_day_to_come_is_refused_with_what_would_do(typed: str) -> None:
    with pytest.raises(ValueError, match="tomorrow"):
        words.read_day(typed, NOW)


@pytest.mark.parametrize("typed", ["", "0", "101", "-1", "8o", "²"])
def test_a_target_is_a_score(typed: str) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        words.read_target(typed)


def test_figures_leave_out_what_was_not_measured() -> None:
    spoken = {
        "words": 40,
        "pace_wpm": 148.4,
        "fillers": {"count": 1},
        "response_latency": 0.82,
        "questions": {"open": 1, "closed": 2},
    }
    assert words.figures(spoken) == "148 wpm · 1 filler · answered after 0.8 s · 1 open, 2 closed questions"
    typed = {"words": 1, "pace_wpm": None, "fillers": {"count": 0}, "response_latency": None, "questions": {}}
    assert words.figures(typed) == "1 word · 0 fillers · no question"


def test_levels() -> None:
    assert words.level(-18.2) == "−18 dBFS"
    assert words.level(0.2) == "0 dBFS"
    assert words.level(float("-inf")) == "silent"


def test_a_trend_needs_two_scores() -> None:
    assert words.trend([50]) == ""
    assert words.trend([10, 90]).endswith("10 → 90")


def test_overdue_and_no_day() -> None:
    assert words.due(None, NOW) == ""
    assert "tomorrow" in words.due(date(2026, 11, 14), NOW)
    assert "late" in words.due(date(2026, 11, 12), NOW)


def test_clock() -> None:
    assert words.clock(67.9) == "1:07"


def test_the_day_that_shows_how_days_are_written_is_one_to_come() -> None:
    assert words.in_a_week(NOW) == date(2026, 11, 20)
    with pytest.raises(ValueError, match="write 2031-01-08,"):
        words.read_day("soon", datetime(2031, 1, 1, 12, tzinfo=UTC))
