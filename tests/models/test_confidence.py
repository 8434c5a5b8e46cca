import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.confidence import area, right
from models.confidence import Curve, calibrated, fit
from scoring.transcript import Word


def told(seed: int, words: int = 8000) -> list[tuple[float, bool]]:
    """Words of an engine that is far too sure: of those it calls p sure, p squared are right."""
    chance = np.random.default_rng(seed)
    return [(p, bool(chance.random() < p * p)) for p in chance.random(words)]


def test_of_words_the_map_calls_90_percent_sure_85_to_95_are_right() -> None:
    curve = fit(told(1))
    held_out = [good for p, good in told(2) if 0.85 <= curve(p) <= 0.95]
    assert len(held_out) > 50
    assert 0.85 <= sum(held_out) / len(held_out) <= 0.95


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=300))
def test_a_surer_word_is_never_called_less_sure(words: list[tuple[float, bool]]) -> None:
    curve = fit(words, least=20)
    shares = [curve(p / 50) for p in range(51)]
    assert shares == sorted(shares)
    assert all(0.0 <= share <= 1.0 for share in shares)


def test_between_the_points_it_is_straight_and_beyond_them_level() -> None:
    curve = Curve(((0.2, 0.1), (0.6, 0.5)))
    assert [curve(p) for p in (0.0, 0.4, 0.9)] == pytest.approx([0.1, 0.3, 0.5])


def test_where_nobody_measured_words_stay_as_they_are() -> None:
    words = [Word("yes", 0.0, 0.4, 0.123456)]
    assert calibrated(words, "faster-whisper", "never-measured.en") == words


def test_a_word_is_right_where_the_fewest_errors_leave_it() -> None:
    assert right(["we", "can", "two", "that"], ["we", "can", "do", "that"]) == [True, True, False, True]
    assert right(["um", "we"], ["we"]) == [False, True]
    assert right([], ["we"]) == []


def test_the_area_is_the_chance_to_tell_right_from_wrong() -> None:
    assert area([(0.9, True), (0.1, False)]) == 1.0
    assert area([(0.5, True), (0.5, False)]) == 0.5
