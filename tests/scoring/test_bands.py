import pytest
from pydantic import ValidationError

from scoring.bands import Band, Bands, outside
from scoring.hashes import content_hash
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric

GOOD = {
    "words": 50,
    "pace_wpm": 150,
    "fillers": {"count": 1},
    "filled_pauses": {"in_sound": None},
    "pauses": {"longest": 1.0},
    "response_latency": 0.8,
    "longest_without_question_seconds": 20.0,
}


def names(**figures: object) -> list[str]:
    return [name for name, _, _ in outside({**GOOD, **figures}, Bands())]


def test_ordinary_speech_is_inside_every_band() -> None:
    assert names() == []


def test_what_was_not_measured_is_outside_none() -> None:
    assert list(outside({"words": 0}, Bands())) == []
    assert names(pace_wpm=None, pauses={"longest": None}) == []


def test_each_figure_can_be_outside() -> None:
    assert names(pace_wpm=212) == names(pace_wpm=90) == ["pace_wpm"]
    assert names(pauses={"longest": 3.5}) == ["longest_pause"]
    assert names(response_latency=6.0) == ["response_latency"]
    assert names(longest_without_question_seconds=75.0) == ["longest_without_question_seconds"]


def test_fillers_in_the_sound_count_with_those_among_the_words() -> None:
    assert names(fillers={"count": 2}, filled_pauses={"in_sound": 2}) == ["fillers_per_100_words"]
    assert names(fillers={"count": 2}, filled_pauses={"in_sound": 0}) == []


def test_one_um_in_a_short_reply_is_no_matter() -> None:
    assert names(words=8, fillers={"count": 1}) == []


def test_a_rubric_may_set_its_own_with_their_source_and_keeps_its_hash_if_it_does_not() -> None:
    plain = load_rubric("price-objection").model_dump(mode="json")
    assert "delivery" not in plain
    quick = Rubric(**plain, delivery=Bands(pace_wpm=Band(at_most=220, source="Our best callers")))
    assert quick.delivery.pace_wpm.outside(212) == 0
    assert content_hash(quick) != content_hash(Rubric(**plain))


@pytest.mark.parametrize("band", [{}, {"at_least": 5, "at_most": 5}, {"at_most": -1}])
def test_a_band_without_sense_or_source_is_refused(band: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        Band(**band, source="somewhere")
    with pytest.raises(ValidationError):
        Band.model_validate({"at_most": 5})
