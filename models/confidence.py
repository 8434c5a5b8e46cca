"""How sure a word is: the share of such words that were right, instead of the number an engine gives."""

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from scoring.transcript import Word

MAPS = Path(__file__).parent / "confidence.json"
"""{"engine/model": {"points": [[probability, share right], ...], "words": n, "source": ...}}, as measured by
`python -m benchmarks.confidence`."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising line through points (an engine's probability, the share of words that were right)."""

    points: tuple[tuple[float, float], ...]

    def __call__(self, probability: float) -> float:
        """Between the points straight, beyond them level; the same probability where there are no points."""
        if not self.points:
            return probability
        at = bisect_right(self.points, probability, key=lambda point: point[0])
        if at in (0, len(self.points)):
            return self.points[max(0, at - 1)][1]
        (x, y), (further, higher) = self.points[at - 1 : at + 1]
        return y + (higher - y) * (probability - x) / (further - x)


def calibrated(words: Sequence[Word], engine: str, model: str) -> list[Word]:
    """The words, their confidence the share of such words that are right; as given if nobody measured."""
    curve = curve_of(engine, model)
    if not curve.points:
        return list(words)
    return [replace(word, confidence=round(curve(word.confidence), 4)) for word in words]


def curve_of(engine: str, model: str) -> Curve:
    """The curve measured for a model, or one that changes nothing."""
    return _curves().get(f"{engine}/{model}", Curve(()))


def fit(told: Sequence[tuple[float, bool]], *, least: int = 40) -> Curve:
    """The curve of words with their probabilities and whether they were right.

    Bins of at least `least` words, made to rise by pooling neighbours that do not (isotonic regression by
    pool-adjacent-violators, Ayer and others 1955).
    """
    pools: list[tuple[float, float, int]] = []  # mean probability, mean right, words
    for chance, right, count in _bins(sorted(told), least):
        pools.append((chance, right, count))
        while len(pools) > 1 and pools[-2][1] >= pools[-1][1]:
            last, before = pools.pop(), pools.pop()
            whole = last[2] + before[2]
            pools.append(
                (
                    (last[0] * last[2] + before[0] * before[2]) / whole,
                    (last[1] * last[2] + before[1] * before[2]) / whole,
                    whole,
                )
            )
    return Curve(tuple((round(chance, 4), round(right, 4)) for chance, right, _ in pools))


def _bins(told: Sequence[tuple[float, bool]], least: int) -> Iterator[tuple[float, float, int]]:
    """Equally many words a bin; words of one probability are never parted."""
    start = 0
    while start < len(told):
        end = min(len(told), start + least)
        while end < len(told) and told[end][0] == told[end - 1][0]:
            end += 1
        if len(told) - end < least:
            end = len(told)
        part = told[start:end]
        yield sum(one for one, _ in part) / len(part), sum(right for _, right in part) / len(part), len(part)
        start = end


@cache
def _curves() -> dict[str, Curve]:
    told = json.loads(MAPS.read_text(encoding="utf-8"))
    return {name: Curve(tuple((x, y) for x, y in one["points"])) for name, one in told.items()}
