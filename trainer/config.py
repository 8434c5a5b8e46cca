"""The settings file: read with care, written whole or not at all."""

# No pydantic here, unlike for other things that come from outside: it would double the time to the first
# screen.
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

from trainer.errors import BadInputError

Role = Literal["rep", "manager"]
Engine = Literal["auto", "faster-whisper", "pocketsphinx"]
Window = Literal["full", "short"]

LONGEST_NAME = 80
LONGEST_ADDRESS = 500
LONGEST_WEEK = 2400
"""Minutes: forty hours."""
END_PAUSES = (0.5, 5.0)
"""Seconds; people pause for 0.3 s ten times a minute while they speak, and for 1.2 s hardly ever."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the user chose. Every field has a default, so an absent file is a valid one.

    `end_pause`: seconds of pause that end a reply, 0 for the key alone. `preroll`: whether the microphone is
    open before a reply, so that its first word is never cut. `window`: how much Whisper looks at at once.
    `keep_days`: after how many days recordings are deleted, 0 for never. `coaching_minutes`: what a manager
    has a week for coaching, without the sessions that are fixed. `mark_self`: whether a rep marks their own
    reply before they see the verdicts. `team`: the address of the team's server, without a password.
    `recordings`: the URL of the team's place for recordings, as its server said last; "" and they stay here.
    """

    name: str = ""
    role: Role | None = None
    engine: Engine = "auto"
    model: str = "base.en"
    speak: bool = True
    theme: str = "rep-dark"
    microphone: str = ""
    end_pause: float = 0.0
    preroll: bool = True
    window: Window = "full"
    keep_days: int = 90
    coaching_minutes: int = 40
    mark_self: bool = True
    team: str = ""
    recordings: str = ""
    keymap: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Config:
    """The settings in `path`, the defaults if there is no such file; BadInputError names a wrong line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path}: can't be read ({error}). Mend it or move it away.") from error
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInputError(f"{path}: {error}. Mend that line or move the file away.") from error
    if wrong := _wrong(given):
        raise BadInputError(f"{path}: {wrong}. Mend that line or move the file away.")
    return Config(**given)


def save(config: Config, path: Path) -> None:
    """Writes the settings beside `path` and moves them over it."""
    import tomli_w  # noqa: PLC0415 - only where something is changed

    text = tomli_w.dumps({name: value for name, value in asdict(config).items() if value is not None})
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise BadInputError(f"{path}: the settings can't be written ({error.strerror}).") from error


def _wrong(given: dict[str, Any]) -> str:
    """What is wrong with a file's settings, "" if nothing is."""
    known = [one.name for one in fields(Config)]
    for name, value in given.items():
        if name not in known:
            return f"{name}: there is no such setting; there are {', '.join(known)}"
        if complaint := _complaint(name, value):
            return f"{name}: {complaint}"
    return ""


def _complaint(name: str, value: object) -> str:
    one_of = {"role": get_args(Role), "engine": get_args(Engine), "window": get_args(Window)}.get(name)
    if one_of:
        return "" if value in one_of else f"must be one of {', '.join(one_of)}"
    if name in ("speak", "preroll", "mark_self"):
        return "" if isinstance(value, bool) else "must be true or false"
    if name == "end_pause":
        return _pause_complaint(value)
    if name == "keep_days":
        days = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return "" if days else "must be a whole number of days, 0 for never"
    if name == "coaching_minutes":
        week = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST_WEEK
        return "" if week else f"must be a whole number of minutes, 0 to {LONGEST_WEEK}"
    if name == "keymap":
        texts = isinstance(value, dict) and all(isinstance(key, str) for key in value.values())
        return "" if texts else "must be a table of texts"
    if not isinstance(value, str):
        return "must be a text, in quotes"
    longest = {"name": LONGEST_NAME, "team": LONGEST_ADDRESS, "recordings": LONGEST_ADDRESS}.get(name)
    return f"is longer than {longest} characters" if longest and len(value) > longest else ""


def _pause_complaint(value: object) -> str:
    shortest, longest = END_PAUSES
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else -1
    if number == 0 or shortest <= number <= longest:
        return ""
    return f"must be 0 (the key alone ends a reply) or {shortest} to {longest} seconds"
