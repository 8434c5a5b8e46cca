"""Times as text that sorts: UTC, microseconds, always the same length."""

from datetime import UTC, date, datetime


def to_text(moment: datetime) -> str:
    """An aware datetime as `2025-11-13T09:00:00.000000Z`; ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def to_time(text: str) -> datetime:
    """The aware datetime that `to_text` wrote."""
    return datetime.fromisoformat(text)


def to_date(text: str | None) -> date | None:
    """A day that was kept as `2025-11-13`."""
    return None if text is None else date.fromisoformat(text)
