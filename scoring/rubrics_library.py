"""The rubrics that ship with the program, read from rubrics/*.yaml."""

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from scoring.errors import RubricError, YamlError
from scoring.rubric import Rubric
from scoring.yaml_source import read


def rubric_ids() -> tuple[str, ...]:
    """The ids of all shipped rubrics, in order."""
    return tuple(sorted(one.name.removesuffix(".yaml") for one in _folder().iterdir() if _is_rubric(one)))


@lru_cache(maxsize=64)
def load_rubric(rubric_id: str) -> Rubric:
    """The shipped rubric of that id; RubricError names the file, the place and the mend."""
    known = rubric_ids()
    if rubric_id not in known:
        raise RubricError(f"there is no rubric {rubric_id!r}; there are: {', '.join(known) or 'none'}")
    rubric = read_rubric(_folder() / f"{rubric_id}.yaml")
    if rubric.id != rubric_id:
        raise RubricError(f"rubrics/{rubric_id}.yaml:1: its id is {rubric.id!r}; make it the file's name")
    return rubric


def read_rubric(path: Path | Traversable) -> Rubric:
    """The rubric in a file; RubricError is one line `file:line: what; mend`."""
    try:
        source = read(path)
    except YamlError as error:
        raise RubricError(str(error)) from error
    if not isinstance(source.data, dict):
        raise RubricError(f"{source.name}:1: not a rubric; it begins with id, skill, title, criteria")
    try:
        return Rubric.model_validate(source.data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = tuple(part for part in first["loc"] if "[" not in str(part))  # without names of types
        named = ".".join(str(part) for part in place)
        mend = "delete it" if first["type"] == "extra_forbidden" else "mend it"
        what = first["msg"].removeprefix("Value error, ")
        raise RubricError(f"{source.where(place)}: {named}{': ' if named else ''}{what}; {mend}") from error


def _folder() -> Traversable:
    return files("scoring") / "rubrics"


def _is_rubric(one: Traversable) -> bool:
    return one.name.endswith(".yaml") and not one.name.startswith((".", "_"))
