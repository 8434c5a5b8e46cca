"""Business figures out of a CSV file as other programs write it: all of its rows, or what is wrong with them.

Wanted are the columns rep, date, measure and value, in any order; others are left out. What a file leaves
open row by row (day or month first, comma or point for decimals) is settled by all its rows together, and
asked back where they don't settle it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from trainer.errors import BadInputError
from trainer.interchange.days import Days
from trainer.interchange.numbers import Numbers
from trainer.store.coaching.figures import Figure
from trainer.store.records import Person

COLUMNS = ("rep", "date", "measure", "value")
DELIMITERS = (",", ";", "\t", "|")
LARGEST = 20_000_000
"""Bytes: half a million rows. More is no file of figures."""

LONGEST_MEASURE = 60


@dataclass(frozen=True, slots=True)
class BadRow:
    """What is wrong in one line of the file, and what mends it."""

    line: int
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    rep: str
    date: str
    measure: str
    value: str


def read_figures(file: Path, people: Iterable[Person], today: date) -> tuple[list[Figure], list[BadRow]]:
    """The figures, and the rows that can't be used; BadInputError where the file as a whole can't be."""
    bad: list[BadRow] = []
    rows = list(_rows(file, bad))
    reading = _Reading(rows, people, today)
    figures = []
    for row in rows:
        try:
            figures.append(reading.figure(row))
        except ValueError as error:
            bad.append(BadRow(row.line, str(error)))
    if not rows and not bad:
        raise BadInputError(f"{file}: there are no rows below the names of the columns.")
    return figures, sorted(bad, key=lambda one: one.line)


class _Reading:
    """What all rows together settle, and what was read so far."""

    def __init__(self, rows: list[_Row], people: Iterable[Person], today: date) -> None:
        self._people = {_key(one.name): one for one in people}
        self._days = Days([row.date for row in rows], today)
        self._numbers = Numbers([row.value for row in rows])
        self._percent: dict[str, tuple[bool, int]] = {}
        self._seen: dict[tuple[str, str, date], int] = {}

    def figure(self, row: _Row) -> Figure:
        """ValueError says what is wrong with the row."""
        rep = self._rep(row.rep)
        day = self._days.read(row.date)
        value, percent = self._numbers.read(row.value)
        figure = Figure(rep.id, self._measure(row, percent), day, value)
        place = (rep.id, figure.measure, day)
        if place in self._seen:
            before = f"in line {self._seen[place]} already"
            raise ValueError(f"{rep.name} has a {row.measure!r} of {day} {before}; keep one of them")
        self._seen[place] = row.line
        return figure

    def _rep(self, name: str) -> Person:
        if found := self._people.get(_key(name)):
            return found
        if not name:
            raise ValueError("no rep; name one")
        close = get_close_matches(_key(name), self._people, n=1, cutoff=0.7)
        hint = (
            f"did you mean {self._people[close[0]].name}?" if close else "add them first, or take the row out"
        )
        raise ValueError(f"no rep is called {name!r}; {hint}")

    def _measure(self, row: _Row, percent: bool) -> str:
        """A share keeps its sign in the name, so that 31 % is never taken for 31."""
        name = " ".join(row.measure.removesuffix("(%)").split())
        if not name or len(name) > LONGEST_MEASURE:
            raise ValueError(
                f"the measure has to have a name of 1 to {LONGEST_MEASURE} characters, such as win rate"
            )
        percent = percent or row.measure.rstrip().endswith("(%)")
        before = self._percent.setdefault(name.casefold(), (percent, row.line))
        if before[0] != percent:
            other = "with" if before[0] else "without"
            raise ValueError(
                f"{name!r} is given {other} % in line {before[1]}; write it the same way in all rows"
            )
        return f"{name} (%)" if percent else name


def _rows(file: Path, bad: list[BadRow]) -> Iterator[_Row]:
    text = _text(file)
    lines = text.splitlines()
    if not lines:
        raise BadInputError(f"{file}: is empty; it needs the columns {', '.join(COLUMNS)}.")
    delimiter = _delimiter(lines)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    at: dict[str, int] | None = None
    width = 0
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells) or (at is None and _says_delimiter(cells[0])):
                continue
            if at is None:
                at, width = _columns(file, cells, reader.line_num), len(cells)
            elif len(cells) != width:
                bad.append(BadRow(reader.line_num, _wrong_width(len(cells), width, delimiter)))
            else:
                yield _Row(reader.line_num, *(cells[at[name]].strip() for name in COLUMNS))
    except csv.Error as error:
        raise BadInputError(f"{file}: line {reader.line_num}: {error}. Save it as CSV again.") from error


def _wrong_width(found: int, wanted: int, delimiter: str) -> str:
    few = f"{found} cell{'' if found == 1 else 's'} where there should be {wanted}"
    return (
        f"{few}; put quotes around a cell that has a {delimiter!r} in it"
        if found > wanted
        else f"{few}; fill it"
    )


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise BadInputError(f"{file}: is larger than {LARGEST // 1_000_000} MB; take a shorter time.")
        raw = file.read_bytes()
    except OSError as error:
        raise BadInputError(f"{file}: can't be read ({error.strerror}). Check the path.") from error
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide or b"\0" not in raw:
        for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise BadInputError(f"{file}: is no text; save it as CSV (UTF-8).")


def _delimiter(lines: list[str]) -> str:
    """The one that cuts the names of the columns apart."""
    first = next((line for line in lines if line.strip() and not _says_delimiter(line)), "")
    return max(DELIMITERS, key=lambda one: len(_named(next(csv.reader([first], delimiter=one), []))))


def _says_delimiter(line: str) -> bool:
    """Whether it is the line that some spreadsheets put first."""
    return line.lower().startswith("sep=")


def _named(cells: list[str]) -> set[str]:
    return {_key(cell) for cell in cells} & set(COLUMNS)


def _columns(file: Path, cells: list[str], line: int) -> dict[str, int]:
    names = [_key(cell) for cell in cells]
    missing = [name for name in COLUMNS if name not in names]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if missing or twice:
        what = f"no column {missing[0]!r}" if missing else f"two columns {twice[0]!r}"
        raise BadInputError(f"{file}: line {line}: {what}; the first line names {', '.join(COLUMNS)}.")
    return {name: names.index(name) for name in COLUMNS}


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
