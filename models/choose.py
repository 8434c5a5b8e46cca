"""Which recogniser there is on this machine, and what to say of it."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import RecogniserError
from models.installed import InstalledModel, find

if TYPE_CHECKING:
    from models.recogniser import Recogniser

ENGINES = ("auto", "faster-whisper", "pocketsphinx")
"""What may be asked for; `auto` is faster-whisper where its weights are, else pocketsphinx."""


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
    weights = find(model, models_dir)
    if engine not in ENGINES:
        return _unusable(engine, model, f"No engine is called {engine}; there are {', '.join(ENGINES)}.")
    if engine != "pocketsphinx" and weights:
        return Choice("faster-whisper", weights.name, rough=False, note="")
    if engine == "faster-whisper":
        return _unusable(engine, model, f"The weights of {model} are not on this machine. {_fetch(model)}")
    if not _has_pocketsphinx():
        note = f"There is no recogniser on this machine yet. {_fetch(model)}"
        return _unusable("pocketsphinx", "en-us", note)
    return Choice("pocketsphinx", "en-us", rough=True, note=_rough_note(model, weights))


def recogniser(engine: str, model: str, models_dir: Path) -> "Recogniser":
    """The recogniser that `describe` names, not loaded yet; RecogniserError with the mend if none."""
    from models.sphinx import Sphinx  # noqa: PLC0415  (numpy)
    from models.whisper import Whisper  # noqa: PLC0415

    choice = describe(engine, model, models_dir)
    if not choice.ready:
        raise RecogniserError(choice.note)
    return Sphinx() if choice.rough else Whisper(models_dir / choice.model)


def _rough_note(model: str, weights: InstalledModel | None) -> str:
    mend = "Choose faster-whisper in the settings." if weights else _fetch(model)
    return f"Rough recogniser: good for trying the app, not for judging you. {mend}"


def _fetch(model: str) -> str:
    return f"For the real one: trainer models fetch {model}"


def _unusable(engine: str, model: str, note: str) -> Choice:
    return Choice(engine, model, rough=engine == "pocketsphinx", note=note, ready=False)


def _has_pocketsphinx() -> bool:
    return importlib.util.find_spec("pocketsphinx") is not None
