"""Rubrics read from YAML: those that ship with the program by their id, anybody's by their file."""

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from scoring.errors import RubricError, YamlError
from scoring.rubric import Rubric
from scoring.rubric_complaints import Complaint, complaints
from scoring.yaml_source import Source, read, state

ENDINGS = (".yaml", ".yml")


def rubric_ids() -> tuple[str, ...]:
    """The ids of all shipped rubrics, in order."""
    return tuple(sorted(one.name.removesuffix(".yaml") for one in _folder().iterdir() if _is_rubric(one)))


def is_file(id_or_path: str) -> bool:
    """Whether this names a file and not a shipped rubric."""
    return id_or_path.lower().endswith(ENDINGS)


def load_rubric(id_or_path: str) -> Rubric:
    """The shipped rubric of that id, or the one in that file; RubricError names file, place and mend."""
    if is_file(id_or_path):
        file = Path(id_or_path)
        return _of_file(file, state(file))
    return _shipped(id_or_path)


def text_of(id_or_path: str) -> str:
    """The text of a rubric's file."""
    file = Path(id_or_path) if is_file(id_or_path) else _folder() / f"{id_or_path}.yaml"
    return file.read_text(encoding="utf-8")


def read_rubric(path: Path | Traversable) -> Rubric:
    """The rubric in a file; RubricError is one line `file:line: what; mend`, the first of all there are."""
    source, rubric, found = examine(path)
    if rubric is None:
        raise RubricError(f"{source.where(found[0].place)}: {found[0].what}; {found[0].mend}")
    return rubric


def examine(path: Path | Traversable) -> tuple[Source, Rubric | None, list[Complaint]]:
    """The file's source, and its rubric or all that is wrong with it; RubricError if it can't be read."""
    try:
        source = read(path)
    except YamlError as error:
        raise RubricError(str(error)) from error
    if not isinstance(source.data, dict):
        raise RubricError(f"{source.name}:1: not a rubric; it begins with id, skill, title, criteria")
    try:
        return source, Rubric.model_validate(source.data), []
    except ValidationError as error:
        return source, None, complaints(error)


@lru_cache(maxsize=64)
def _shipped(rubric_id: str) -> Rubric:
    known = rubric_ids()
    if rubric_id not in known:
        raise RubricError(f"there is no rubric {rubric_id!r}; there are: {', '.join(known) or 'none'}")
    rubric = read_rubric(_folder() / f"{rubric_id}.yaml")
    if rubric.id != rubric_id:
        raise RubricError(f"rubrics/{rubric_id}.yaml:1: its id is {rubric.id!r}; make it the file's name")
    return rubric


@lru_cache(maxsize=64)
def _of_file(file: Path, state: tuple[int, int]) -> Rubric:  # noqa: ARG001 -- a changed file is another key
    return read_rubric(file)


def _folder() -> Traversable:
    return files("scoring") / "rubrics"


def _is_rubric(one: Traversable) -> bool:
    return one.name.endswith(".yaml") and not one.name.startswith((".", "_"))
