"""What the linter says about a scenario."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, and where; an error keeps the scenario from being fair, a warning does not."""

    severity: Severity
    file: str
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity}: {self.message}; {self.mend}"

    def as_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary of all fields."""
        return asdict(self)
