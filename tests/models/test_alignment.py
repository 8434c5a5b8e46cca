import sys
from dataclasses import replace
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.alignment import aligned
from models.alignment.decoder import there
from models.alignment.letters import phones_of
from models.alignment.numbers import read_aloud
from models.alignment.spoken import spoken
from scoring.transcript import Word
from tests.models.conftest import clip

sphinx = pytest.mark.skipif(not there(), reason="there is no build of pocketsphinx for this processor")


def off(name: str, by: float = 0.25) -> list[Word]:
    """The words of a clip with starts that are off by up to so many seconds, as Whisper's are."""
    told, chance = clip(name), np.random.default_rng(3)
    starts = [max(0.0, start + chance.uniform(-by, by)) for start in told.starts]
    return [
        Word(text, start, start + 0.2, 0.9) for text, start in zip(told.text.split(), starts, strict=True)
    ]


@sphinx
def test_starts_are_within_25_ms_where_they_are_known() -> None:
    """Known: espeak-ng says when it begins each word."""
    errors = []
    for name in ("team", "budget", "concern", "saved", "two"):
        found = aligned(off(name), clip(name).samples)
        errors += [abs((one.start or 0) - at) for one, at in zip(found, clip(name).starts, strict=True)]
    assert median(errors) <= 0.025


@sphinx
def test_words_stay_the_same_and_in_order() -> None:
    found = aligned(off("two"), clip("two").samples)
    assert [(one.text, one.confidence) for one in found] == [(one.text, one.confidence) for one in off("two")]
    starts = [one.start or 0.0 for one in found]
    assert starts == sorted(starts)
    assert all((one.end or 0.0) >= (one.start or 0.0) for one in found)


@sphinx
def test_names_figures_and_dashes_are_found_too() -> None:
    words = off("team")
    words[1:1] = [Word("—", 0.6, 0.6, 0.9)]
    words[-1] = replace(words[-1], text="Zoominfo?")
    found = aligned(words, clip("team").samples)
    assert found[1].start == found[1].end == found[0].end
    assert found[-1] != words[-1]


@sphinx
def test_what_does_not_fit_keeps_its_times() -> None:
    words = [Word("extraordinary", 0.1 * n, 0.1 * n + 0.1, 0.9) for n in range(30)]
    assert aligned(words, clip("team").samples) == words
    other = [Word("привет", 0.3, 0.6, 0.9), Word("you", 0.7, 0.9, 0.9)]
    assert aligned(other, clip("team").samples) == other
    untimed = [Word("can", None, None, 1.0)]
    assert aligned(untimed, clip("team").samples) == untimed


@sphinx
@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=80), max_size=4), st.integers(0, 4000))
def test_nothing_is_too_odd(texts: list[str], length: int) -> None:
    words = [Word(text, 0.0, 0.1, 0.5) for text in texts]
    found = aligned(words, np.zeros(length, np.float32))
    assert [one.text for one in found] == texts


def test_without_pocketsphinx_words_come_back_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pocketsphinx", None)
    assert aligned(off("team"), clip("team").samples) == off("team")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("$4,000", "four thousand dollars"),
        ("20%,", "twenty percent"),
        ("CRM", "c. r. m."),
        ("IS", "is"),
        ("follow-up", "follow up"),
        ("2026", "twenty twenty six"),
        ("21st", "twenty first"),
        ("3.5", "three point five"),
        ("naïve", "naive"),
        ("don’t", "don't"),
        ("007", "zero zero seven"),
        ("—", ""),
        ("😀", ""),
    ],
)
def test_what_is_written_is_read_aloud(text: str, said: str) -> None:
    assert " ".join(spoken(text, {"is", "don't"}.__contains__) or ()) == said


def test_another_script_is_not_guessed_at() -> None:
    assert spoken("привет", lambda _word: False) is None
    assert spoken("x" * 200, lambda _word: False) is None


@given(st.from_regex(r"[a-z']{1,30}", fullmatch=True))
def test_every_word_of_letters_has_phones(word: str) -> None:
    assert all(phone.isupper() for phone in phones_of(word).split())


@given(st.integers(0, 10**14))
def test_every_number_has_words(number: int) -> None:
    assert all(word.isalpha() for word in read_aloud(f"{number:,}"))
