"""The few parts of spaCy that are needed, loaded without the rest of it."""

import sys
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

_UNUSED = ("spacy.cli", "spacy.cli.info")


class Parts(NamedTuple):
    """Three of spaCy's classes."""

    Vocab: Any
    Doc: Any
    Matcher: Any


@cache
def parts() -> Parts:
    """spaCy's Vocab, Doc and Matcher, loaded at the first call.

    `import spacy` loads its command line (typer, rich, requests, ...) for the sake of `spacy.info`: 0.7 of
    1.9 s. So while it loads, an empty module stands there; afterwards `spacy.cli` can be imported as ever.
    """
    if "spacy" not in sys.modules:
        _import_without_command_line()
    return Parts(
        import_module("spacy.vocab").Vocab,
        import_module("spacy.tokens").Doc,
        import_module("spacy.matcher").Matcher,
    )


def _import_without_command_line() -> None:
    for name in _UNUSED:
        stand_in = ModuleType(name)
        stand_in.info = None  # type: ignore[attr-defined]
        sys.modules[name] = stand_in
    try:
        import_module("spacy")
    finally:
        for name in _UNUSED:
            del sys.modules[name]
