import pytest

from trainer.coaching.intervals import (
    Z99,
    correlation,
    newcombe,
    of_correlation,
    of_mean,
    wilson,
)


def test_a_share_as_wilson_has_it() -> None:
    """Newcombe 1998 (Statistics in Medicine 17: 857), table I, method 3."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=1e-4)


def test_none_and_all_keep_within_what_can_be() -> None:
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == pytest.approx(1)
    assert wilson(6, 14, Z99)[0] < wilson(6, 14)[0]


def test_a_difference_as_newcombe_has_it() -> None:
    """Newcombe 1998 (Statistics in Medicine 17: 873), table II, method 10."""
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert newcombe(9, 10, 3, 10) == pytest.approx((0.1705, 0.8090), abs=1e-4)
    assert newcombe(10, 10, 0, 10) == pytest.approx((0.6075, 1.0), abs=1e-4)


def test_a_mean_has_students_interval() -> None:
    """t(9, 0.975) is 2.262."""
    values = [60, 62, 64, 66, 68, 70, 72, 74, 76, 78]
    spread = 2.262 * 6.0553 / 10**0.5
    assert of_mean(values) == pytest.approx((69 - spread, 69 + spread), abs=0.02)


def test_a_correlation_and_its_interval() -> None:
    assert correlation([0, 0, 1, 1], [1, 2, 3, 4]) == pytest.approx(0.8944, abs=1e-4)
    assert correlation([1, 1, 1, 1], [1, 2, 3, 4]) is None
    assert correlation([0, 1, 1], [1, 2, 3]) is None
    low, high = of_correlation(0.5, 30)
    assert (low, high) == pytest.approx((0.17, 0.73), abs=0.01)
    assert of_correlation(1.0, 30) == (1.0, 1.0)
