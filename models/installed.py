"""The weights that are on this machine: a folder each, whole when its manifest says so."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

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
    if not models_dir.is_dir():
        return []
    found = (find(folder.name, models_dir) for folder in sorted(models_dir.iterdir()))
    return [model for model in found if model]


def find(name: str, models_dir: Path) -> InstalledModel | None:
    """The model called `name` if all its files are there in full length, else None."""
    if not _NAME.fullmatch(name):
        return None
    folder = models_dir / name
    try:
        sizes: dict[str, int] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        if any((folder / file).stat().st_size != size for file, size in sizes.items()):
            return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return InstalledModel(name, folder, sum(sizes.values()))


def write_manifest(folder: Path) -> None:
    """Marks `folder` as whole, with the sizes its files have now."""
    sizes = {file.name: file.stat().st_size for file in sorted(folder.iterdir()) if file.is_file()}
    text = json.dumps({"files": sizes}, indent=1)
    new = folder / (MANIFEST + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(folder / MANIFEST)
