"""Which recogniser there is on this machine, and what to say of it."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.catalogue import DEFAULT, MODELS
from models.errors import RecogniserError, command
from models.installed import find, installed

if TYPE_CHECKING:
    from models.recogniser import Recogniser
    from models.window import Window

ENGINES = ("auto", "faster-whisper", "pocketsphinx")
"""What may be asked for; `auto` is faster-whisper where any weights are, else pocketsphinx."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The recogniser that would be used. `note` is what the user should know of it; empty if nothing.

    `ready` is False where none can be used; then `note` says what to do.
    """

    engine: str
    model: str
    rough: bool
    note: str
    ready: bool = True


def describe(engine: str, model: str, models_dir: Path) -> Choice:
    """What `recogniser` would give, found out by looking at files only (a millisecond)."""
    if engine not in ENGINES:
        return _none(engine, model, f"No engine is called {engine}; there are {', '.join(ENGINES)}.")
    if engine != "pocketsphinx":
        if find(model, models_dir):
            return Choice("faster-whisper", model, rough=False, note="")
        if engine == "faster-whisper":
            here = f"The weights of {model} are not on this machine."
            return _none(engine, model, f"{here} To fetch them: {_command(model)}")
        if others := installed(models_dir):
            best = max(others, key=lambda one: one.bytes).name
            note = f"The weights of {model} are not on this machine; {best} is used."
            return Choice("faster-whisper", best, rough=False, note=note)
    if importlib.util.find_spec("pocketsphinx") is None:
        return _none("pocketsphinx", "en-us", f"There is no recogniser on this machine yet. {_fetch(model)}")
    mend = "With --engine auto the real one is used." if installed(models_dir) else _fetch(model)
    note = f"Rough recogniser: good for trying the app, not for judging you. {mend}"
    return Choice("pocketsphinx", "en-us", rough=True, note=note)


def recogniser(engine: str, model: str, models_dir: Path, *, window: "Window" = "full") -> "Recogniser":
    """The recogniser that `describe` names, not loaded yet; RecogniserError with the mend if none."""
    from models.sphinx import Sphinx  # noqa: PLC0415  (numpy)
    from models.whisper import Whisper  # noqa: PLC0415

    choice = describe(engine, model, models_dir)
    if not choice.ready:
        raise RecogniserError(choice.note)
    if choice.engine == "pocketsphinx":
        return Sphinx()
    return Whisper(models_dir / choice.model, window=window)


def _fetch(model: str) -> str:
    return f"For the real one: {_command(model)}"


def _command(model: str) -> str:
    return command(f"models fetch {model if model in MODELS else DEFAULT}")


def _none(engine: str, model: str, note: str) -> Choice:
    return Choice(engine, model, rough=engine == "pocketsphinx", note=note, ready=False)
