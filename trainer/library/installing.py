"""Packs taken into a profile and out of it again: a crash at any step leaves the old state or the new."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from scenarios.headings import library_ids
from scenarios.judging import Judge
from scenarios.shelves import OWN
from scenarios.standing import on_shelves
from trainer.library.errors import PackError
from trainer.library.inspecting import Inspected, inspect
from trainer.library.manifest import FILE, Manifest, read_manifest
from trainer.library.pack import Pack, read_pack, write
from trainer.library.shelves import CURRENT, current, installed_names, use_shelves_of
from trainer.paths import Paths
from trainer.store.ids import new_id


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack that is there: its manifest, its folder and the files of its scenarios by their ids."""

    manifest: Manifest
    folder: Path
    scenarios: Mapping[str, Path]


def installed(paths: Paths) -> Iterator[Installed]:
    """Every pack of a profile, by name."""
    for name in installed_names(paths.packs):
        if one := installed_pack(paths, name):
            yield one


def installed_pack(paths: Paths, name: str) -> Installed | None:
    """The installed pack of that name; None where there is none, or it is no longer whole."""
    found = current(paths.packs / name) if name in installed_names(paths.packs) else None
    if found is None:
        return None
    version, folder = found
    try:
        manifest = read_manifest((folder / FILE).read_bytes(), str(folder / FILE))
    except (OSError, PackError):
        return None
    origin = f"pack {name} {version}"
    standing = on_shelves(library_ids(), fresh=True).standing
    return Installed(manifest, folder, {one.id: one.file for one in standing if one.origin == origin})


def add(
    path: Path, paths: Paths, judge: Judge, progress: Callable[[float], None] = lambda _: None
) -> Inspected:
    """Installs the pack in a folder or zip, or updates it; PackError if anything in it is wrong.

    Nobody sees it before it is whole: it is written beside the old version, and one file names the one that
    counts. The version before stays on disk until the next update, for a practice that is under way.
    """
    pack = read_pack(path)
    name = pack.manifest.name
    with _alone(paths.packs):
        part = paths.packs / f".part-{new_id()}"
        try:
            part.mkdir()
            write(pack, part)
            inspected = inspect(pack, part, taken_by_others(name), judge, progress)
            if inspected.errors:
                raise PackError(f"{inspected.errors[0]}.")
            _put(part, paths.packs / name, pack)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    use_shelves_of(paths)
    return inspected


def remove(name: str, paths: Paths) -> None:
    """Takes a pack out; PackError if there is none. What was practised with it is kept with the attempts."""
    with _alone(paths.packs):
        known = installed_names(paths.packs)
        if name not in known:
            there = ", ".join(known) or "none"
            raise PackError(f"There is no pack {name!r}; there are: {there}.")
        gone = paths.packs / f".gone-{new_id()}"
        try:
            (paths.packs / name).replace(gone)
        except OSError as error:
            raise PackError(f"{paths.packs / name}: can't be removed ({error.strerror}).") from error
        shutil.rmtree(gone, ignore_errors=True)
    use_shelves_of(paths)


def taken_by_others(name: str) -> dict[str, str]:
    """Whose each id of a scenario is, but for the pack of that name."""
    taken = dict.fromkeys(library_ids(), "the library")
    for one in on_shelves(library_ids(), fresh=True).standing:
        if one.origin.split(" ")[:2] != ["pack", name]:
            taken[one.id] = str(one.file) if one.origin == OWN else f"the {one.origin}"
    return taken


@contextmanager
def _alone(packs: Path) -> Iterator[None]:
    """No two programs change the packs at once; what a killed one left half done goes first."""
    try:
        packs.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(packs / ".lock", timeout=30):
            for left in (*packs.glob(".part-*"), *packs.glob(".gone-*")):
                shutil.rmtree(left, ignore_errors=True)
            yield
    except OSError as error:
        raise PackError(
            f"{packs}: can't be written ({error.strerror or error}); check the folder and its free space."
        ) from error


def _put(part: Path, home: Path, pack: Pack) -> None:
    """Moves the unpacked files to where they stay, then lets them count."""
    before = current(home)
    folder = home / f"{pack.digest[:16]}-{part.name[-12:]}"
    home.mkdir(exist_ok=True)
    for file in part.rglob("*"):
        if file.is_file():
            _on_disk(file)
    part.replace(folder)
    fresh = home / f".{CURRENT}"
    fresh.write_text(f"{pack.manifest.version} {folder.name}\n", encoding="utf-8")
    _on_disk(fresh)
    fresh.replace(home / CURRENT)
    kept = {folder.name, before[1].name if before else ""}
    for one in home.iterdir():
        if one.is_dir() and one.name not in kept:
            shutil.rmtree(one, ignore_errors=True)


def _on_disk(file: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
