"""Days in the words people use. Every function is told what today is."""

from datetime import date

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def due(day: date | None, today: date) -> str:
    """When something is due: "due tomorrow", "due Fri", "due in 12 days", "2 days late", "no due date"."""
    if day is None:
        return "no due date"
    left = (day - today).days
    return f"{_days(-left)} late" if left < 0 else f"due {coming(day, today)}"


def coming(day: date, today: date) -> str:
    """A day from today on: "today", "tomorrow", a weekday within six days, then "in 12 days"."""
    left = (day - today).days
    if left < 2:
        return ("today", "tomorrow")[left]
    return _WEEKDAYS[day.weekday()] if left < 7 else f"in {left} days"


def named(day: date, today: date) -> str:
    """Any day by its name: "Fri 21 Nov", with the year where it is another one."""
    said = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def past(day: date, today: date) -> str:
    """A day up to today: "today", "yesterday", a weekday within six days, "13 Nov", "13 Nov 2024"."""
    ago = (today - day).days
    if ago < 1:
        return "today"
    if ago < 7:
        return "yesterday" if ago == 1 else _WEEKDAYS[day.weekday()]
    named = f"{day.day} {_MONTHS[day.month - 1]}"
    return named if day.year == today.year else f"{named} {day.year}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
