import os
import sys
from collections.abc import Sequence

import numpy as np
import pytest

from models.aside import AsideError, aside
from models.errors import RecogniserError
from models.sphinx import Sphinx
from scoring.transcript import Word
from tests.models.conftest import clip
from tests.models.sounds import sound

pytest.importorskip("pocketsphinx", reason="there is no build of pocketsphinx for this processor")


@pytest.fixture(scope="module")
def sphinx() -> Sphinx:
    return Sphinx()


def text_of(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


@pytest.mark.parametrize("name", ["company", "changes"])
def test_a_clear_voice_is_heard_word_for_word(sphinx: Sphinx, name: str) -> None:
    spoken = clip(name)
    heard = sphinx.words(spoken.samples)
    assert text_of(heard) == spoken.text
    assert all(0.0 <= word.confidence <= 1.0 for word in heard)
    assert np.mean([word.confidence for word in heard]) > 0.6


def test_words_have_times_to_within_a_tenth_of_a_second(sphinx: Sphinx) -> None:
    spoken = clip("team")
    known = dict(zip(spoken.text.strip("?").lower().split(), spoken.starts, strict=True))
    times = {word.text: word.start for word in sphinx.words(spoken.samples) if word.text in known}
    assert len(times) >= 6
    assert all(start == pytest.approx(known[text], abs=0.1) for text, start in times.items())


def test_words_don_t_depend_on_what_was_heard_before(sphinx: Sphinx) -> None:
    first = Sphinx().words(clip("two").samples)
    hiss = sound("loud hiss")
    sphinx.words(clip("company").samples[: len(hiss)] + np.float32(0.1) * hiss)
    assert sphinx.words(clip("two").samples) == first


def test_a_process_that_dies_costs_no_word(sphinx: Sphinx) -> None:
    sphinx.warm_up()
    os.kill(aside(os.getpid), 9)
    assert text_of(sphinx.words(clip("company").samples)) == clip("company").text


def test_one_that_can_t_be_had_is_one_line_with_the_mend(
    sphinx: Sphinx, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.sphinx.aside", nobody)
    with pytest.raises(RecogniserError, match=r"stopped before .* trainer models fetch base\.en"):
        sphinx.words(clip("company").samples)


def nobody(*_: object) -> None:
    raise AsideError


def test_without_the_package_the_error_names_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    with pytest.raises(RecogniserError, match=r"trainer models fetch base\.en"):
        Sphinx().warm_up()
