"""Options that several commands share, and the parts of the program they stand for."""

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.recogniser import Recogniser
    from models.window import Window
    from trainer.config import Config
    from trainer.paths import Paths
    from trainer.store import Store
    from trainer.store.records import Person, Role

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Engine = Annotated[
    str | None, typer.Option(help="faster-whisper or pocketsphinx; otherwise the best that is there.")
]
Model = Annotated[str | None, typer.Option(help="The model of that engine, for example base.en.")]

ENGINES = ("auto", "faster-whisper", "pocketsphinx")


def paths() -> "Paths":
    """The folders of this profile."""
    from trainer.paths import Paths

    return Paths.of_user()


def config() -> "Config":
    """The settings of this profile."""
    from trainer.config import load

    return load(paths().settings)


@contextmanager
def store() -> "Iterator[Store]":
    """The store of this profile, closed at the end."""
    from trainer.store import Store

    with Store.open(paths().database) as opened:
        yield opened


def recogniser(engine: str | None, model: str | None, *, window: "Window | None" = None) -> "Recogniser":
    """The recogniser that was asked for, else the one of the settings."""
    from models.choose import recogniser as choose
    from models.named import Named
    from trainer.errors import BadInputError
    from trainer.team_names import team_names

    settings = config()
    wanted = engine or ("faster-whisper" if model else settings.engine)
    if wanted not in ENGINES:
        raise BadInputError(
            f"--engine {wanted}: there is no such engine; use one of {', '.join(ENGINES[1:])}."
        )
    heard = choose(wanted, model or settings.model, paths().models, window=window or settings.window)
    names = team_names(paths().names)
    return Named(heard, names) if names else heard


def person(opened: "Store", name: str, role: "Role") -> "Person":
    """The person of that name, added if new; BadInputError where it looks like a slip of the pen."""
    from difflib import get_close_matches

    from trainer.commands.output import note
    from trainer.errors import BadInputError

    if not name.strip():
        raise BadInputError("A person needs a name.")
    if known := opened.person(name):
        return known
    names = {one.name.casefold(): one.name for one in opened.people()}
    if close := get_close_matches(name.casefold(), names, n=1, cutoff=0.8):
        raise BadInputError(f"{name}: nobody of that name practises here; did you mean {names[close[0]]}?")
    note(f"{name} is new here and was added as a {role}.")
    return opened.add_person(name, role)


def existing(files: list[Path]) -> list[Path]:
    """The files, if all are there; BadInputError names the first that is not."""
    from trainer.errors import BadInputError

    for file in files:
        if not file.exists():
            raise BadInputError(f"{file}: there is no such file; check the path.")
    return files
