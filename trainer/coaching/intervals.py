"""Intervals of what was counted: how far a few attempts can be off."""

from collections.abc import Sequence
from math import atanh, sqrt, tanh
from statistics import fmean, stdev

Z95, Z99 = 1.959964, 2.575829
"""Quantiles of the normal distribution, for intervals of 95 and of 99 %."""

Interval = tuple[float, float]


def wilson(met: int, of: int, z: float = Z95) -> Interval:
    """The score interval of a share, 0 to 1 (Wilson 1927): it holds for few, and for none and for all."""
    share, squared = met / of, z * z
    middle = share + squared / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + squared / (4 * of * of))
    low, high = ((middle + sign * spread) / (1 + squared / of) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)


def newcombe(met: int, of: int, other_met: int, other_of: int, z: float = Z95) -> Interval:
    """The interval of the first share less the second, -1 to 1.

    Newcombe 1998 (Statistics in Medicine 17, method 10): made of both shares' Wilson intervals.
    """
    one, other = met / of, other_met / other_of
    (low, high), (other_low, other_high) = wilson(met, of, z), wilson(other_met, other_of, z)
    below = sqrt((one - low) ** 2 + (other_high - other) ** 2)
    above = sqrt((high - one) ** 2 + (other - other_low) ** 2)
    return one - other - below, one - other + above


def of_mean(values: Sequence[float], z: float = Z95) -> Interval:
    """Student's interval of the mean of at least five values.

    Its quantile is the expansion in Abramowitz and Stegun 26.7.5, 0.2 % off at ten values.
    """
    free = len(values) - 1
    quantile = z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free * free)
    spread = quantile * stdev(values) / sqrt(len(values))
    return fmean(values) - spread, fmean(values) + spread


def correlation(ones: Sequence[float], others: Sequence[float]) -> float | None:
    """Pearson's; None for under four pairs or where one side is constant."""
    if len(ones) < 4 or len(set(ones)) < 2 or len(set(others)) < 2:
        return None
    one, other = fmean(ones), fmean(others)
    both = sum((x - one) * (y - other) for x, y in zip(ones, others, strict=True))
    return both / sqrt(sum((x - one) ** 2 for x in ones) * sum((y - other) ** 2 for y in others))


def of_correlation(value: float, pairs: int, z: float = Z95) -> Interval:
    """The interval of a correlation of at least four pairs by Fisher's transformation (1921)."""
    if abs(value) >= 1:
        return value, value
    spread = z / sqrt(pairs - 3)
    return tanh(atanh(value) - spread), tanh(atanh(value) + spread)
