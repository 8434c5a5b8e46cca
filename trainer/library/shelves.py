"""Where a profile's own scenarios and its packs lie, told to whoever looks for scenarios."""

from collections.abc import Iterator
from pathlib import Path

from scenarios.shelves import OWN, Shelf, use
from trainer.paths import Paths

CURRENT = "current"
"""The file in a pack's folder that says which of the versions beside it counts: its version and folder."""


def use_shelves_of(paths: Paths) -> None:
    """From now on this profile's packs and own scenarios are found by their ids."""
    use(lambda: tuple(_shelves(paths)))


def _shelves(paths: Paths) -> Iterator[Shelf]:
    for name in installed_names(paths.packs):
        if found := current(paths.packs / name):
            version, folder = found
            yield Shelf(f"pack {name} {version}", folder)
    if paths.scenarios.is_dir():
        yield Shelf(OWN, paths.scenarios)


def installed_names(packs: Path) -> tuple[str, ...]:
    """The names of the packs in this folder, in order; what is half unpacked or half removed is hidden."""
    try:
        found = sorted(one.name for one in packs.iterdir() if not one.name.startswith("."))
    except OSError:
        return ()
    return tuple(name for name in found if (packs / name / CURRENT).is_file())


def current(pack: Path) -> tuple[str, Path] | None:
    """The version that counts and its folder; None where the pack is no longer whole."""
    try:
        version, name = (pack / CURRENT).read_text(encoding="utf-8").split()
    except (OSError, ValueError):
        return None
    folder = pack / name
    return (version, folder) if folder.is_dir() and folder.parent == pack else None
