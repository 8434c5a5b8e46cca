"""What scenarios there are, quickly: ids and titles, without reading or checking whole scenarios."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenarios.standing import OnShelves, on_shelves
from scoring.yaml_source import parse

LIBRARY = Path(__file__).parent / "library"
ORDER = Path(__file__).parent / "order.yaml"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a list of scenarios shows of one; `origin` is "" for the library's, else whose shelf it is on."""

    id: str
    title: str
    skill: str
    minutes: int
    origin: str = ""


def ids() -> tuple[str, ...]:
    """The ids of all scenarios: the library's in their order, then those on the shelves."""
    return (*library_ids(), *(one.id for one in stands().standing))


@cache
def library_ids() -> tuple[str, ...]:
    """The ids of the library's scenarios in the order of `order.yaml`, those it does not name last."""
    order = _order()
    found = (file.stem for file in LIBRARY.glob("*.yaml"))
    return tuple(sorted(found, key=lambda one: (order.index(one) if one in order else len(order), one)))


def headings() -> tuple[Heading, ...]:
    """All titles by id: only what stands before `forms:` is read of each file (2 ms a file, once)."""
    shelved = (Heading(one.id, one.title, one.skill, one.minutes, one.origin) for one in stands().standing)
    return (*_library(), *shelved)


def stands(*, fresh: bool = False) -> OnShelves:
    """What stands on the shelves beside the library; ids of the library are taken."""
    return on_shelves(library_ids(), fresh=fresh)


def file_of(scenario_id: str) -> Path | None:
    """The file of that id, None where there is none."""
    if scenario_id in library_ids():
        return LIBRARY / f"{scenario_id}.yaml"
    for fresh in (False, True):
        for one in stands(fresh=fresh).standing:
            if one.id == scenario_id:
                return one.file
    return None


def origin_of(scenario_id: str) -> str:
    """Whose shelf it is on; "" for the library's."""
    return next((one.origin for one in stands().standing if one.id == scenario_id), "")


@cache
def _library() -> tuple[Heading, ...]:
    return tuple(_heading(LIBRARY / f"{one}.yaml") for one in library_ids())


@cache
def _order() -> tuple[str, ...]:
    return tuple(parse(ORDER.read_bytes(), str(ORDER)).data)


def _heading(file: Path) -> Heading:
    head = file.read_bytes().partition(b"\nforms:")[0]
    given = parse(head, str(file)).data
    return Heading(given["id"], given["title"], given["skill"], given["minutes"])
