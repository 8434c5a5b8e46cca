"""`trainer export`: everything that whoever uses this profile may see, as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.config import Config
    from trainer.interchange.tables import Asker
    from trainer.store import Store


def add_to(cli: typer.Typer) -> None:
    """Adds this file's command."""
    cli.command()(export)


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder; made if it is not there.")],
    xapi_home: Annotated[
        str | None, typer.Option(metavar="URL", help="The system that accounts in xAPI belong to.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write all you may see as CSV and JSON lines, and as xAPI statements for a learning record store."""
    from trainer.commands import looking, options
    from trainer.commands.output import columns, emit, say
    from trainer.errors import BadInputError
    from trainer.interchange.sheets import write_lines, write_tables
    from trainer.interchange.tables import tables
    from trainer.interchange.xapi import HOME, statements

    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder}: is a file; name a folder.")
    me = options.config()
    with options.store() as store:
        asker = asking(store, me)
        told = statements(asker, xapi_home or HOME)
        counts = {"xapi": write_lines(folder / "xapi.jsonl", told)}
        looking.log(store, me, list(asker.reps), "export")
        counts = {**write_tables(folder, tables(asker)), **counts}
    if as_json:
        emit({"folder": str(folder), "rows": counts})
        return
    for line in columns(list(counts.items())):
        say(line)


def asking(store: "Store", me: "Config") -> "Asker":
    """What whoever uses this profile may see."""
    from trainer.interchange.tables import Asker

    own = store.person(me.name) if me.role == "rep" else None
    reps = [own] if own else store.people("rep") if me.role != "rep" else []
    listed = store.attempts if own else store.team_attempts

    def attempts(rep_id: str) -> list[str]:
        return [one.attempt.id for one in reversed(listed(rep_id=rep_id))]

    return Asker(store, own, reps, attempts, store.attempt if own else store.team_attempt)
