import pytest

from trainer.coaching import sparkline
from trainer.coaching.trend import passes_in_a_row


def test_the_scale_goes_from_none_to_all_whatever_the_scores() -> None:
    assert sparkline([0, 12, 13, 48, 50, 82, 88, 100]) == "▁▁▂▄▅▇██"
    assert sparkline([]) == ""


@pytest.mark.parametrize(
    ("newest_first", "passes"),
    [([80, 95, 79, 90], 2), ([79, 90], 0), ([90, None, 90], 1), ([], 0)],
)
def test_passes_count_back_to_the_last_one_that_was_none(newest_first: list[int | None], passes: int) -> None:
    assert passes_in_a_row(newest_first, 80) == passes
