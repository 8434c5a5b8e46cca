"""Reads the scorer's own data: word lists and patterns under moves/."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from scoring.patterns import Language

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where PyYAML was built with it: our own files are large and read at every start."""


def data(name: str) -> dict[str, Any]:
    """The values of one file under moves/."""
    text = (files("scoring") / "moves" / name).read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader either way
    return found


@lru_cache(maxsize=1)
def language() -> Language:
    """The lists that all patterns share."""
    found = data("lists.yaml")
    return Language(lists=_lists(found["lists"]), forms=_lists(found["forms"]))


def _lists(found: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Entries are separated by commas: they are words, phrases or patterns."""
    return {
        str(name): tuple(part.strip() for part in entries.split(",") if part.strip())
        for name, entries in found.items()
    }
