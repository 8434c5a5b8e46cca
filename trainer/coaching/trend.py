"""How scores go, in a few characters."""

from collections.abc import Iterable

BARS = "▁▂▃▄▅▆▇█"


def sparkline(scores: Iterable[int]) -> str:
    """A bar a score, on the whole scale from 0 (▁) to 100 (█), so that two rows of a table compare."""
    return "".join(BARS[min(score * len(BARS) // 100, len(BARS) - 1)] for score in scores)
