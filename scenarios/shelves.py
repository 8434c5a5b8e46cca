"""Folders beside the library in which scenarios lie: a team's own, and those of installed packs.

Whoever starts the program says once where they are (`use`); a list of scenarios and a search by id then
look there too. Nothing is imported here: it is said before the first screen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

OWN = "own"
"""The origin of a team's own scenarios."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder with scenarios in it, at any depth; `origin` says whose they are: "own", "pack acme 1.2"."""

    origin: str
    folder: Path


Finder = Callable[[], Iterable[Shelf]]


class _Chosen:
    """Where scenarios are looked for; `turns` counts how often that was said anew."""

    finder: Finder = staticmethod(tuple)
    turns = 0


def use(finder: Finder) -> None:
    """From now on scenarios are looked for on these shelves too; it is asked anew at every look."""
    _Chosen.finder = staticmethod(finder)
    _Chosen.turns += 1


def shelves() -> tuple[Shelf, ...]:
    """The shelves there are now; of two scenarios with the same id the one on the earlier shelf counts."""
    return tuple(_Chosen.finder())


def turns() -> int:
    """Changes whenever `use` was called."""
    return _Chosen.turns
