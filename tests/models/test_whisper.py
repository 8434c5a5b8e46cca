import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ctranslate2
import numpy as np
import pytest
from numpy.typing import NDArray

from models.activity import levelled
from models.errors import RecogniserError
from models.whisper import Whisper, prompt, threads
from models.window import FEWEST, Window, frames, parted
from scoring.transcript import Word
from tests.models.conftest import MICRO, clip
from tests.models.sounds import RATE, sound


def times_of(words: Sequence[Word]) -> list[float]:
    """Start and end of each word, one after another; -1 where there is none."""
    pairs = ((word.start, word.end) for word in words)
    return [-1.0 if time is None else time for pair in pairs for time in pair]


def text_of(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


KNOWN = ("team", "budget", "concern", "saved", "two")


@pytest.mark.parametrize("name", KNOWN)
def test_every_word_with_its_time(micro: Whisper, name: str) -> None:
    spoken = clip(name)
    heard = micro.words(spoken.samples)
    assert text_of(heard) == spoken.text
    starts = [word.start for word in heard]
    assert starts == pytest.approx(list(spoken.starts), abs=0.12)
    assert np.median(np.abs(np.array(starts) - spoken.starts)) < 0.04
    assert all(0.5 < word.confidence <= 1.0 for word in heard)


def test_times_are_in_order_and_inside_the_stretch(micro: Whisper) -> None:
    times = times_of(micro.words(clip("two").samples))
    assert times == sorted(times)
    assert 0 <= times[0] < times[-1] <= len(clip("two").samples) / RATE


def test_what_is_too_faint_for_a_voice_does_not_even_load_the_weights(tmp_path: Path) -> None:
    assert Whisper(tmp_path / "nowhere").words(sound("digital silence")) == []
    assert Whisper(tmp_path / "nowhere").words(np.zeros(0, np.float32)) == []


def test_the_same_stretch_gives_the_same_words(micro: Whisper) -> None:
    assert micro.words(clip("concern").samples) == micro.words(clip("concern").samples)


def test_hotwords_leave_a_clear_sentence_as_it_is(micro: Whisper) -> None:
    spoken = clip("saved")
    assert text_of(micro.words(spoken.samples, hotwords=("pilot", "discount"))) == spoken.text


@pytest.mark.parametrize("name", KNOWN)
def test_a_draft_in_a_short_window_has_the_words_of_a_clear_sentence(micro: Whisper, name: str) -> None:
    assert text_of(micro.words(clip(name).samples, draft=True)) == clip(name).text


def widths_encoded(whisper: Whisper, **asked: Any) -> list[int]:
    """How many frames the model was given for one sentence."""
    whisper.warm_up()
    widths: list[int] = []
    encode = whisper._loaded.encode._encode

    def noted(features: NDArray[np.float32]) -> Any:
        widths.append(features.shape[1])
        return encode(features)

    whisper._loaded.encode._encode = noted
    whisper.words(clip("two").samples, **asked)
    return widths


def test_words_that_stay_are_heard_in_the_window_whisper_was_taught_drafts_in_a_short_one() -> None:
    assert widths_encoded(Whisper(MICRO)) == [3000]
    assert widths_encoded(Whisper(MICRO), draft=True) == [FEWEST]
    assert widths_encoded(Whisper(MICRO, window="short")) == [FEWEST]
    assert (Whisper(MICRO).drafts, Whisper(MICRO, window="short").drafts) == (True, False)


@pytest.mark.parametrize(("seconds", "wide"), [(0.5, 1000), (7.0, 1000), (12.01, 1452), (29.0, 3000)])
def test_a_short_window_has_the_sound_some_silence_and_no_less_than_ten_seconds(
    seconds: float, wide: int
) -> None:
    features = np.zeros((80, 3000), np.float32)
    features[:, : round(seconds * 100)] = 0.3
    assert frames(features) == wide


class Scripted:
    """Stands in for faster-whisper's model: gives one answer after another, keeps what it was asked."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.short: list[bool] = []
        self.encode: Any = None

    def transcribe(self, audio: Any, **asked: Any) -> tuple[Iterator[Any], None]:
        self.asked.append(asked)
        self.short.append(self.encode.short)
        return iter(self.answers[len(self.asked) - 1]), None


def heard_by(model: Scripted, hotwords: tuple[str, ...] = (), window: Window = "full") -> list[Word]:
    whisper = Whisper(MICRO, window=window, load=lambda _folder: model)
    return whisper.words(clip("team").samples, hotwords=hotwords)


def word(text: str, start: float, end: float, probability: float = 0.9) -> Any:
    return SimpleNamespace(word=text, start=start, end=end, probability=probability)


def segment(*words: Any, ratio: float = 1.0, logprob: float = -0.2) -> Any:
    return SimpleNamespace(words=list(words), end=words[-1].end, compression_ratio=ratio, avg_logprob=logprob)


def test_speech_whose_words_found_no_times_is_heard_again_without_them() -> None:
    untimed = SimpleNamespace(
        text=" Our price holds.", start=0.4, end=2.0, avg_logprob=-0.1, words=None, compression_ratio=1.0
    )
    model = Scripted([], [untimed])
    heard = heard_by(model)
    assert text_of(heard) == "Our price holds."
    assert [asked["word_timestamps"] for asked in model.asked] == [True, False]
    times = times_of(heard)
    assert times == sorted(times)
    assert 0.4 <= times[0] < times[-1] <= 2.0
    assert {round(word.confidence, 2) for word in heard} == {0.9}


def test_words_that_go_round_in_circles_are_heard_again_without_repeating() -> None:
    model = Scripted([segment(word(" no", 0.4, 0.6), ratio=9.0)], [segment(word(" Never.", 0.4, 0.9))])
    assert text_of(heard_by(model)) == "Never."
    assert ["no_repeat_ngram_size" in asked for asked in model.asked] == [False, True]
    assert {asked["temperature"] for asked in model.asked} == {0.0}


@pytest.mark.parametrize(
    "doubtful",
    [[segment(word(" no", 0.4, 0.6), ratio=9.0)], [segment(word(" no", 0.4, 0.6), logprob=-1.5)], []],
)
def test_a_short_window_that_gives_doubtful_words_is_given_up_for_the_full_one(doubtful: list[Any]) -> None:
    model = Scripted(doubtful, [segment(word(" Never.", 0.4, 0.9))])
    assert text_of(heard_by(model, window="short")) == "Never."
    assert model.short == [True, False]


def test_pieces_of_one_word_are_put_together_with_the_lower_confidence() -> None:
    words = [
        word(" 20", 0.4, 0.6, 0.8),
        word("%", 0.6, 0.7, 0.5),
        word(" follow", 0.8, 1.0),
        word("-up.", 1.0, 1.2),
    ]
    heard = heard_by(Scripted([segment(*words)]))
    assert text_of(heard) == "20% follow-up."
    assert (heard[0].start, heard[0].end, heard[0].confidence) == (0.4, 0.7, 0.5)


def test_the_prompt_asks_for_fillers_and_names_as_many_hotwords_as_fit() -> None:
    model = Scripted([segment(word(" Yes", 0.4, 0.8))])
    heard_by(model, tuple(f"Product{number}" for number in range(100)))
    prompt = model.asked[0]["hotwords"]
    assert prompt.startswith("Product0, Product1, ")
    assert prompt.endswith(". Um, uh, hmm, er, ah.")
    assert len(prompt) < 150
    assert model.asked[0]["condition_on_previous_text"] is False


def test_names_that_make_it_say_nothing_are_left_out(micro: Whisper) -> None:
    strange = ("price-lock guarantee", "Kestrel CRM", "onboarding desk", "Brightline")
    spoken = clip("budget")
    micro.warm_up()
    assert micro._heard(levelled(spoken.samples), prompt(strange)).words == []
    assert text_of(micro.words(spoken.samples, hotwords=strange)) == spoken.text


@pytest.mark.parametrize(("window", "name"), [("full", "base.en"), ("short", "base.en short")])
def test_its_transcripts_say_in_which_window_they_were_heard(window: Window, name: str) -> None:
    assert Whisper(Path("base.en"), window=window).model == name
    assert parted(name) == ("base.en", window)


@pytest.mark.parametrize("lacking", ["model.bin", "tokenizer.json"])
def test_an_incomplete_folder_is_refused_and_no_hub_is_asked(tmp_path: Path, lacking: str) -> None:
    folder = shutil.copytree(MICRO, tmp_path / "tiny.en")
    (folder / lacking).unlink()
    with pytest.raises(
        RecogniserError, match=r"tiny\.en holds no complete model.*trainer models fetch tiny\.en"
    ):
        Whisper(folder).warm_up()


def test_damaged_weights_are_refused_with_the_mend(tmp_path: Path) -> None:
    folder = shutil.copytree(MICRO, tmp_path / "base.en")
    weights = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(weights[: len(weights) // 2])
    with pytest.raises(RecogniserError, match=r"can't be loaded.*trainer models fetch base\.en"):
        Whisper(folder).warm_up()


def test_a_graphics_card_that_can_not_be_used_leaves_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    spoken = clip("budget")
    assert text_of(Whisper(MICRO).words(spoken.samples)) == spoken.text


@pytest.mark.parametrize(("there", "used"), [(1, 1), (2, 2), (4, 4), (8, 4), (12, 6), (64, 8)])
def test_a_large_machine_is_not_filled(monkeypatch: pytest.MonkeyPatch, there: int, used: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(there)), raising=False)
    assert threads() == used
