from itertools import pairwise

import numpy as np
import pytest

from models.activity import Stretch
from models.recogniser import Cuts
from tests.hearing.recordings import floats, said
from tests.models.sounds import NAMES, RATE, sound
from trainer.hearing.stretches import LONG_PAUSE, Stretches

CUTS = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0)
REPLY = floats(said(0.5, "two", 0.6, "team", 0.5, "budget", 0.4, "concern", 0.5, "saved", 0.3))


def cut(samples: np.ndarray[tuple[int], np.dtype[np.float32]], cuts: Cuts = CUTS) -> list[Stretch]:
    cutter = Stretches(cuts)
    return [*cutter.feed(samples), *cutter.finish()]


def test_sentences_are_joined_until_they_are_enough_and_cut_in_their_pauses() -> None:
    found = cut(REPLY)
    assert len(found) >= 3
    assert all(one.seconds >= CUTS.enough for one in found[:-1])
    for before, after in pairwise(found):
        assert 0 <= after.start - before.end < 1.0
    assert found[0].start == pytest.approx(0.5, abs=0.3)


@pytest.mark.parametrize("sizes", [(1, 40), (512, 513), (300, 5000)])
def test_sound_that_comes_in_blocks_is_cut_as_the_whole_recording(sizes: tuple[int, int]) -> None:
    cutter, dice = Stretches(CUTS), np.random.default_rng(1)
    found, at = [], 0
    while at < len(REPLY):
        size = int(dice.integers(*sizes))
        found += cutter.feed(REPLY[at : at + size])
        at += size
    assert [*found, *cutter.finish()] == cut(REPLY)


def test_how_loud_the_rep_gets_later_does_not_move_an_earlier_cut() -> None:
    first = cut(REPLY)[0]
    louder = np.concatenate([REPLY[: round(first.end * RATE) + 4000] * np.float32(0.1), REPLY])
    assert cut(louder)[0] == cut(louder[: round(first.end * RATE) + 8000])[0]


def test_what_would_come_in_a_pause_is_what_comes_if_nobody_goes_on() -> None:
    cutter = Stretches(CUTS)
    cutter.feed(floats(said(0.5, "team", 0.5)))
    pending = cutter.pending
    assert pending is not None
    assert pending.seconds < CUTS.enough
    cutter.feed(floats(said(0.7)))
    assert cutter.pending == pending
    assert cutter.finish() == [pending]


def test_nothing_is_pending_while_somebody_speaks() -> None:
    cutter = Stretches(CUTS)
    cutter.feed(floats(said(0.5, "team", 0.5)))
    cutter.feed(floats(said("budget"))[: round(1.2 * RATE)])
    assert cutter.pending is None
    assert cutter.silent_for == 0.0


def test_a_short_answer_is_not_held_back_through_a_long_silence() -> None:
    cutter = Stretches(CUTS)
    assert cutter.feed(floats(said(0.3, "team", LONG_PAUSE - 1.0))) == []
    (found,) = cutter.feed(floats(said(1.5)))
    assert found.seconds < CUTS.enough


def test_who_never_pauses_is_cut_where_it_is_quietest_before_the_limit() -> None:
    cuts = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=6.0)
    speech = floats(said(*["saved"] * 6))
    found = cut(speech, Cuts(pause=5.0, padding=0.2, enough=4.0, longest=6.0))
    assert all(one.seconds <= cuts.longest for one in found)
    assert [after.start for _, after in pairwise(found)] == [before.end for before, _ in pairwise(found)]
    power = [float(np.square(block).mean()) for block in np.split(speech, range(512, len(speech), 512))]
    at = round((found[0].end - 0.016) * RATE / 512)
    assert power[at] == min(power[round(3.2 * RATE / 512) : round(6 * RATE / 512)])


@pytest.mark.parametrize("name", NAMES)
def test_there_is_no_stretch_in_what_nobody_says(name: str) -> None:
    assert cut(sound(name)) == []


def test_a_recording_may_be_empty_or_end_in_the_middle_of_a_word() -> None:
    assert cut(np.zeros(0, np.float32)) == []
    speech = floats(said("team"))[: round(1.5 * RATE)]
    assert cut(speech)[-1].end == len(speech) / RATE
