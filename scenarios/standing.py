"""What stands on the shelves: which file has which id, and which files can't be used."""

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.errors import ScenarioError
from scenarios.shelves import Shelf, shelves, turns
from scoring.errors import YamlError
from scoring.yaml_source import MAX_BYTES, parse, state

ENDINGS = (".yaml", ".yml")
MOST_FILES = 2000
"""On one shelf; a folder with more is none that was made for scenarios."""

FRESH = 1.0
"""Seconds that a look at the folders holds: a list of 500 titles would ask 500 times."""

_KEYS = {"id": str, "title": str, "skill": str, "minutes": int}


@dataclass(frozen=True, slots=True)
class Standing:
    """One scenario on a shelf, as far as what stands before its `forms:` says."""

    id: str
    title: str
    skill: str
    minutes: int
    file: Path
    origin: str


@dataclass(frozen=True, slots=True)
class OnShelves:
    """The scenarios in the order of the shelves, and what is wrong with the files that are left out."""

    standing: tuple[Standing, ...]
    faults: tuple[ScenarioError, ...]


class _Last:
    """The last look: when, with which shelves, and whose ids were taken."""

    key: tuple[object, ...] = ()
    at = 0.0
    seen = OnShelves((), ())


def on_shelves(taken: Iterable[str], *, fresh: bool = False) -> OnShelves:
    """All there is; `taken` are ids that a file here can't have. A look holds for a second unless `fresh`."""
    key = (turns(), tuple(taken))
    if fresh or _Last.key != key or time.monotonic() - _Last.at > FRESH:
        _Last.seen = _look(key[1])
        _Last.key, _Last.at = key, time.monotonic()
    return _Last.seen


def _look(taken: Iterable[str]) -> OnShelves:
    standing: list[Standing] = []
    faults: list[ScenarioError] = []
    whose = dict.fromkeys(taken, "the library")
    for shelf in shelves():
        for file in yaml_files(shelf.folder):
            try:
                found = _standing(file, state(file), shelf)
            except ScenarioError as error:
                faults.append(error)
                continue
            if found is None:
                continue
            if found.id in whose:
                what = f"the id {found.id!r} is taken by {whose[found.id]}"
                faults.append(ScenarioError(what, "give this scenario another id", file=file))
                continue
            whose[found.id] = file.as_posix() if shelf.origin == "own" else f"the {shelf.origin}"
            standing.append(found)
    return OnShelves(tuple(standing), tuple(faults))


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder at any depth, by name; hidden ones and links to other folders left out."""
    count = 0
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                count += 1
                if count > MOST_FILES:
                    return
                yield Path(at) / name


def kind_of(raw: bytes) -> str:
    """ "scenario", "rubric" or "manifest", by the key at a line's beginning that only it has; else ""."""
    lines = b"\n" + raw
    if b"\nforms:" in lines:
        return "scenario"
    if b"\ncriteria:" in lines:
        return "rubric"
    return "manifest" if b"\nlicence:" in lines else ""


def _standing(file: Path, state: tuple[int, int], shelf: Shelf) -> Standing | None:
    head = _head(file, state)
    return None if head is None else Standing(*head, file, shelf.origin)


@lru_cache(maxsize=2048)
def _head(file: Path, state: tuple[int, int]) -> tuple[str, str, str, int] | None:  # noqa: ARG001 -- a changed file is another key
    """Id, title, skill and minutes; None for a rubric or a manifest. ScenarioError for anything else."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"can't be read ({error.strerror})"
        raise ScenarioError(what, "check the file and its rights", file=file) from error
    kind = kind_of(raw)
    if kind in ("rubric", "manifest"):
        return None
    if not kind:
        what = "neither a scenario (no line 'forms:') nor a rubric (no line 'criteria:')"
        raise ScenarioError(what, "mend it or take it out of this folder", file=file)
    try:
        given = parse((b"\n" + raw).partition(b"\nforms:")[0][1:], str(file)).data
    except YamlError as error:
        raise ScenarioError.of_sentence(str(error), file) from error
    return _checked(given, file)


def _checked(given: Any, file: Path) -> tuple[str, str, str, int]:
    head = given if isinstance(given, dict) else {}
    for key, kind in _KEYS.items():
        if type(head.get(key)) is not kind:
            raise ScenarioError(f"{key!r} is missing or wrong", f"write a line '{key}: …'", file=file)
    return head["id"], head["title"], head["skill"], head["minutes"]
