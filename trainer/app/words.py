"""Dates, times, scores and figures as a person would say them; pure text, no Textual."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from trainer.coaching import wording
from trainer.coaching.trend import sparkline
from trainer.config import LONGEST_WEEK

MINUS = "\N{MINUS SIGN}"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def day(when: datetime, now: datetime) -> str:
    """A past moment: 'today', 'yesterday', 'Mon', '13 Nov'."""
    return wording.past(when.astimezone().date(), now.astimezone().date())


def due(when: date | None, now: datetime) -> str:
    """'due tomorrow', '2 days late', or nothing where no day was named."""
    return "" if when is None else wording.due(when, now.astimezone().date())


def session(starts_at: datetime | None, now: datetime) -> str:
    """When a session is: 'session tomorrow 14:00', 'session Thu 3 Dec 14:00', or nothing without one."""
    if starts_at is None:
        return ""
    starts, today = starts_at.astimezone(), now.astimezone().date()
    left = (starts.date() - today).days
    day = wording.coming(starts.date(), today) if 0 <= left < 2 else wording.named(starts.date(), today)
    return f"session {day} {starts:%H:%M}"


def read_day(text: str, now: datetime) -> date | None:
    """A day as somebody types it: a date, today, tomorrow, a weekday (the next one), or nothing.

    ValueError with what would have been understood.
    """
    word = text.strip().lower()
    if not word:
        return None
    today = now.astimezone().date()
    if word in ("today", "tomorrow"):
        return today + timedelta(days=word == "tomorrow")
    for index, name in enumerate(WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return today + timedelta(days=(index - today.weekday() - 1) % 7 + 1)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = date.min
    if day < today:
        raise ValueError(
            f"{text.strip()!r} is no day to come: write {in_a_week(now)}, tomorrow or a weekday."
        )
    return day


def read_moment(text: str, now: datetime) -> datetime:
    """A day and a time to come as somebody types them: "Thu 14:00", "tomorrow 9:30", "2026-11-26 14:00".

    ValueError with what would have been understood.
    """
    day_text, _, clock_text = text.strip().rpartition(" ")
    try:
        at = time.fromisoformat(clock_text and clock_text.zfill(5 if ":" in clock_text else 2))
    except ValueError:
        raise ValueError(
            f"{text.strip()!r} is no day and time: write Thu 14:00, or {in_a_week(now)} 14:00."
        ) from None
    day = read_day(day_text or "today", now)
    assert day is not None  # noqa: S101 - a text that is not empty is a day or an error
    moment = datetime.combine(day, at).astimezone()
    if moment <= now:
        raise ValueError(f"{text.strip()!r} is over; name a day and time to come.")
    return moment


def in_a_week(now: datetime) -> date:
    """A day to come, to show how days are written."""
    return now.astimezone().date() + timedelta(days=7)


def read_target(text: str) -> int:
    """A score to reach, 1 to 100; ValueError with what would have been understood."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 100:
        raise ValueError("The target is a score from 1 to 100.")
    return int(text)


def read_minutes(text: str) -> int:
    """Minutes of a week, 0 to 2400; ValueError with what would have been understood."""
    if not (text.isascii() and text.isdecimal()) or int(text) > LONGEST_WEEK:
        raise ValueError(f"Minutes are a whole number, 0 to {LONGEST_WEEK}.")
    return int(text)


def clock(seconds: float) -> str:
    """Seconds as 0:07."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def score(value: int | None) -> str:
    """A score, or a dash where nothing could be assessed."""
    return "–" if value is None else str(value)


def level(dbfs: float) -> str:
    """A level as the meter shows it: −18 dBFS, or 'silent' below what 16 bits hold."""
    return "silent" if dbfs < -90 else f"{MINUS if dbfs < 0 else ''}{abs(round(dbfs))} dBFS"


def count(number: int, one: str, many: str | None = None) -> str:
    """'1 filler', '2 fillers'."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def figures(delivery: Mapping[str, Any]) -> str:
    """The delivery figures in one line; what was not measured (a typed reply has no times) is left out."""
    latency, pace, spoken = (delivery.get(name) for name in ("response_latency", "pace_wpm", "words"))
    said = [
        f"{round(pace)} wpm" if pace else count(spoken, "word") if spoken else "",
        _fillers(delivery),
        f"answered after {latency:.1f} s" if latency is not None else "",
        _questions(delivery.get("questions") or {}),
    ]
    return " · ".join(part for part in said if part)


def _fillers(delivery: Mapping[str, Any]) -> str:
    """Those in the sound are a least: some are missed, hardly one is counted that is none."""
    heard = (delivery.get("fillers") or {}).get("count")
    found = (delivery.get("filled_pauses") or {}).get("in_sound") or 0
    return "" if heard is None else f"{'at least ' if found else ''}{count(heard + found, 'filler')}"


def _questions(asked: Mapping[str, int]) -> str:
    kinds = [(asked[kind], kind) for kind in ("open", "closed") if asked.get(kind)]
    numbers = ", ".join(f"{number} {kind}" for number, kind in kinds)
    return f"{numbers} question{'' if kinds[-1][0] == 1 else 's'}" if kinds else "no question"


def skill(slug: str) -> str:
    """'price-objection' as 'Price objection'."""
    return slug.replace("-", " ").capitalize()


def trend(scores: Sequence[int]) -> str:
    """A sparkline with where it began and where it is: '▂▄▆ 48 → 82'; nothing for fewer than two scores."""
    return f"{sparkline(scores)}  {scores[0]} → {scores[-1]}" if len(scores) > 1 else ""


def origin(shelf: str) -> str:
    """Whose a scenario is, for a column: "" for the library's, "own", or the name of its pack."""
    kind, _, rest = shelf.partition(" ")
    return rest.rpartition(" ")[0] if kind == "pack" else kind


_ACTIVITIES = {
    "opening": "Getting in",
    "qualification": "Finding out",
    "objection": "Objections",
    "value": "What it is worth",
    "negotiation": "Terms",
    "account": "Customers",
    "inside": "With your own manager",
}


def activity(kind: str | None) -> str:
    """A kind of talk as a heading."""
    return _ACTIVITIES.get(kind or "", "Others")
