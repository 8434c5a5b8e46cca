from models.recogniser import Cuts
from trainer.hearing.pace import Pace

CUTS = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0)


def test_an_unknown_machine_is_given_a_try() -> None:
    assert Pace(CUTS).fits(3.9)


def test_a_guess_is_worth_it_only_if_it_is_over_before_the_stretch_can_be_complete() -> None:
    pace = Pace(CUTS)
    pace.took(2.0)
    assert pace.fits(2.2)
    assert not pace.fits(2.4)
    assert not pace.fits(3.9)


def test_a_machine_that_gets_busy_shows_in_a_few_stretches() -> None:
    pace = Pace(CUTS)
    pace.took(0.2)
    assert pace.fits(3.0)
    for _ in range(3):
        pace.took(3.0)
    assert not pace.fits(3.0)


def test_drafts_have_a_pace_of_their_own() -> None:
    pace = Pace(CUTS)
    pace.took(3.0)
    pace.took(0.2, what="draft")
    assert not pace.fits(2.0)
    assert pace.fits(2.0, "draft")
