"""The team's own list of names and products that a recogniser should expect: a plain text file."""

from pathlib import Path

from trainer.errors import BadInputError

MOST, LONGEST = 200, 60


def team_names(file: Path) -> tuple[str, ...]:
    """One name a line; blank lines and those with # are left out. BadInputError names what is wrong."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{file}: can't be read ({error}). Save it as plain text (UTF-8).") from error
    found: list[str] = []
    for number, line in enumerate(lines, 1):
        name = " ".join(line.split())
        if not name or name.startswith("#"):
            continue
        if len(name) > LONGEST:
            raise BadInputError(f"{file}, line {number}: longer than {LONGEST} letters. Write a name a line.")
        found.append(name)
    if len(found) > MOST:
        raise BadInputError(f"{file}: {len(found)} names; keep the {MOST} that matter most.")
    return tuple(dict.fromkeys(found))
