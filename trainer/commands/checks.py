"""What `trainer doctor` looks at, each in a moment; what takes seconds is in `measuring`."""

import os
import platform
import shutil
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from trainer.config import Config, load
from trainer.errors import BadInputError, TrainerError
from trainer.paths import Paths

LEAST_FREE = 500_000_000
"""Bytes; a five-minute take is 10 MB before it is packed, and a fetched model up to some hundred."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: good (True), broken (False) or done without (None), and what would mend it.

    `figures` is what was measured, for programs; `table` the same for people.
    """

    id: str
    ok: bool | None
    what: str
    mend: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    table: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What it found, ready for JSON."""
        document = asdict(self)
        del document["table"]
        return document


def checks(paths: Paths) -> list[Check]:
    """Everything that a practice needs, looked at now."""
    settings, config = _settings(paths)
    return [
        _python(),
        settings,
        _folder(paths.data),
        _space(paths.data),
        _store(paths),
        _recogniser(paths, config),
        _names(paths),
        _microphone(),
        _voice(),
        _scenarios(paths),
        _terminal(),
    ]


def _settings(paths: Paths) -> tuple[Check, Config]:
    """A settings file that can't be used is one finding among others: the rest is looked at without it."""
    try:
        return Check("settings", True, f"Settings in {paths.settings}"), load(paths.settings)
    except BadInputError as error:
        return Check("settings", False, str(error)), Config()


def _python() -> Check:
    return Check(
        "python", True, f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    )


def _folder(folder: Path) -> Check:
    nearest = folder
    while not nearest.exists():
        nearest = nearest.parent
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return Check("folder", True, f"Everything is kept in {folder}")
    return Check(
        "folder",
        False,
        f"{nearest} can't be written to",
        "Make it writable, or set TRAINER_HOME to a folder that is.",
    )


def _space(folder: Path) -> Check:
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE:
        return Check("space", True, f"{free / 1e9:.0f} GB free for recordings")
    return Check(
        "space", False, f"Only {free / 1e6:.0f} MB free for recordings", "Free some space on that disk."
    )


def _store(paths: Paths) -> Check:
    if not paths.database.exists():
        return Check("store", True, "No practice logged yet")
    from trainer.store import Store

    try:
        with Store.open(paths.database) as store:
            return Check("store", True, f"Database in order, {len(store.people())} people")
    except TrainerError as error:
        return Check("store", False, str(error))


def _recogniser(paths: Paths, config: Config) -> Check:
    from models.choose import describe
    from models.recogniser import RecogniserError

    try:
        choice = describe(config.engine, config.model, paths.models)
    except RecogniserError as error:
        return Check("recogniser", False, str(error))
    what = f"Recogniser: {choice.engine} {choice.model}".rstrip()
    return Check("recogniser", None if choice.rough else True, what, choice.note)


def _names(paths: Paths) -> Check:
    from trainer.team_names import team_names

    try:
        names = team_names(paths.names)
    except BadInputError as error:
        return Check("names", False, str(error))
    what = f"{len(names)} names and products in {paths.names}" if names else "No names of the team's own"
    return Check(
        "names", True, what, "" if names else f"To have some expected, write one a line: {paths.names}"
    )


def _microphone() -> Check:
    from trainer.audio.devices import status

    found = status()
    return Check("microphone", bool(found.microphones) or None, found.message)


def _voice() -> Check:
    from models.voice import find

    voice = find()
    if voice is None:
        return Check(
            "voice", None, "No speech synthesiser: the prospect's lines are only shown", _voice_mend()
        )
    return Check("voice", True, f"The prospect speaks through {voice.name}")


def _voice_mend() -> str:
    return "Install espeak-ng, for example: sudo apt-get install espeak-ng" if sys.platform == "linux" else ""


def _scenarios(paths: Paths) -> Check:
    from scenarios.loader import ScenarioError, usable

    try:
        found, left_out = usable()
    except ScenarioError as error:
        return Check("scenarios", False, str(error))
    if left_out:
        return Check("scenarios", None, f"{len(found)} scenarios, {len(left_out)} left out", f"{left_out[0]}")
    return Check("scenarios", True, f"{len(found)} scenarios", f"Your own go here: {paths.scenarios}")


def _terminal() -> Check:
    width, height = shutil.get_terminal_size((0, 0))
    if not sys.stdout.isatty():
        return Check("terminal", None, "Not on a terminal: the app needs one")
    if width < 80 or height < 24:
        return Check("terminal", None, f"The terminal is {width}x{height}", "80x24 shows every screen whole.")
    return Check("terminal", True, f"Terminal of {width}x{height}")
