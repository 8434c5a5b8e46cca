"""YAML read with care: plain values, and the line each of them stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from scoring.errors import YamlError

MAX_BYTES = 256_000
"""A scenario of 20 turns is some 20 kB; what is ten times larger is not one."""

MAX_DEPTH = 40
"""Levels of nesting; ours have six."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where PyYAML was built with it: ten times faster, and it keeps the lines too."""

_MENDS = {
    "mapping values are not allowed": "quote a text that holds a colon, or check the blanks before",
    "cannot start any token": "put quotes around the text; in front of it, blanks and no tabs",
    "unexpected end of stream": "close the quotes of a text that was opened further up",
    "did not find expected": "check the blanks before the line, and that quotes and brackets close",
    "could not find expected ':'": "write a key, a colon and a blank, or check the blanks before",
}

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a YAML file says (`data`), where it lies (`name`), and the lines of its parts."""

    name: str
    data: Any
    lines: dict[Place, int]

    def line_of(self, place: Sequence[str | int]) -> int:
        """The line (from 1) of the part at `place`, such as ("forms", "A", "turns", 2, "says").

        A part that is not there gets the line of the nearest one around it.
        """
        at = tuple(place)
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 1)

    def where(self, place: Sequence[str | int]) -> str:
        """`file:line` of the part at `place`."""
        return f"{self.name}:{self.line_of(place)}"


def read(path: Path | Traversable) -> Source:
    """The file's data with line numbers; YamlError in one line `file:line: what; mend`.

    Only plain values: no tags, no anchors, no key given twice, at most 256 kB.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise YamlError(
            f"{name}:1: can't be read ({error.strerror}); check the path and the rights"
        ) from error
    return parse(raw, name)


def state(file: Path) -> tuple[int, int]:
    """What changes when the file does; zeros when it can't be asked, then reading it says why."""
    try:
        now = file.stat()
    except OSError:
        return 0, 0
    return now.st_mtime_ns, now.st_size


def parse(raw: bytes, name: str) -> Source:
    """As `read`, for bytes that are already there; `name` stands in the errors."""
    if len(raw) > MAX_BYTES:
        raise YamlError(f"{name}:1: larger than {MAX_BYTES // 1000} kB; split it into several files")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise YamlError(f"{name}:{line}: not UTF-8; save the file as UTF-8") from error
    reader = _Reader(name)
    try:
        node = reader.compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "not YAML"
        raise YamlError(f"{name}:{mark.line + 1 if mark else 1}: {what}; {_mend(what)}") from error
    except yaml.reader.ReaderError as error:
        line = _line_of_bad_character(text, error.position)
        raise YamlError(f"{name}:{line}: holds a character YAML does not allow; delete it") from error
    return Source(name, reader.value(node, ()) if node is not None else None, reader.lines)


def _mend(what: str) -> str:
    """What to do about the mistakes that people make who don't write YAML every day."""
    return next((mend for part, mend in _MENDS.items() if part in what), "mend the YAML there")


def _refuse_what_none_needs(text: str) -> None:
    """Refuses anchors and aliases, a few of which can stand for gigabytes, and nesting without an end.

    Before anything is composed: that goes down a level of the stack for each level of nesting.
    """
    loader, depth = _LOADER(text), 0
    while loader.check_event():
        event = loader.get_event()
        if getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(
                problem="anchors (&name) and aliases (*name) are not allowed, write the text out or quote it",
                problem_mark=event.start_mark,
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)


def _line_of_bad_character(text: str, position: int) -> int:
    """`position` counts bytes where the parser in C found it, characters otherwise."""
    if _LOADER is yaml.SafeLoader:
        return text.count("\n", 0, position) + 1
    return text.encode("utf-8", "surrogatepass").count(b"\n", 0, position) + 1


class _Reader:
    """Turns nodes into values and keeps their lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Place, int] = {}
        self.loader = _LOADER("")

    def compose(self, text: str) -> yaml.Node | None:
        _refuse_what_none_needs(text)
        self.loader = _LOADER(text)
        node: yaml.Node | None = self.loader.get_single_node()
        return node

    def value(self, node: yaml.Node, place: Place) -> Any:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(one, (*place, index)) for index, one in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlError(f"{self.name}:{line}: a key must be a word; quote it")
            key = str(key_node.value)
            if key in made:
                raise YamlError(f"{self.name}:{line}: the key {key!r} is given twice; keep one")
            self.lines[(*place, key)] = line
            made[key] = self.value(value_node, (*place, key))
        return made

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            return self.loader.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            line = node.start_mark.line + 1
            raise YamlError(f"{self.name}:{line}: a value of a kind that is not allowed; quote it") from error
