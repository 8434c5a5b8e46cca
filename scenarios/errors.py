"""What a scenario file that can't be used ends in."""

from pathlib import Path


class ScenarioError(Exception):
    """A scenario that can't be used: one line that names the file, the place in it and the mend."""

    exit_code = 2

    def __init__(self, message: str, mend: str, *, file: Path | None = None, line: int = 1) -> None:
        super().__init__(f"{file}:{line}: {message}; {mend}" if file else f"{message}; {mend}")
        self.message = message
        self.mend = mend
        self.file = file
        self.line = line

    @classmethod
    def of_sentence(cls, sentence: str, file: Path) -> "ScenarioError":
        """From the YAML reader's `file:line: what; mend`."""
        line, _, rest = sentence.removeprefix(f"{file}:").partition(": ")
        what, _, mend = rest.rpartition("; ")
        return cls(what, mend, file=file, line=int(line))
