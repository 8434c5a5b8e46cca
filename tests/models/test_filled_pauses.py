from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from models.activity import LiveActivity, levelled
from models.alignment import aligned
from models.alignment.decoder import there
from models.filled_pauses import Candidate, candidates
from models.pitch import pitch_of
from models.sound import Beside, sound_beside, together
from scoring.transcript import FilledPause, Sound, Word
from tests.models.conftest import clip
from tests.models.sounds import RATE, sound

pytestmark = pytest.mark.skipif(not there(), reason="there is no build of pocketsphinx for this processor")

UH = Candidate(start=1.0, end=1.4, before=0.3, after=0.0, spoken=1.0, movement=0.6, voiced=0.9, bend=1.0)


def words(name: str) -> list[Word]:
    told = clip(name)
    ends = [*told.starts[1:], len(told.samples) / RATE]
    given = [Word(*one, 0.9) for one in zip(told.text.split(), told.starts, ends, strict=True)]
    return aligned(given, told.samples)


def speech_in(samples: NDArray[np.float32]) -> bytes:
    activity = LiveActivity()
    activity.feed(samples)
    return bytes(activity.spoken)


def looked_at(samples: NDArray[np.float32], words: Sequence[Word]) -> Beside:
    return sound_beside(samples, speech_in(samples), words)


def test_a_dropped_um_fits_where_it_was_said() -> None:
    """One by espeak-ng, whose voice falls further than a person's does: that alone keeps it from counting."""
    heard, samples = words("team"), clip("team").samples
    assert heard[0].text == "Um,"
    first = (candidates(heard[1:], samples, speech_in(samples), pitch_of(levelled(samples))) or [])[0]
    assert (first.start, first.end) == pytest.approx((heard[0].start, heard[0].end), abs=0.05)
    assert not first.sounds_filled
    assert replace(first, bend=2.0).sounds_filled


@pytest.mark.parametrize("name", ["team", "budget", "concern", "saved", "two"])
def test_none_is_found_where_all_words_are_there(name: str) -> None:
    assert looked_at(clip(name).samples, words(name)).filled_pauses == ()


@pytest.mark.parametrize("name", ["a cough", "breath", "keys", "loud hiss"])
def test_a_noise_in_a_pause_is_none(name: str) -> None:
    pause = 5 * RATE // 2 + RATE // 2  # in the middle of the 0.8 s between the two sentences of "two"
    samples, noise = clip("two").samples.copy(), sound(name)[: RATE // 2] * np.float32(0.3)
    samples[pause : pause + len(noise)] += noise[: len(samples) - pause]
    assert looked_at(samples, words("two")).filled_pauses == ()


def test_without_times_or_sound_nothing_is_looked_for() -> None:
    samples = clip("team").samples
    assert looked_at(samples, [Word("can", None, None, 1.0)]).filled_pauses is None
    assert looked_at(np.zeros(0, np.float32), words("team")).filled_pauses is None


@pytest.mark.parametrize(
    "other",
    [
        {"end": 1.15},
        {"end": 1.3, "before": 0.0},
        {"spoken": 0.1},
        {"movement": 1.2},
        {"bend": 6.0},
    ],
    ids=["short", "grown onto a word", "no speech", "a word", "an intonation"],
)
def test_what_a_filled_pause_sounds_like(other: dict[str, float]) -> None:
    assert UH.sounds_filled
    assert replace(UH, voiced=0.0, bend=9.0).sounds_filled  # a creaking voice has no pitch
    assert not replace(UH, **other).sounds_filled


def test_spans_of_pitch_and_loudness_are_plain_numbers() -> None:
    found = together([(0.0, looked_at(clip("two").samples, words("two")))])
    assert found.pitch_range is not None
    assert found.loudness_range is not None
    assert 0 < found.pitch_range < 30
    assert 0 < found.loudness_range < 60


def test_stretches_make_a_whole_with_what_was_found_where_it_was_said() -> None:
    frames = np.linspace(0.0, 10.0, 60)
    first = Beside((FilledPause(1.0, 1.4),), frames, frames)
    second = Beside((FilledPause(0.5, 0.9),), frames + 10, frames + 10)
    assert together([(0.0, first), (5.0, second)]) == Sound(
        (FilledPause(1.0, 1.4), FilledPause(5.5, 5.9)), pitch_range=18.0, loudness_range=18.0
    )
    assert together([(0.0, first)]).pitch_range is None  # too little of it
    assert together([(0.0, first), (5.0, replace(second, filled_pauses=None))]).filled_pauses is None
    assert together([]) == Sound(None, None, None)


def test_a_stretch_said_quieter_is_quieter_though_each_is_brought_up_for_itself() -> None:
    samples = clip("two").samples
    loud, quiet = (looked_at(samples * np.float32(by), words("two")) for by in (1.0, 0.1))
    assert np.median(loud.decibels) - np.median(quiet.decibels) == pytest.approx(20, abs=0.5)
