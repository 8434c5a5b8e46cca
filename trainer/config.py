"""The settings file: read with care, written whole or not at all."""

import tomllib
from pathlib import Path
from typing import Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trainer.errors import BadInputError

Role = Literal["rep", "manager"]


class Config(BaseModel):
    """What the user chose. Every field has a default, so an absent file is a valid one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(default="", max_length=80)
    role: Role | None = None
    engine: Literal["auto", "faster-whisper", "pocketsphinx"] = "auto"
    model: str = "base.en"
    speak: bool = True
    theme: str = "rep-dark"
    microphone: str = ""
    keymap: dict[str, str] = Field(default_factory=dict)


def load(path: Path) -> Config:
    """The settings in `path`, the defaults if there is no such file; BadInputError names a wrong line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path}: can't be read ({error}). Mend it or move it away.") from error
    try:
        return Config(**tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{path}: {error}. Mend that line or move the file away.") from error
    except (ValidationError, TypeError) as error:
        raise BadInputError(f"{path}: {_first(error)}. Mend that line or move the file away.") from error


def save(config: Config, path: Path) -> None:
    """Writes the settings beside `path` and moves them over it."""
    text = tomli_w.dumps(config.model_dump(exclude_none=True))
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise BadInputError(f"{path}: the settings can't be written ({error.strerror}).") from error


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg'].lower()}"
