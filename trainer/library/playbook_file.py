"""A playbook's file, read by its ending."""

from pathlib import Path

from trainer.library.errors import PlaybookError
from trainer.library.playbook import Playbook
from trainer.library.playbook_markdown import read_markdown
from trainer.library.playbook_rows import read_csv

LARGEST = 300_000
"""Bytes; a playbook of a hundred objections has some 100,000."""

MOST_PLAYS = 60
MARKDOWN = (".md", ".markdown", ".txt")


def read_playbook(file: Path) -> Playbook:
    """What a Markdown or CSV file says; PlaybookError names the file, the place and the mend."""
    text = _text(file)
    if file.suffix.lower() in MARKDOWN:
        found = read_markdown(text)
    elif file.suffix.lower() in (".csv", ".tsv"):
        found = read_csv(text, str(file))
    else:
        raise PlaybookError(f"{file}: neither Markdown nor CSV; save it as .md or .csv.")
    if not found.plays:
        raise PlaybookError(
            f"{file}:1: no objection found in it; "
            "begin each with a heading such as '## Objection: “Too dear”'."
        )
    if len(found.plays) > MOST_PLAYS:
        line = found.plays[MOST_PLAYS].line
        raise PlaybookError(f"{file}:{line}: more than {MOST_PLAYS} objections; split it into several files.")
    return found


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except OSError as error:
        raise PlaybookError(
            f"{file}: can't be read ({error.strerror}); check the path and the rights."
        ) from error
    if len(raw) > LARGEST:
        raise PlaybookError(f"{file}: larger than {LARGEST // 1000} kB; split it into several files.")
    if b"\0" in raw:
        raise PlaybookError(f"{file}:1: not a text; save it as Markdown or CSV in UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        try:
            return raw.decode("cp1252")  # what spreadsheets write on Windows
        except UnicodeDecodeError:
            raise PlaybookError(f"{file}:{line}: not UTF-8; save the file as UTF-8.") from error
