"""What the library holds, quickly: ids and titles, without reading or checking whole scenarios."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scoring.yaml_source import parse

LIBRARY = Path(__file__).parent / "library"
ORDER = Path(__file__).parent / "order.yaml"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of scenarios shows of one."""

    id: str
    title: str
    skill: str
    minutes: int


def ids() -> tuple[str, ...]:
    """The ids of the library's scenarios in the order of `order.yaml`, those it does not name last."""
    order = _order()
    found = (file.stem for file in LIBRARY.glob("*.yaml"))
    return tuple(sorted(found, key=lambda one: (order.index(one) if one in order else len(order), one)))


@cache
def headings() -> tuple[Heading, ...]:
    """The library's titles by id: only what stands before `forms:` is read of each file (2 ms a file)."""
    return tuple(_heading(LIBRARY / f"{one}.yaml") for one in ids())


@cache
def _order() -> tuple[str, ...]:
    return tuple(parse(ORDER.read_bytes(), str(ORDER)).data)


def _heading(file: Path) -> Heading:
    head = file.read_bytes().partition(b"\nforms:")[0]
    given = parse(head, str(file)).data
    return Heading(given["id"], given["title"], given["skill"], given["minutes"])
