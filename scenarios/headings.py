"""What the library holds, quickly: ids and titles, without reading or checking whole scenarios."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scoring.yaml_source import parse

LIBRARY = Path(__file__).parent / "library"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of scenarios shows of one."""

    id: str
    title: str
    skill: str
    minutes: int


def ids() -> tuple[str, ...]:
    """The ids of the library's scenarios, in order; no file is read."""
    return tuple(sorted(file.stem for file in LIBRARY.glob("*.yaml")))


@cache
def headings() -> tuple[Heading, ...]:
    """The library's titles by id: only what stands before `forms:` is read of each file (2 ms a file)."""
    return tuple(_heading(LIBRARY / f"{one}.yaml") for one in ids())


def _heading(file: Path) -> Heading:
    head = file.read_bytes().partition(b"\nforms:")[0]
    given = parse(head, str(file)).data
    return Heading(given["id"], given["title"], given["skill"], given["minutes"])
