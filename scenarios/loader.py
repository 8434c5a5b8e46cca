"""Scenario files into scenarios: the library's by their id, anybody's by their path."""

from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from scenarios.complaints import complaints
from scenarios.errors import ScenarioError
from scenarios.headings import LIBRARY, Heading, file_of, headings, ids, library_ids, stands
from scenarios.schema import Scenario
from scenarios.structure import Fault, faults, nearest
from scoring.errors import YamlError
from scoring.rubrics_library import is_file
from scoring.yaml_source import Source, read, state

__all__ = [
    "LIBRARY",
    "Heading",
    "ScenarioError",
    "all_scenarios",
    "examine",
    "headings",
    "ids",
    "load",
    "locate",
    "usable",
]

ENDINGS = (".yaml", ".yml")


def load(id_or_path: str | Path) -> Scenario:
    """The scenario of that id (whatever its case) or in that YAML file.

    ScenarioError, one line with file, line and mend, if there is none or it can't be played.
    """
    file = locate(id_or_path)
    return _load(file, state(file))


def locate(id_or_path: str | Path) -> Path:
    """The file of that id, in the library or on a shelf, or the path given.

    ScenarioError names the closest ids.
    """
    text = str(id_or_path)
    if isinstance(id_or_path, Path) or text.lower().endswith(ENDINGS) or "/" in text or "\\" in text:
        return Path(id_or_path)
    wanted = text.strip().lower()
    if file := file_of(wanted):
        return file
    raise ScenarioError(f"there is no scenario {text!r}", nearest(wanted, list(ids())))


def all_scenarios() -> tuple[Scenario, ...]:
    """Every scenario: the library's in its order, then those on the shelves that can be played."""
    return usable()[0]


def usable() -> tuple[tuple[Scenario, ...], tuple[ScenarioError, ...]]:
    """Every scenario that can be played, and what is wrong with the files on the shelves that can't be.

    ScenarioError if one of the library itself can't be.
    """
    found = [load(one) for one in library_ids()]
    standing = stands(fresh=True)
    faults = list(standing.faults)
    for one in standing.standing:
        try:
            found.append(load(one.file))
        except ScenarioError as error:
            faults.append(error)
    return tuple(found), tuple(faults)


@lru_cache(maxsize=2048)
def _load(file: Path, state: tuple[int, int]) -> Scenario:  # noqa: ARG001 -- a changed file is another key
    source, scenario, found = examine(file)
    if scenario is None or found:
        first = found[0]
        raise ScenarioError(first.what, first.mend, file=file, line=source.line_of(first.place))
    return scenario


def examine(file: Path) -> tuple[Source, Scenario | None, list[Fault]]:
    """The source, the scenario if its keys and values are right, and all that keeps it from being played.

    ScenarioError if the file can't be read at all.
    """
    try:
        source = read(file)
    except YamlError as error:
        raise ScenarioError.of_sentence(str(error), file) from error
    if not isinstance(source.data, dict):
        raise ScenarioError("this is not a scenario", "begin with 'id: ' and 'title: '", file=file)
    try:
        scenario = Scenario.model_validate(source.data)
    except ValidationError as error:
        return source, None, complaints(error)
    if is_file(scenario.rubric):
        scenario = scenario.model_copy(update={"rubric": (file.parent / scenario.rubric).as_posix()})
    scenario._file = file
    return source, scenario, list(faults(scenario))
