"""Tables as files: CSV for spreadsheets, JSON lines for programs."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from trainer.errors import BadInputError
from trainer.interchange.tables import Row

_RUNS = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""How a cell begins that a spreadsheet may run (owasp.org, "CSV Injection"), full-width signs included."""


def write_tables(folder: Path, tables: Mapping[str, Iterable[Row]]) -> dict[str, int]:
    """Each table as NAME.csv and NAME.jsonl, each whole or not at all; how many rows it has.

    A table without rows has no columns either, and so no files.
    """
    counts = {}
    for name, rows in tables.items():
        with new_file(folder / f"{name}.csv") as sheet, new_file(folder / f"{name}.jsonl") as lines:
            counts[name] = _write(rows, sheet, lines)
        if not counts[name]:
            (folder / f"{name}.csv").unlink()
            (folder / f"{name}.jsonl").unlink()
    return counts


def _write(rows: Iterable[Row], sheet: TextIO, lines: TextIO) -> int:
    sheet.write("\ufeff")  # without it, spreadsheets take UTF-8 for something else
    writer, count = csv.writer(sheet), 0
    for row in rows:
        if not count:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
        write_line(lines, row)
        count += 1
    return count


def write_lines(file: Path, rows: Iterable[Row]) -> int:
    """One JSON document a line; how many."""
    with new_file(file) as lines:
        return sum(write_line(lines, row) for row in rows)


def write_line(lines: TextIO, row: Row) -> int:
    """One line; always 1."""
    lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    return 1


def cell(value: object) -> object:
    """A value as it goes into CSV: a text that a spreadsheet would run gets an apostrophe in front."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and _RUNS.match(value):
        return f"'{value}"
    return value


@contextmanager
def new_file(file: Path) -> Iterator[TextIO]:
    """Written beside `file` and then put in its place, for its owner's eyes; BadInputError if it can't."""
    beside = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = beside.open("w", encoding="utf-8", newline="")
        try:
            with opened:
                beside.chmod(0o600)
                yield opened
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise BadInputError(f"{file}: can't be written ({error.strerror}). Name another folder.") from error
