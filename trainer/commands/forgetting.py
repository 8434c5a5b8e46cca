"""`trainer forget`: erases a person."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from trainer.store import Store
    from trainer.store.records import Person


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
        away = _out_of_the_team(store, found)
        went = erase(store, found, options.paths().takes)
    me = options.config()
    if me.name.casefold() == found.name.casefold():
        save(replace(me, name="", role=None), options.paths().settings)
    rows = sum(went.rows.values())
    if as_json:
        emit(
            {
                "name": went.name,
                "recordings": went.recordings,
                "rows": went.rows,
                "not_reached": [*UNREACHED, *away],
            }
        )
        return
    say(f"{went.name} is erased: {counted(went.recordings, 'recording')}, {counted(rows, 'row')}.")
    note("Not reached from here:")
    for one in (*UNREACHED, *away):
        note(f"  - {one}")


def _out_of_the_team(store: "Store", person: "Person") -> list[str]:
    """Undoes what the team has of a person as far as this machine can; what is left to others."""
    from trainer.commands import options
    from trainer.commands.output import note
    from trainer.errors import command

    config, paths = options.config(), options.paths()
    erasing = f"the team's server: its administrator runs `{command('team admin remove NAME --erase')}`"
    member = store.exchange.me()
    if config.team and member and member.id == person.id:
        from trainer.team.parting import part
        from trainer.team.recordings import Post, place_of

        note("The team's storage first, then this machine.")
        part(store, config, paths.settings, Post(store, paths.takes, place_of(config), keep_days=0))
        return [erasing]
    if member is not None:
        return [f"{erasing}; until then a sync brings back what is of your reports"]
    if store.exchange.recordings.stored_of(person.id):
        return [erasing, "recordings in the team's storage, for this machine has left the team"]
    return []


def _sure(name: str) -> None:
    from trainer.errors import BadInputError

    if not sys.stdin.isatty():
        raise BadInputError(f"forget {name}: nobody can be asked here; add --yes.")
    said = typer.prompt(f"Everything of {name} goes for good. Type the name to go on", err=True)
    if " ".join(said.split()).casefold() != name.casefold():
        raise BadInputError("That is another name; nothing was erased.")
