"""A calendar file (RFC 5545) that any calendar takes in, and takes in again without doubling anything.

Times are in UTC, so that every calendar shows them in its reader's own zone; what is due has a day alone.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from trainer.interchange.dates import Entry

PRODUCT = "-//rep-trainer//coaching//EN"
DOMAIN = "rep-trainer.invalid"
"""Behind every id, as RFC 7986 asks for; .invalid belongs to nobody (RFC 2606)."""

CALLED_OFF = ("moved", "missed")


def calendar(entries: Iterable[Entry], name: str) -> bytes:
    """The file. The same entries give the same bytes."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    for one in entries:
        whole.add_component(_event(one))
    made: bytes = whole.to_ical()
    return made


def _event(one: Entry) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@{DOMAIN}")
    event.add("dtstamp", one.changed.astimezone(UTC))
    event.add("last-modified", one.changed.astimezone(UTC))
    event.add("sequence", one.revision)
    event.add("summary", one.title if one.state == "to come" else f"{one.title} ({one.state})")
    if isinstance(one.starts, datetime):
        starts = one.starts.astimezone(UTC)
        event.add("dtstart", starts)
        event.add("dtend", starts + timedelta(minutes=one.minutes or 0))
    else:
        event.add("dtstart", one.starts)
        event.add("dtend", one.starts + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # a due date keeps nobody from a meeting
    event.add("status", "CANCELLED" if one.state in CALLED_OFF else "CONFIRMED")
    if one.note:
        event.add("description", one.note)
    return event
