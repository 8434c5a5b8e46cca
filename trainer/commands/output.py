"""What the commands print: results to standard output, everything else to standard error."""

import json
import sys
from typing import Any


def emit(document: object) -> None:
    """One JSON document on one line of standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, default=str) + "\n")
    sys.stdout.flush()


def say(text: str = "") -> None:
    """A line of result for people."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """A line of progress or warning."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def counted(number: int, thing: str) -> str:
    """ "1 error", "2 errors"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def signs() -> dict[bool | None, str]:
    """Met, not met, not assessable: in signs that this output can show."""
    try:
        "✓✗".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return {True: "+", False: "-", None: "?"}
    return {True: "✓", False: "✗", None: "?"}


class Progress:
    """A share of work on one line of standard error, only where a person watches it."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown = sys.stderr.isatty()

    def __call__(self, share: float) -> None:
        """Shows `share`, 0 to 1; at 1 the line is cleared."""
        if not self._shown:
            return
        done = share >= 1.0
        text = "" if done else f"{self._label} {share:4.0%}"
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def columns(rows: list[tuple[Any, ...]], *, gap: int = 2) -> list[str]:
    """Rows as text, each column as wide as its longest cell; numbers to the right."""
    if not rows:
        return []
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    return [
        (" " * gap)
        .join(
            str(cell).rjust(width) if isinstance(cell, int | float) else str(cell).ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        .rstrip()
        for row in rows
    ]
