"""`trainer calendar`: sessions and due dates, on the screen or as a file for a calendar."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.interchange.dates import Entry


def add_to(cli: typer.Typer) -> None:
    """Adds this file's command."""
    cli.command()(calendar)


def calendar(
    ics: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a calendar file; again brings it up to date.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show sessions, due dates and reviews: a rep's own, or the team's."""
    from trainer.commands.output import columns, counted, emit, say

    found, name = _entries()
    if ics is not None:
        _save(found, ics, name)
        say(f"{ics}: {counted(len(found), 'date')}.")
    elif as_json:
        emit({"entries": [_document(one) for one in found]})
    elif not found:
        say("No sessions and no due dates.")
    else:
        for line in columns([_row(one) for one in found]):
            say(line)


def _entries() -> "tuple[list[Entry], str]":
    from datetime import datetime

    from trainer.commands import options
    from trainer.interchange.dates import entries

    me = options.config()
    with options.store() as store:
        reader = store.person(me.name) if me.name else None
        own = reader if me.role == "rep" else None
        reps = [own] if own else store.people("rep") if me.role != "rep" else []
        name = f"Coaching of {own.name}" if own else "Coaching"
        return entries(store, reps, reader, datetime.now().astimezone()), name


def _save(found: "list[Entry]", file: Path, name: str) -> None:
    from trainer.errors import BadInputError
    from trainer.interchange.ics import calendar as made

    try:
        file.write_bytes(made(found, name))
    except OSError as error:
        raise BadInputError(f"{file}: can't be written ({error.strerror}). Name another file.") from error


def _row(one: "Entry") -> tuple[str, ...]:
    from datetime import datetime

    time = f"{one.starts:%H:%M}" if isinstance(one.starts, datetime) else ""
    return f"{one.day:%a %Y-%m-%d}", time, one.title, "" if one.state == "to come" else one.state


def _document(one: "Entry") -> dict[str, Any]:
    return {
        "uid": one.uid,
        "title": one.title,
        "starts": one.starts.isoformat(),
        "minutes": one.minutes,
        "state": one.state,
    }
