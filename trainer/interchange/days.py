"""Days as people and spreadsheets write them."""

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.+Z-]*)?")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: [\d:]+(?: ?[AP]M)?)?", re.IGNORECASE)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})", re.IGNORECASE)
_NAMED_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.IGNORECASE)

OLDEST = 2000


class Days:
    """Reads the days of one file; whether 3/4/2025 is in March or April is settled by all of them."""

    def __init__(self, texts: Iterable[str], today: date) -> None:
        self._today = today
        slashed = [found for text in texts if (found := _SLASHED.fullmatch(text.strip()))]
        self._day_first = any(int(found[1]) > 12 for found in slashed)
        self._month_first = any(int(found[2]) > 12 for found in slashed)

    def read(self, text: str) -> date:
        """ValueError says what is wrong and how a day is written."""
        text = text.strip()
        try:
            day = date(*self._parts(text))
        except ValueError as error:
            if str(error).startswith(f"{text!r}"):
                raise
            raise ValueError(f"{text!r} is no day; write it as {self._today}") from error
        if day > self._today:
            raise ValueError(f"{text!r} is still to come; only what has happened is a figure")
        if day.year < OLDEST:
            raise ValueError(f"{text!r} is before {OLDEST}; write the year with four digits")
        return day

    def _parts(self, text: str) -> tuple[int, int, int]:
        if found := _ISO.fullmatch(text):
            return int(found[1]), int(found[2]), int(found[3])
        if found := _DOTTED.fullmatch(text):
            return int(found[3]), int(found[2]), int(found[1])
        if found := _DAY_NAMED.fullmatch(text):
            return int(found[3]), _month(found[2]), int(found[1])
        if found := _NAMED_DAY.fullmatch(text):
            return int(found[3]), _month(found[1]), int(found[2])
        if found := _SLASHED.fullmatch(text):
            return self._slashed(text, int(found[1]), int(found[2]), int(found[3]))
        raise ValueError

    def _slashed(self, text: str, one: int, two: int, year: int) -> tuple[int, int, int]:
        if self._day_first == self._month_first and one != two:
            settled = (
                "some rows have the day first, others the month" if self._day_first else "nothing says which"
            )
            raise ValueError(
                f"{text!r} may have the day or the month first ({settled}); write days as {self._today}"
            )
        return (year, two, one) if self._day_first else (year, one, two)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1
