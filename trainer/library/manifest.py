"""A pack's manifest `pack.yaml`: what it is called, whose it is, and what it needs."""

import re
from importlib.metadata import version as installed
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scenarios.structure import nearest
from scoring.errors import YamlError
from scoring.rubric import Slug
from scoring.yaml_source import parse
from trainer.library.errors import PackError
from trainer.library.names import fault_in

FILE = "pack.yaml"

Line = Annotated[str, Field(min_length=1, max_length=120)]
Version = Annotated[str, Field(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6}){0,3}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]

_MENDS = {
    "name": "use small letters, digits and single hyphens",
    "version": 'write numbers with dots between, in quotes: "1.0"',
    "trainer": 'write the version it needs in quotes: "0.1"',
    "language": "write its short name: en",
}


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Needs(_Strict):
    """What has to be there: the version of the program, at least."""

    trainer: Version = "0"


class Manifest(_Strict):
    """Who made the pack, under which licence, in which language; `about` says what it is for."""

    name: Slug
    version: Version
    language: Language
    licence: Line
    author: Line
    about: Annotated[str, Field(max_length=600)] = ""
    needs: Needs = Needs()


def read_manifest(raw: bytes, place: str) -> Manifest:
    """The manifest in a file's bytes; PackError with the line and the mend. `place` names it in errors."""
    try:
        source = parse(raw, place)
    except YamlError as error:
        raise PackError(f"{error}.") from error
    if not isinstance(source.data, dict):
        raise PackError(f"{place}:1: not a manifest; it has name, version, language, licence and author.")
    try:
        found = Manifest.model_validate(source.data)
    except ValidationError as error:
        first = min(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        at = first["loc"]
        key = str(at[-1]) if at else ""
        what, mend = _complaint(key, first["type"], first["msg"])
        line = source.line_of(tuple(part for part in at if isinstance(part, str | int)))
        raise PackError(f"{place}:{line}: {what}; {mend}.") from error
    if wrong := fault_in(found.name):
        raise PackError(
            f"{place}:{source.line_of(('name',))}: a pack can't be called so: {wrong}; rename it."
        )
    if number(found.needs.trainer) > number(installed("rep-trainer")):
        line = source.line_of(("needs", "trainer"))
        raise PackError(
            f"{place}:{line}: it needs rep-trainer {found.needs.trainer} and this is "
            f"{installed('rep-trainer')}; update the program."
        )
    return found


def number(version: str) -> tuple[int, ...]:
    """A version to compare: 1.10 is newer than 1.9, and 1 is 1.0."""
    parts = [int(part) for part in re.findall(r"\d+", version.partition("+")[0])[:4]]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _complaint(key: str, kind: str, message: str) -> tuple[str, str]:
    if kind == "missing":
        return f"{key!r} is missing", f"add a line '{key}: …'"
    if kind == "extra_forbidden":
        return f"unknown key {_short(key)}", nearest(key[:60], list(Manifest.model_fields))
    return f"{key} is not right", _MENDS.get(key, message.lower())


def _short(text: str) -> str:
    shown = repr(text)
    return shown if len(shown) <= 40 else shown[:37] + "..."
