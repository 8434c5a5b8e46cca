"""A written word as what is said for it."""

import re
import unicodedata
from collections.abc import Callable

from models.alignment.numbers import read_aloud

_PARTS = re.compile(r"\d[\d,]*(?:\.\d+|st\b|nd\b|rd\b|th\b)?|[a-z]+(?:'[a-z]+)*|[$£€%&@+]")
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros"}
_SIGNS = {"%": "percent", "&": "and", "@": "at", "+": "plus"}
_LONGEST = 60  # letters; "Donaudampfschifffahrt" has 21, anything longer than this is not a word
_SPELT = 5  # letters; as many capitals or fewer that no dictionary has are letters: CRM, SQL


def spoken(text: str, known: Callable[[str], bool]) -> tuple[str, ...] | None:
    """The words said for one written word: "$4,000" as four thousand dollars, "CRM" as its letters ("c.").

    Nothing for a lone dash, an emoji, a bracket. None where it can't be told what is said: another script.
    `known` says whether the dictionary has a word.
    """
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    if any(letter.isalpha() and not letter.isascii() for letter in plain):
        return None
    found: list[str] = []
    money = ""
    for hit in _PARTS.finditer(plain.lower()):
        part = hit.group()
        if part[0].isdigit():
            found += read_aloud(part)
        elif part in _MONEY:
            money = _MONEY[part]
        elif part in _SIGNS:
            found.append(_SIGNS[part])
        elif not known(part) and _is_spelt(plain[hit.start() : hit.end()]):
            found += [f"{letter.lower()}." for letter in part]
        else:
            found.append(part)
    return (*found, money) if money else tuple(found)


def _is_spelt(part: str) -> bool:
    return len(part) <= _SPELT and part.isalpha() and (part.isupper() or not re.search("[aeiouy]", part))


def _plain(text: str) -> str:
    """Without accents, and with the plain apostrophe."""
    folded = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
