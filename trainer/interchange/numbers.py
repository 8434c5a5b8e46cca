"""Numbers as spreadsheets write them: decimal commas, thousands set apart, percent signs."""

import math
import re
from collections.abc import Iterable

_BLANKS = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'\u2019"), None)
_NUMBER = re.compile(r"[-+\u2212]?(\d+|\d{1,3}(,\d{3})+|\d{1,3}(\.\d{3})+)?([.,]\d+)?")
_EITHER = re.compile(r"[-+\u2212]?[1-9]\d{0,2},\d{3}")


class Numbers:
    """Reads the numbers of one file; whether 1,234 is large or small is settled by all of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        bare = [_bare(text)[0] for text in texts]
        self._comma = any(_says_comma(text) for text in bare)
        self._point = any(_says_point(text) for text in bare)

    def read(self, text: str) -> tuple[float, bool]:
        """The number, and whether it had a percent sign; ValueError says what is wrong."""
        bare, percent = _bare(text)
        if not bare or not _NUMBER.fullmatch(bare) or not any(map(str.isdigit, bare)):
            raise ValueError(f"{text!r} is no number; write it as 31.5 or 31 %")
        if _EITHER.fullmatch(bare) and self._comma == self._point:
            large, small = bare.replace(",", ""), bare.replace(",", ".")
            raise ValueError(f"{text!r} may be {large} or {small}; write it without a comma")
        value = float(self._plain(bare))
        if not math.isfinite(value):
            raise ValueError(f"{text!r} is too large")
        return value, percent

    def _plain(self, bare: str) -> str:
        bare = bare.replace("\u2212", "-")
        if "," in bare and "." in bare:
            comma = bare.rindex(",") > bare.rindex(".")
        elif "," in bare:
            comma = not (self._point and not self._comma and re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+", bare))
        else:
            comma = self._comma and not self._point and bool(re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+", bare))
        if comma:
            return bare.replace(".", "").replace(",", ".")
        return bare.replace(",", "")


def _bare(text: str) -> tuple[str, bool]:
    text = text.strip().translate(_BLANKS)
    return text.removesuffix("%"), text.endswith("%")


def _says_comma(bare: str) -> bool:
    """Whether this number can only have a decimal comma."""
    if "," in bare and "." in bare:
        return bare.rindex(",") > bare.rindex(".")
    return (bare.count(",") == 1 and not _EITHER.fullmatch(bare)) or bare.count(".") > 1


def _says_point(bare: str) -> bool:
    """Whether this number can only have a decimal point."""
    if "," in bare and "." in bare:
        return bare.rindex(".") > bare.rindex(",")
    after = bare.rpartition(".")[2]
    return (bare.count(".") == 1 and len(after) != 3) or bare.count(",") > 1
