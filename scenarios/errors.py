"""What a scenario file that can't be used ends in."""

from pathlib import Path


class ScenarioError(Exception):
    """A scenario that can't be used: one line that names the file, the place in it and the mend."""

    exit_code = 2

    def __init__(self, message: str, *, file: Path | None = None, line: int | None = None) -> None:
        place = "" if file is None else f"{file}: " if line is None else f"{file}:{line}: "
        super().__init__(place + message)
        self.message = message
        self.file = file
        self.line = line
