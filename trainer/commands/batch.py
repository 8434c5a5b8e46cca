"""A file of replies, a line each: a JSON line out for every line in, in the same order."""

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trainer.commands.judging import Judge
from trainer.commands.output import emit, note
from trainer.errors import BadInputError


def run(file: Path, judge: Judge) -> bool:
    """Judges every line and prints each at once; True if a line could not be judged.

    Such a line comes back as {"id", "error"}, and is named on standard error with its number.
    """
    failed = False
    try:
        with file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    failed |= _one(line, f"{file}:{number}", file.parent, judge)
    except BrokenPipeError:
        raise
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file}: not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror or error}; check the path.") from error
    return failed


def _one(line: str, place: str, folder: Path, judge: Judge) -> bool:
    given: dict[str, Any] = {}
    try:
        given = _parsed(line)
        document, _, _ = judge(given, folder=folder)
    except Exception as error:
        # Bad input is this line's alone; anything else ends the run.
        if not isinstance(error, ValidationError) and getattr(error, "exit_code", None) != 2:
            raise
        problem = _plain(error)
        note(f"{place}: {problem}")
        emit({"id": given.get("id"), "error": problem})
        return True
    emit({"id": given.get("id"), **document})
    return False


def _parsed(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInputError(f"not JSON ({error})") from error
    if not isinstance(given, dict):
        raise BadInputError('not a JSON object like {"id": "1", "text": "..."}')
    return given


def _plain(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg'].lower()}"
    return " ".join(str(error).split())
