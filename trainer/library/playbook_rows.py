"""A playbook in rows and columns: a CSV file, or a table in Markdown."""

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

from trainer.library.errors import PlaybookError
from trainer.library.playbook import Item, Part, Play, Playbook, part_of, plain, unquoted, without_number

MOST_ROWS = 2000

_TITLE = re.compile(
    r"titles?|topics?|themes?|categor(y|ies)|short name|play|situation name|id|no\.?|#", re.IGNORECASE
)
_BETWEEN = re.compile(r"[\n\r;|•]")
"""What stands between several things in one cell."""

Column = Part | str | None


def read_csv(text: str, name: str) -> Playbook:
    """The plays of a CSV text, one a row; PlaybookError where it is none, or no column is known."""
    book = Playbook()
    rows = [
        tuple(Item(line, cell.strip()) for cell in row)
        for line, row in _records(text, name)
        if any(cell.strip() for cell in row)
    ]
    if not rows:
        raise PlaybookError(
            f"{name}: nothing in it; give it a line of column names and a row for each objection."
        )
    left = add_rows(book, rows)
    if left:
        given = plain(", ".join(cell.text for cell in rows[0][:8]))[:120]
        raise PlaybookError(
            f"{name}:1: no column for what the buyer says (there are: {given}); "
            "call one Objection, and others Response, Proof points, Phrases."
        )
    return book


def add_rows(book: Playbook, rows: Sequence[Sequence[Item]]) -> list[Item]:
    """Adds a play for each row below the first; all cells, where the first row names no objections."""
    columns = [_column(cell.text) for cell in rows[0]] if rows else []
    if "objection" not in columns and "title" not in columns:
        return [cell for row in rows for cell in row if cell.text]
    for cell, column in zip(rows[0], columns, strict=True):
        if column is None:
            book.leave(cell, "a column that says nothing a scenario can use")
    for row in rows[1:]:
        _add_row(book, columns, row)
    return []


def _column(heading: str) -> Column:
    text = heading.strip(" :*_")
    return part_of(text) or ("title" if _TITLE.fullmatch(text) else None)


def _add_row(book: Playbook, columns: Sequence[Column], row: Sequence[Item]) -> None:
    cells = [(column, cell) for column, cell in zip(columns, row, strict=False) if column and cell.text]
    for cell in row[len(columns) :]:
        book.leave(cell, "more cells than there are columns")
    title = next((cell for column, cell in cells if column in ("objection", "title")), None)
    said = [cell for column, cell in cells if column == "objection"]
    if title is None or not (said or len(cells) > 1):
        for _, cell in cells:
            book.leave(cell, "its row has no objection")
        return
    play = Play(unquoted(plain(without_number(title.text)))[:120], title.line)
    book.plays.append(play)
    for column, cell in cells:
        for text in _several(cell.text) if column != "title" else ():
            item = Item(cell.line, unquoted(plain(without_number(text))))
            if column == "names":
                book.names.append(item)
            elif item.text:
                play.add(column, item)  # type: ignore[arg-type]


def _several(cell: str) -> Iterator[str]:
    yield from (one for one in _BETWEEN.split(cell) if one and one.strip())


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    line = 1
    try:
        for count, row in enumerate(reader):
            if count > MOST_ROWS:
                raise PlaybookError(
                    f"{name}:{line}: more than {MOST_ROWS} rows; split it into several files."
                )
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise PlaybookError(f"{name}:{line}: not CSV ({error}); check the quotation marks there.") from error


def _delimiter(text: str) -> str:
    """The sign that stands most often between words of the first line: spreadsheets differ by country."""
    first = text.lstrip("\r\n").splitlines()[0] if text.strip() else ""
    return max(",;\t", key=first.count)
