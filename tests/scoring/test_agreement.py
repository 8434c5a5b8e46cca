from math import isclose

import pytest

from scoring.agreement import Counts, kappa, spearman


def test_counts_and_their_shares() -> None:
    counts = Counts.of([True, True, False, False], [True, False, True, False])
    assert counts == Counts(1, 1, 1, 1)
    assert counts.precision == counts.recall == counts.f1 == 0.5
    assert (counts + counts).n == 8
    assert Counts(0, 0, 0, 3).f1 is None


def test_kappa_of_cohens_example() -> None:
    ones = [True] * 20 + [True] * 5 + [False] * 10 + [False] * 15
    others = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    found = kappa(ones, others)
    assert found is not None
    assert isclose(found.value, 0.4)
    assert found.low < 0.4 < found.high
    assert kappa([True], [True]) is None
    assert kappa([], []) is None


def test_spearman_ranks_and_shares_ties() -> None:
    assert spearman([1, 2, 3], [10, 20, 90]) == 1
    assert spearman([1, 2, 3], [3, 2, 1]) == -1
    tied = spearman([1, 2, 2, 3], [1, 2, 3, 4])
    assert tied is not None and isclose(tied, 0.9486832980505138)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1, 2], [1, 2]) is None
    with pytest.raises(ValueError, match="as many"):
        spearman([1], [1, 2])
