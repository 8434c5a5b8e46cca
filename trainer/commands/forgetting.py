"""`trainer forget`: erases a person."""

import sys
from typing import Annotated

import typer

from trainer.commands.options import Json


def add_to(cli: typer.Typer) -> None:
    """Adds this file's commands."""
    cli.command()(forget)


def forget(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="A rep or a manager, by name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Erase a person for good: recordings, words, scores, plans; says what can't be reached."""
    from dataclasses import replace

    from trainer.commands import options
    from trainer.commands.output import counted, emit, note, say
    from trainer.config import save
    from trainer.errors import BadInputError, command
    from trainer.practice.forgetting import UNREACHED
    from trainer.practice.forgetting import forget as erase

    with options.store() as store:
        found = store.person(person)
        if found is None:
            raise BadInputError(f"{person}: nobody of that name is here; see `{command('team')}`.")
        if not yes:
            _sure(found.name)
        went = erase(store, found, options.paths().takes)
    me = options.config()
    if me.name.casefold() == found.name.casefold():
        save(replace(me, name="", role=None), options.paths().settings)
    rows = sum(went.rows.values())
    if as_json:
        emit({"name": went.name, "recordings": went.recordings, "rows": went.rows, "not_reached": UNREACHED})
        return
    say(f"{went.name} is erased: {counted(went.recordings, 'recording')}, {counted(rows, 'row')}.")
    note("Not reached from here:")
    for one in UNREACHED:
        note(f"  - {one}")


def _sure(name: str) -> None:
    from trainer.errors import BadInputError

    if not sys.stdin.isatty():
        raise BadInputError(f"forget {name}: nobody can be asked here; add --yes.")
    said = typer.prompt(f"Everything of {name} goes for good. Type the name to go on", err=True)
    if " ".join(said.split()).casefold() != name.casefold():
        raise BadInputError("That is another name; nothing was erased.")
