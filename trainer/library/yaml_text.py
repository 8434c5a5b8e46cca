"""YAML as people write it: long texts folded, short lists in brackets, quotes only where they are needed."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

WIDTH = 100

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.?!'’“”…()/-]*")
"""What means nothing but itself wherever a text may stand; "no" and the like are no texts in YAML."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_OTHER = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def yaml_text(value: Mapping[str, Any], indent: int = 0) -> str:
    """A mapping of texts, numbers, booleans, lists and mappings. All texts are one line, without blanks at
    their ends and without characters that can't be seen.
    """
    return "".join(f"{line}\n" for line in _mapping(value, " " * indent))


def _mapping(value: Mapping[str, Any], at: str) -> Iterator[str]:
    for key, one in value.items():
        if isinstance(one, Mapping):
            yield f"{at}{key}:"
            yield from _mapping(one, f"{at}  ")
        elif isinstance(one, list | tuple):
            yield from _list(key, one, at)
        else:
            yield from _scalar(f"{at}{key}:", one, f"{at}  ")


def _list(key: str, items: list[Any] | tuple[Any, ...], at: str) -> Iterator[str]:
    short = (
        ", ".join(_flow(one) for one in items) if not any(isinstance(one, Mapping) for one in items) else ""
    )
    if len(at) + len(key) + len(short) + 4 <= WIDTH and (short or not items):
        yield f"{at}{key}: [{short}]"
        return
    yield f"{at}{key}:"
    for one in items:
        if isinstance(one, Mapping):
            first, *rest = _mapping(one, f"{at}    ")
            yield f"{at}  - {first.lstrip()}"
            yield from rest
        else:
            yield from _scalar(f"{at}  -", one, f"{at}    ")


def _scalar(before: str, value: Any, at: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{before} {json.dumps(value)}"
        return
    quoted = _block(value)
    if len(before) + len(quoted) + 1 <= WIDTH or " " not in value:
        yield f"{before} {quoted}"
        return
    yield f"{before} >-"
    for line in textwrap.wrap(value, WIDTH - len(at), break_long_words=False, break_on_hyphens=False):
        yield f"{at}{line}"


def _block(text: str) -> str:
    plain = _BARE.fullmatch(text) and text.lower() not in _OTHER and not text.endswith(" ")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _flow(one: Any) -> str:
    """Within brackets, where commas part."""
    plain = isinstance(one, str) and _WORD.fullmatch(one) and one.lower() not in _OTHER
    return one if plain else json.dumps(one, ensure_ascii=False)
