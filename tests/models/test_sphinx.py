import sys

import numpy as np
import pytest

from models.activity import Stretch
from models.errors import RecogniserError
from models.sphinx import Sphinx, pieces
from tests.models.conftest import clip
from tests.models.sounds import RATE, sound

pytest.importorskip("pocketsphinx", reason="there is no build of pocketsphinx for this processor")


@pytest.fixture(scope="module")
def sphinx() -> Sphinx:
    return Sphinx()


@pytest.mark.parametrize("name", ["company", "changes"])
def test_a_clear_voice_is_heard_word_for_word(sphinx: Sphinx, name: str) -> None:
    spoken = clip(name)
    heard = sphinx.transcribe(spoken.samples)
    assert heard.text == spoken.text
    assert (heard.engine, heard.model, heard.rough) == ("pocketsphinx", "en-us", True)
    assert all(0.0 <= word.confidence <= 1.0 for word in heard.words)
    assert (heard.mean_confidence or 0.0) > 0.6


def test_words_have_times_to_within_a_tenth_of_a_second(sphinx: Sphinx) -> None:
    spoken = clip("team")
    heard = sphinx.transcribe(spoken.samples)
    known = dict(zip(spoken.text.strip("?").lower().split(), spoken.starts, strict=True))
    times = {word.text: word.start for word in heard.words if word.text in known}
    assert len(times) >= 6
    assert all(start == pytest.approx(known[text], abs=0.1) for text, start in times.items())


@pytest.mark.parametrize("name", ["digital silence", "loud hiss", "keys", "a cough", "chords"])
def test_no_words_out_of_what_nobody_says(name: str) -> None:
    untouched = Sphinx()
    assert untouched.transcribe(sound(name)).words == ()


def test_words_don_t_depend_on_what_was_heard_before(sphinx: Sphinx) -> None:
    first = Sphinx().transcribe(clip("two").samples)
    hiss = sound("loud hiss")
    sphinx.transcribe(clip("company").samples[: len(hiss)] + np.float32(0.1) * hiss)
    assert sphinx.transcribe(clip("two").samples) == first


def minutes() -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Half a minute of speech in sentences, enough for three pieces."""
    pause = np.zeros(RATE, np.float32)
    return np.concatenate(
        [part for _ in range(3) for name in ("company", "changes") for part in (clip(name).samples, pause)]
    )


def test_a_long_recording_comes_in_pieces_with_rising_progress(sphinx: Sphinx) -> None:
    progress: list[float] = []
    heard = sphinx.transcribe(minutes(), on_progress=progress.append)
    assert heard.text.count("how many people in your company") == 3
    assert len(progress) >= 4
    assert progress == sorted(progress)
    assert progress[-1] == 1.0
    starts = [word.start or 0.0 for word in heard.words]
    assert starts == sorted(starts)
    assert starts[-1] > 25


def test_cancelled_in_the_middle_the_words_so_far_come_back(sphinx: Sphinx) -> None:
    progress: list[float] = []
    heard = sphinx.transcribe(minutes(), on_progress=progress.append, cancelled=lambda: bool(progress))
    assert len(progress) == 1
    assert heard.text.startswith("how many people in your company")
    assert (heard.words[-1].end or 0.0) < 12


def test_without_the_package_the_error_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    with pytest.raises(RecogniserError, match=r"trainer models fetch base\.en"):
        Sphinx().warm_up()


def test_short_stretches_are_joined_up_to_ten_seconds() -> None:
    silence = np.zeros(30 * RATE, np.float32)
    stretches = [Stretch(0, 4), Stretch(5, 9), Stretch(10, 14)]
    assert pieces(stretches, silence) == [Stretch(0, 9), Stretch(10, 14)]


def test_half_a_minute_without_a_pause_is_cut_where_it_is_quietest() -> None:
    loud = np.ones(30 * RATE, np.float32)
    loud[8 * RATE : 8 * RATE + RATE // 10] = 0.0
    cut = pieces([Stretch(0, 30)], loud)
    assert cut[0].end == pytest.approx(8.05, abs=0.05)
    assert [one.start for one in cut[1:]] == [one.end for one in cut[:-1]]
    assert cut[-1].end == 30
    assert all(one.end - one.start <= 15 for one in cut)
