import numpy as np
import pytest

from models.activity import BLOCK, LiveActivity, levelled, loudness_gain, speech_stretches
from tests.models.conftest import clip
from tests.models.sounds import NAMES, RATE, sound


@pytest.mark.parametrize("name", NAMES)
def test_finds_no_speech_in_what_nobody_says(name: str) -> None:
    assert speech_stretches(sound(name)) == []


@pytest.mark.parametrize("name", ["team", "budget", "concern", "saved", "company", "changes"])
def test_one_sentence_is_covered_from_its_first_word_to_its_last(name: str) -> None:
    spoken = clip(name)
    stretches = speech_stretches(spoken.samples)
    assert stretches[0].start <= min(spoken.starts, default=0.3)
    assert stretches[-1].end >= max(spoken.starts, default=2.0)
    assert sum(one.end - one.start for one in stretches) > 0.6 * len(spoken.samples) / RATE


def test_a_pause_cuts_two_sentences_apart() -> None:
    spoken = clip("two")
    how = spoken.text.split().index("How")
    before, after = speech_stretches(spoken.samples, pause=0.6)
    assert spoken.starts[how - 1] < before.end < after.start <= spoken.starts[how]


def test_a_longer_pause_is_asked_for_and_the_sentences_stay_together() -> None:
    assert len(speech_stretches(clip("two").samples, pause=1.2)) == 1


@pytest.mark.parametrize("sizes", [(1, 40), (BLOCK, BLOCK + 1), (300, 5000)])
def test_block_by_block_finds_what_the_whole_shows(sizes: tuple[int, int]) -> None:
    samples = clip("two").samples
    live = LiveActivity()
    dice = np.random.default_rng(1)
    found, at = [], 0
    while at < len(samples):
        size = int(dice.integers(*sizes))
        found += live.feed(samples[at : at + size])
        at += size
    assert [*found, *live.finish()] == speech_stretches(samples)


def test_live_says_since_when_somebody_speaks_and_how_long_it_has_been_silent() -> None:
    samples = np.concatenate(
        [np.zeros(RATE, np.float32), clip("saved").samples, np.zeros(2 * RATE, np.float32)]
    )
    live = LiveActivity()
    live.feed(samples[:RATE])
    assert live.speaking_since is None
    assert live.silent_for == pytest.approx(1.0, abs=0.05)
    live.feed(samples[RATE : 2 * RATE + RATE // 2])
    assert live.speaking_since == pytest.approx(1.1, abs=0.15)
    assert live.silent_for < 0.3
    live.feed(samples[2 * RATE + RATE // 2 :])
    assert live.speaking_since is None
    assert live.silent_for == pytest.approx(2.4, abs=0.2)


def test_a_quiet_voice_is_heard_beside_a_click() -> None:
    loud = clip("team").samples
    quiet = loud * np.float32(0.005)
    quiet[50:90] = 0.9
    assert loudness_gain(quiet) > 50
    (whole,) = speech_stretches(loud)
    (found,) = speech_stretches(quiet)
    assert found.start == pytest.approx(whole.start, abs=0.1)
    assert found.end == pytest.approx(whole.end, abs=0.1)
    assert np.abs(levelled(quiet)).max() <= 1.0


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, 4 * BLOCK])
def test_less_than_a_third_of_a_second_holds_no_speech(length: int) -> None:
    assert speech_stretches(clip("team").samples[RATE : RATE + length]) == []


def test_speech_that_lasts_to_the_very_end_is_kept() -> None:
    cut = clip("team").samples[: round(1.5 * RATE)]
    (found,) = speech_stretches(cut)
    assert found.end == len(cut) / RATE


def test_each_block_is_speech_or_not() -> None:
    activity = LiveActivity()
    spoken = clip("team").samples
    activity.feed(np.concatenate([np.zeros(RATE, np.float32), spoken, np.zeros(RATE, np.float32)]))
    first, last = round(RATE / BLOCK), round((RATE + len(spoken)) / BLOCK)
    assert not any(activity.spoken[: first - 1])
    assert sum(activity.spoken[first:last]) > 0.6 * (last - first)
    assert not any(activity.spoken[last + 10 :])
