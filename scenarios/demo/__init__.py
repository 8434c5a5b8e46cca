"""A whole practice, recorded: a synthetic voice answers one form of a scenario, well and less well."""

from dataclasses import dataclass
from pathlib import Path

SCENARIO = "price-20-percent"
FORM = "A"
SAID = {
    "objection": (
        "I understand that twenty percent is a lot of money. Before I answer, what are you comparing us "
        "with? And what worries you most about the price?"
    ),
    "opened": (
        "I can see why that is difficult. Your board wants one number. When a machine stops working, "
        "you lose four thousand dollars every hour. So the cheaper offer costs you more in the end."
    ),
    "convinced": (
        "I can see that your finance team wants to check the numbers. I will send you everything, "
        "and then we can talk about it again."
    ),
}
"""What is said in each turn, in order. The recordings are made from it by tests/scenarios/make_demo.py."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Recorded replies (FLAC, mono, 16 kHz), one a turn, for one way through a form of a scenario."""

    scenario: str
    form: str
    replies: tuple[Path, ...]


def demo() -> Demo:
    """The demonstration that ships with the project."""
    folder = Path(__file__).parent
    replies = (folder / file_name(position, turn) for position, turn in enumerate(SAID, 1))
    return Demo(SCENARIO, FORM, tuple(replies))


def file_name(position: int, turn: str) -> str:
    """The name of the recording for the turn at this position, from 1."""
    return f"{position}-{turn}.flac"
