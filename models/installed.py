"""The weights that are on this machine: a folder each, whole when its manifest says so."""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.errors import ModelInputError, RecogniserError, command

MANIFEST = "manifest.json"
"""Written last: the names and sizes of a model's files. A folder without it is half fetched."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model that can be used: its name, its folder, its size in bytes."""

    name: str
    path: Path
    bytes: int


def installed(models_dir: Path) -> list[InstalledModel]:
    """The whole models in `models_dir`, by name."""
    try:
        names = sorted(folder.name for folder in models_dir.iterdir())
    except OSError:  # no model was ever fetched
        return []
    found = (find(name, models_dir) for name in names)
    return [model for model in found if model]


def find(name: str, models_dir: Path) -> InstalledModel | None:
    """The model called `name` if all its files are there in full length, else None."""
    if not is_name(name):
        return None
    folder = models_dir / name
    try:
        sizes: dict[str, int] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        if any((folder / file).stat().st_size != size for file, size in sizes.items()):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return InstalledModel(name, folder, sum(sizes.values()))


def remove(name: str, models_dir: Path) -> None:
    """Deletes a model, or what an aborted fetch left of it; RecogniserError if there is neither."""
    folder = models_dir / name
    if not is_name(name) or not folder.is_dir():
        raise ModelInputError(
            f"No model called {name} is on this machine; {command('models list')} shows them."
        )
    try:
        (folder / MANIFEST).unlink(missing_ok=True)  # first: what can't all be deleted is no model any more
        shutil.rmtree(folder)
    except OSError as error:
        raise RecogniserError(f"{folder} can't be deleted ({error.strerror or error}).") from error


def is_name(name: str) -> bool:
    """Whether `name` can be a model's: no path, nothing hidden."""
    return _NAME.fullmatch(name) is not None


def write_manifest(folder: Path, sizes: Mapping[str, int], revision: str = "") -> None:
    """Marks `folder` as whole: these files, of these sizes, of that revision on the hub."""
    new = folder / (MANIFEST + ".new")
    text = json.dumps({"revision": revision, "files": dict(sorted(sizes.items()))}, indent=1)
    new.write_text(text, encoding="utf-8")
    new.replace(folder / MANIFEST)
