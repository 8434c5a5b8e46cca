"""A pack as it was read: its manifest, its files, and what in them can't be taken over."""

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scenarios.standing import kind_of
from scoring.errors import YamlError
from scoring.rubrics_library import is_file
from scoring.yaml_source import Place, Source, parse
from trainer.library.errors import PackError
from trainer.library.manifest import FILE, Manifest, read_manifest
from trainer.library.members import Members, read_members

YAML = (".yaml", ".yml")
_KEY = re.compile(r"[A-Za-z0-9_ -]{1,80}")
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that are not seen: they move a terminal's cursor, turn a line around, hide a word."""
_SEEN = "\n\t\N{SOFT HYPHEN}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"


@dataclass(frozen=True)
class Pack:
    """A pack in memory. `place` is where it was read from, as errors name it."""

    place: str
    manifest: Manifest
    members: Members

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the paths and the bytes of all files, whatever they came in."""
        digest = sha256()
        for name, raw in self.members.items():
            digest.update(f"{name}\0{sha256(raw).hexdigest()}\0".encode())
        return digest.hexdigest()

    @cached_property
    def scenarios(self) -> tuple[str, ...]:
        """The paths of its scenarios."""
        return tuple(self._of_kind("scenario"))

    @cached_property
    def rubrics(self) -> tuple[str, ...]:
        """The paths of its rubrics."""
        return tuple(self._of_kind("rubric"))

    def _of_kind(self, kind: str) -> Iterator[str]:
        for name, raw in self.members.items():
            if name != FILE and name.lower().endswith(YAML) and kind_of(raw) == kind:
                yield name


def read_pack(path: Path) -> Pack:
    """The pack in a folder or a zip; PackError names the first thing that is wrong with it.

    What is checked here needs no scorer: names, sizes, the manifest, that every file is a scenario, a rubric
    or a text, that no text holds what can't be seen, and that no scenario names a file outside.
    """
    members = read_members(path)
    if FILE not in members:
        raise PackError(
            f"{path}: no {FILE} in it; write one with name, version, language, licence and author."
        )
    pack = Pack(str(path), read_manifest(members[FILE], f"{path}/{FILE}"), members)
    if not pack.scenarios:
        raise PackError(f"{path}: no scenario in it; put one there, a YAML file with 'forms:'.")
    known = {FILE, *pack.scenarios, *pack.rubrics}
    for name in members:
        place = f"{path}/{name}"
        if name.lower().endswith(YAML):
            if name not in known:
                raise PackError(f"{place}:1: neither a scenario nor a rubric; mend it or take it out.")
            source = _source(members[name], place)
            _refuse_unseen(source)
            if name in pack.scenarios:
                _refuse_outside(pack, name, source)
    return pack


@contextmanager
def unpacked(pack: Pack, within: Path | None = None) -> Iterator[Path]:
    """The pack's files in a folder of their own, which goes afterwards."""
    with TemporaryDirectory(prefix=".part-", dir=within, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        write(pack, folder)
        yield folder


def write(pack: Pack, folder: Path) -> None:
    """Writes the pack's files into a folder; PackError if that fails. All paths were checked."""
    try:
        for name, raw in pack.members.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as opened:
                opened.write(raw)
    except OSError as error:
        raise PackError(
            f"{folder}: can't be written ({error.strerror}); free some space or check its rights."
        ) from error


def _source(raw: bytes, place: str) -> Source:
    try:
        return parse(raw, place)
    except YamlError as error:
        raise PackError(f"{error}.") from error


def _refuse_unseen(source: Source) -> None:
    """What can't be seen in a text, and keys that no file of ours has."""
    for place, text in _texts(source.data, ()):
        if any(isinstance(part, str) and not _KEY.fullmatch(part) for part in place):
            raise PackError(f"{source.where(place)}: a key that is no word; mend or delete it.")
        for letter in text:
            if letter not in _SEEN and unicodedata.category(letter) in _HIDDEN:
                raise PackError(
                    f"{source.where(place)}: holds U+{ord(letter):04X}, which can't be seen; delete it."
                )


def _texts(value: Any, at: Place) -> Iterator[tuple[Place, str]]:
    """Every key, with its text if it has one, and every item of a list that is a text.

    The YAML reader lets no nesting through that is too deep for this.
    """
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield (*at, key), ""
            yield from _texts(one, (*at, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, (*at, index))


def _refuse_outside(pack: Pack, name: str, source: Source) -> None:
    """A scenario's rubric is one that ships with the program, or a rubric of this pack."""
    rubric = source.data.get("rubric") if isinstance(source.data, dict) else None
    if not isinstance(rubric, str) or not is_file(rubric):
        return
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(name), rubric.strip()))
    if inside not in pack.rubrics:
        shown = repr(rubric if len(rubric) <= 60 else rubric[:57] + "...")
        raise PackError(
            f"{source.where(('rubric',))}: no rubric {shown} in the pack; "
            "put it there, or name one that ships."
        )
