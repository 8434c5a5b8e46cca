"""`trainer models`: the recogniser's weights on this machine."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trainer.commands.options import Json

if TYPE_CHECKING:
    from models.installed import InstalledModel

cli = typer.Typer(help="List, fetch, add and remove the recogniser's models.", no_args_is_help=True)


@cli.command("list")
def list_models(as_json: Json = False) -> None:
    """List the models that are known and those that are here."""
    from models.choose import describe
    from models.installed import installed
    from trainer.commands import options
    from trainer.commands.output import columns, emit, say

    folder = options.paths().models
    settings = options.config()
    here = {one.name: one for one in installed(folder)}
    chosen = describe(settings.engine, settings.model, folder)
    rows = [
        {"name": name, "installed": name in here, "bytes": size, "note": note}
        for name, size, note in _all(here)
    ]
    if as_json:
        emit(
            {"folder": str(folder), "uses": {"engine": chosen.engine, "model": chosen.model}, "models": rows}
        )
        return
    for line in columns(
        [
            ("here" if name in here else "", name, f"{size / 1e6:.0f} MB", note)
            for name, size, note in _all(here)
        ]
    ):
        say(line)
    say(f"In use: {chosen.engine} {chosen.model}. {chosen.note}".rstrip())


def _all(here: "dict[str, InstalledModel]") -> list[tuple[str, int, str]]:
    """Name, bytes and note of the models that are known and of those that were added."""
    from models.catalogue import MODELS

    known = [
        (name, here[name].bytes if name in here else model.bytes, model.note)
        for name, model in MODELS.items()
    ]
    added = [(name, one.bytes, "added from a folder") for name, one in here.items() if name not in MODELS]
    return known + added


@cli.command()
def fetch(name: Annotated[str, typer.Argument(metavar="MODEL")] = "base.en") -> None:
    """Fetch a model's weights, once; a fetch that was cut off goes on where it stopped."""
    from models.fetch import fetch as fetch_model
    from trainer.commands import options
    from trainer.commands.output import Progress, note

    progress = Progress(f"Fetching {name}")
    fetch_model(name, options.paths().models, lambda done, total: progress(done / total if total else 0.0))
    progress(1.0)
    note(f"{name} is here.")


@cli.command()
def add(folder: Annotated[Path, typer.Argument(metavar="FOLDER")]) -> None:
    """Add a model from a folder copied from another machine."""
    from models.fetch import add as add_model
    from trainer.commands import options
    from trainer.commands.output import note
    from trainer.errors import command

    name = add_model(folder, options.paths().models).name
    note(f"{name} is here.")
    if name != options.config().model:
        note(f"To use it: {command(f'models use {name}')}")


@cli.command()
def use(name: Annotated[str, typer.Argument(metavar="MODEL")]) -> None:
    """Use a model that is here from now on."""
    from dataclasses import replace

    from models.installed import find
    from trainer.commands import options
    from trainer.commands.output import note
    from trainer.config import save
    from trainer.errors import BadInputError, command

    if find(name, options.paths().models) is None:
        raise BadInputError(f"{name}: not on this machine; `{command('models list')}` shows what is.")
    save(replace(options.config(), model=name, engine="auto"), options.paths().settings)
    note(f"{name} is used from now on.")


@cli.command()
def remove(name: Annotated[str, typer.Argument(metavar="MODEL")]) -> None:
    """Remove a model's weights from this machine."""
    from models.fetch import remove as remove_model
    from trainer.commands import options
    from trainer.commands.output import note

    remove_model(name, options.paths().models)
    note(f"{name} is gone from this machine.")
