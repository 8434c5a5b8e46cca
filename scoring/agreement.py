"""How well verdicts agree with labels: plain arithmetic, no files."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Counts:
    """Verdicts against labels: both yes, only the verdict, only the label, both no."""

    hits: int
    false_alarms: int
    misses: int
    rejections: int

    @classmethod
    def of(cls, verdicts: Sequence[bool], labels: Sequence[bool]) -> "Counts":
        """Counts over pairs; ValueError if there are not as many of one as of the other."""
        pairs = list(zip(verdicts, labels, strict=True))
        return cls(
            hits=pairs.count((True, True)),
            false_alarms=pairs.count((True, False)),
            misses=pairs.count((False, True)),
            rejections=pairs.count((False, False)),
        )

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
            self.rejections + other.rejections,
        )

    @property
    def n(self) -> int:
        """How many pairs."""
        return self.hits + self.false_alarms + self.misses + self.rejections

    @property
    def precision(self) -> float | None:
        """Share of the verdicts "made" that are right."""
        return _share(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> float | None:
        """Share of the labelled ones that were found."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: 2 hits / (2 hits + false alarms + misses)."""
        return _share(2 * self.hits, 2 * self.hits + self.false_alarms + self.misses)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with its 95 % interval."""

    value: float
    low: float
    high: float


def kappa(ones: Sequence[object], others: Sequence[object]) -> Kappa | None:
    """Agreement beyond chance of two lists of labels; None where chance alone would agree always.

    Cohen 1960. Its interval is Wilson's (1927, z = 1.96) of the observed agreement, with the agreement by
    chance taken as fixed: unlike 1.96 standard errors it does not shrink to nothing where all agree.
    """
    pairs = list(zip(ones, others, strict=True))
    n = len(pairs)
    if not n:
        return None
    observed = sum(one == other for one, other in pairs) / n
    values = sorted({str(one) for one in ones} | {str(other) for other in others})
    left, right = [str(one) for one in ones], [str(other) for other in others]
    chance = sum(left.count(value) * right.count(value) for value in values) / n**2
    if chance == 1:
        return None
    low, high = _wilson(observed, n)
    return Kappa(*((share - chance) / (1 - chance) for share in (observed, low, high)))


def _wilson(share: float, n: int) -> tuple[float, float]:
    squared = 1.96**2
    middle = share + squared / (2 * n)
    spread = 1.96 * sqrt(share * (1 - share) / n + squared / (4 * n * n))
    return (middle - spread) / (1 + squared / n), (middle + spread) / (1 + squared / n)


def spearman(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Rank correlation (Pearson's of mid-ranks); None for under three pairs or where one side is constant."""
    if len(ones) != len(others):
        raise ValueError("there must be as many of one as of the other")
    if len(ones) < 3:
        return None
    left, right = _ranks(ones), _ranks(others)
    middle = (len(ones) + 1) / 2
    spread = sqrt(sum((one - middle) ** 2 for one in left) * sum((one - middle) ** 2 for one in right))
    if spread == 0:
        return None
    return sum((one - middle) * (other - middle) for one, other in zip(left, right, strict=True)) / spread


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and values[order[end]] == values[order[at]]:
            end += 1
        for one in order[at:end]:
            ranks[one] = (at + end + 1) / 2
        at = end
    return ranks


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
