"""Which names a pack's files may have: those that mean the same file on every system, inside its folder."""

import re
from collections.abc import Iterable

LONGEST_PATH = 160
DEEPEST = 4
"""Parts of a path, the file's name included."""

_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,78}[A-Za-z0-9_-])?")
"""Plain letters alone: others can look alike, be written in two ways or turn the line around."""

_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{name}{number}" for name in ("com", "lpt") for number in range(10)
}


def fault_in(path: str) -> str:
    """What is wrong with a file's path in a pack; "" if nothing is."""
    if len(path) > LONGEST_PATH:
        return f"its path is longer than {LONGEST_PATH} letters"
    parts = path.split("/")
    if len(parts) > DEEPEST:
        return f"it lies more than {DEEPEST} levels deep"
    for part in parts:
        if part in ("", ".", ".."):
            return "its path leads out of the pack"
        if not _PART.fullmatch(part):
            return "only letters from A to Z, digits, '.', '-', '_' and blanks may be in its name"
        if part.partition(".")[0].rstrip().lower() in _DEVICES:
            return f"{part!r} is the name of a device"
    return ""


def clash_in(paths: Iterable[str]) -> tuple[str, str] | None:
    """Two paths that some system takes for one: but for capitals the same, or a file that is a folder too."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        key = path.lower()
        if key in files:
            return files[key], path
        files[key] = path
        parts = path.split("/")
        for depth in range(1, len(parts)):
            folder = "/".join(parts[:depth])
            known = folders.setdefault(folder.lower(), folder)
            if known != folder:
                return known, folder
    both = sorted(files.keys() & folders.keys())
    return (files[both[0]], folders[both[0]]) if both else None
