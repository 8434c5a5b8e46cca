from dataclasses import replace

import pytest

from scoring import published
from scoring.published import Published, Standing

GOOD = Standing(n=196, made=32, precision=0.9, recall=0.8, f1=0.85, kappa=0.81, low=0.72, high=0.9)


def of(standing: Standing) -> Published:
    return Published("replies", "", 196, {"gives_evidence": standing}, None)


def test_a_move_that_agrees_with_people_says_so_with_its_figures() -> None:
    assert of(GOOD).proven("gives_evidence")
    assert of(GOOD).says("gives_evidence") == "agrees with people: kappa 0.81 (0.72–0.90), n 196"


@pytest.mark.parametrize(
    "standing",
    [
        pytest.param(replace(GOOD, made=9), id="too few replies with it"),
        pytest.param(replace(GOOD, made=187), id="too few replies without it"),
        pytest.param(replace(GOOD, low=0.39), id="perhaps poor"),
        pytest.param(replace(GOOD, kappa=None, low=None, high=None), id="kappa not defined"),
    ],
)
def test_whatever_is_short_of_the_threshold_is_unproven(standing: Standing) -> None:
    assert not of(standing).proven("gives_evidence")
    assert of(standing).says("gives_evidence").startswith("unproven")


def test_a_move_nobody_compared_is_unproven() -> None:
    assert not of(GOOD).proven("probes_need")
    assert of(GOOD).says("probes_need") == "unproven: not yet compared with people"


def test_what_ships_names_its_data_and_has_every_figure_in_range() -> None:
    found = published.published()
    assert found.data
    for one in found.moves.values():
        assert one.kappa is None or (one.low is not None and one.high is not None)
        assert one.kappa is None or -1 <= one.low <= one.kappa <= one.high <= 1  # type: ignore[operator]
