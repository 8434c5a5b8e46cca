"""The library as `trainer scenarios check` sees it: nothing to mend, and by what margins."""

import pytest

from scenarios.examples import GOOD, POOR
from scenarios.loader import ids
from scenarios.margins import margins
from tests.scenarios.judge import library


def test_the_linter_finds_nothing_in_the_library() -> None:
    assert [str(finding) for report in library() for finding in report.findings] == []


@pytest.mark.parametrize("number", range(len(ids())), ids=ids())
def test_every_exemplar_passes_and_every_counter_example_fails(number: int) -> None:
    report = library()[number]
    assert report.scenario is not None
    for turn in margins(report.scenario, report.examples):
        where = f"form {turn.form}, turn {turn.turn}"
        assert turn.over is not None and turn.over >= 0, f"{where}: an exemplar under {GOOD}"
        assert turn.under is not None and turn.under > 0, f"{where}: a counter-example at {POOR} or more"
