"""What a coach may ask about a move that is missed."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

End = Literal["opening", "closing"]

OTHERWISE = "otherwise"
"""What stands for a criterion that is no move of ours: given by examples, or measured."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Open questions about one move; `look_at` is the end of a reply that shows best that it is missing."""

    look_at: End
    asked: tuple[str, ...]

    def turn(self, number: int) -> str:
        """One of them: another each time, and the first again after the last."""
        return self.asked[number % len(self.asked)]


def about(move: str) -> Questions:
    """The questions about a move."""
    found = _all()
    return found.get(move, found[OTHERWISE])


@lru_cache(maxsize=1)
def _all() -> dict[str, Questions]:
    import yaml  # noqa: PLC0415

    text = (files("trainer.coaching") / "questions.yaml").read_text(encoding="utf-8")
    given: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {move: Questions(one["look_at"], tuple(one["questions"])) for move, one in given.items()}
