from datetime import date

import pytest

from trainer.coaching.business import Series, Week
from trainer.coaching.changes import Tally
from trainer.pages import charts
from trainer.store.coaching.figures import Figure


@pytest.mark.parametrize(
    "values", [[0.31, 0.32], [5.0], [0.0, 0.0], [17, 31], [-3, 4], [1e6, 3e6], [2.5, 2.5]]
)
def test_every_value_lies_inside_the_axis(values: list[float]) -> None:
    weeks = tuple(Week(date(2025, 9, 1 + 7 * at), value, at) for at, value in enumerate(values))
    first = Figure("ana", "rate", date(2025, 9, 1), values[0])
    drawn = charts.business(Series("rate", first, first, len(weeks), weeks), label="rate", width=312)
    heights = [float(part.split('"')[0]) for part in drawn.split('cy="')[1:]]
    assert len(heights) == len(values)
    assert all(charts.TOP <= y <= 150 - charts.COLUMNS - charts.BOTTOM for y in heights)


def test_a_bar_is_as_long_as_its_share() -> None:
    drawn = charts.share(Tally(1, 4), Tally(4, 4), label="one, four", width=200)
    assert 'class="before" x="0" y="2" width="50.0"' in drawn
    assert 'class="now" x="0" y="12" width="200.0"' in drawn
