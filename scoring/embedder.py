"""What turns sentences into numbers that can be compared; whole numbers, so that every machine agrees."""

from collections.abc import Sequence
from math import isqrt
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

ONE = 1 << 14
"""The length of every vector that is not zero. The product of two is between -ONE * ONE and ONE * ONE."""

_BITS = 24  # kept of each number before squaring, so that the squares of 4,000 numbers fit 64 bits


class Embedder(Protocol):
    """Sentences as vectors: those that mean nearly the same point nearly the same way."""

    @property
    def fingerprint(self) -> str:
        """Its name and a hash of what it was made of; two with the same one give the same vectors."""
        ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """One row per text, of length ONE (a row of zeros where no word is known): (texts, dimensions)."""
        ...

    def __hash__(self) -> int:
        """What is made with an embedder is kept for it."""
        ...


def unit_rows(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows brought to length ONE by whole-number arithmetic alone; zeros stay zeros."""
    return np.stack([_unit(row) for row in rows]) if len(rows) else rows


def _unit(row: NDArray[np.int64]) -> NDArray[np.int64]:
    excess = int(np.abs(row).max(initial=0)).bit_length() - _BITS
    row = row >> excess if excess > 0 else row
    length = isqrt(int((row * row).sum()))
    return (2 * ONE * row + length) // (2 * length) if length else row
