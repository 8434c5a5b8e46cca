import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ctranslate2
import numpy as np
import pytest

from models.errors import RecogniserError
from models.whisper import Whisper, threads
from scoring.transcript import Transcript
from tests.models.conftest import MICRO, clip
from tests.models.sounds import RATE, sound


def times_of(heard: Transcript) -> list[float]:
    """Start and end of each word, one after another; -1 where there is none."""
    pairs = ((word.start, word.end) for word in heard.words)
    return [-1.0 if time is None else time for pair in pairs for time in pair]


KNOWN = ("team", "budget", "concern", "saved", "two")


@pytest.mark.parametrize("name", KNOWN)
def test_every_word_with_its_time(micro: Whisper, name: str) -> None:
    spoken = clip(name)
    heard = micro.transcribe(spoken.samples)
    assert heard.text == spoken.text
    assert (heard.engine, heard.model, heard.rough) == ("faster-whisper", "whisper-micro.en", False)
    assert heard.seconds == len(spoken.samples) / RATE
    starts = [word.start for word in heard.words]
    assert starts == pytest.approx(list(spoken.starts), abs=0.12)
    assert np.median(np.abs(np.array(starts) - spoken.starts)) < 0.04
    assert all(0.5 < word.confidence <= 1.0 for word in heard.words)


def test_times_are_in_order_and_inside_the_recording(micro: Whisper) -> None:
    heard = micro.transcribe(clip("two").samples)
    times = times_of(heard)
    assert times == sorted(times)
    assert 0 <= times[0] < times[-1] <= heard.seconds


def test_a_pause_between_sentences_shows_in_the_gaps(micro: Whisper) -> None:
    assert max(micro.transcribe(clip("two").samples).gaps()) == pytest.approx(0.8, abs=0.15)


@pytest.mark.parametrize("name", ["digital silence", "loud hiss", "a cough", "chords"])
def test_no_words_out_of_what_nobody_says(micro: Whisper, name: str) -> None:
    heard = micro.transcribe(sound(name))
    assert heard.words == ()
    assert heard.text == ""


def test_silence_does_not_even_load_the_weights(tmp_path: Path) -> None:
    progress: list[float] = []
    heard = Whisper(tmp_path / "nowhere").transcribe(sound("hiss"), on_progress=progress.append)
    assert heard.words == ()
    assert progress == [1.0]


def test_an_empty_recording_is_an_empty_transcript(micro: Whisper) -> None:
    assert micro.transcribe(np.zeros(0, np.float32)).seconds == 0.0


def test_a_quiet_recording_is_heard_like_a_loud_one(micro: Whisper) -> None:
    spoken = clip("budget")
    assert micro.transcribe(spoken.samples * np.float32(0.007)).text == spoken.text


def test_minutes_of_silence_between_two_sentences_cost_neither_words_nor_times(micro: Whisper) -> None:
    first, second = clip("concern"), clip("budget")
    wait = 100 * RATE
    samples = np.concatenate([first.samples, np.zeros(wait, np.float32), second.samples])
    heard = micro.transcribe(samples)
    assert heard.text == f"{first.text} {second.text}"
    shift = (len(first.samples) + wait) / RATE
    expected = [*first.starts, *(start + shift for start in second.starts)]
    assert [word.start for word in heard.words] == pytest.approx(expected, abs=0.25)


def test_the_same_recording_gives_the_same_transcript(micro: Whisper) -> None:
    assert micro.transcribe(clip("concern").samples) == micro.transcribe(clip("concern").samples)


def test_progress_rises_to_the_end(micro: Whisper) -> None:
    progress: list[float] = []
    micro.transcribe(clip("two").samples, on_progress=progress.append)
    assert progress == sorted(progress)
    assert len(progress) >= 3
    assert progress[-1] == 1.0


def test_cancelled_before_it_starts_it_says_nothing(tmp_path: Path) -> None:
    heard = Whisper(tmp_path / "nowhere").transcribe(clip("two").samples, cancelled=lambda: True)
    assert heard.words == ()


def test_cancelled_in_the_middle_the_words_so_far_come_back(micro: Whisper) -> None:
    progress: list[float] = []
    spoken = clip("two")
    heard = micro.transcribe(spoken.samples, on_progress=progress.append, cancelled=lambda: bool(progress))
    assert heard.text
    assert spoken.text.startswith(heard.text)
    assert 1.0 not in progress


def test_hotwords_leave_a_clear_sentence_as_it_is(micro: Whisper) -> None:
    spoken = clip("saved")
    assert micro.transcribe(spoken.samples, hotwords=("pilot", "discount")).text == spoken.text


class Scripted:
    """Stands in for faster-whisper's model: gives one answer after another, keeps what it was asked."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []

    def transcribe(self, audio: Any, **asked: Any) -> tuple[Iterator[Any], None]:
        self.asked.append(asked)
        return iter(self.answers[len(self.asked) - 1]), None


def heard_by(model: Scripted, hotwords: tuple[str, ...] = ()) -> Transcript:
    return Whisper(MICRO, load=lambda _folder: model).transcribe(clip("team").samples, hotwords=hotwords)


def word(text: str, start: float, end: float, probability: float = 0.9) -> Any:
    return SimpleNamespace(word=text, start=start, end=end, probability=probability)


def segment(*words: Any, ratio: float = 1.0) -> Any:
    return SimpleNamespace(words=list(words), end=words[-1].end, compression_ratio=ratio)


def test_speech_whose_words_found_no_times_is_heard_again_without_them() -> None:
    untimed = SimpleNamespace(
        text=" Our price holds.", start=0.4, end=2.0, avg_logprob=-0.1, words=None, compression_ratio=1.0
    )
    model = Scripted([], [untimed])
    heard = heard_by(model)
    assert heard.text == "Our price holds."
    assert [asked["word_timestamps"] for asked in model.asked] == [True, False]
    times = times_of(heard)
    assert times == sorted(times)
    assert 0.4 <= times[0] < times[-1] <= 2.0
    assert {round(word.confidence, 2) for word in heard.words} == {0.9}


def test_words_that_go_round_in_circles_are_heard_again_without_repeating() -> None:
    model = Scripted([segment(word(" no", 0.4, 0.6), ratio=9.0)], [segment(word(" Never.", 0.4, 0.9))])
    assert heard_by(model).text == "Never."
    assert ["no_repeat_ngram_size" in asked for asked in model.asked] == [False, True]
    assert {asked["temperature"] for asked in model.asked} == {0.0}


def test_pieces_of_one_word_are_put_together_with_the_lower_confidence() -> None:
    words = [
        word(" 20", 0.4, 0.6, 0.8),
        word("%", 0.6, 0.7, 0.5),
        word(" follow", 0.8, 1.0),
        word("-up.", 1.0, 1.2),
    ]
    heard = heard_by(Scripted([segment(*words)]))
    assert heard.text == "20% follow-up."
    assert (heard.words[0].start, heard.words[0].end, heard.words[0].confidence) == (0.4, 0.7, 0.5)


def test_the_prompt_asks_for_fillers_and_names_as_many_hotwords_as_fit() -> None:
    model = Scripted([segment(word(" Yes", 0.4, 0.8))])
    heard_by(model, tuple(f"Product{number}" for number in range(100)))
    prompt = model.asked[0]["hotwords"]
    assert prompt.startswith("Product0, Product1, ")
    assert prompt.endswith(". Um, uh, hmm, er, ah.")
    assert len(prompt) < 150
    assert model.asked[0]["condition_on_previous_text"] is False


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
    assert Whisper(MICRO).transcribe(spoken.samples).text == spoken.text


@pytest.mark.parametrize(("there", "used"), [(1, 1), (2, 2), (4, 4), (8, 4), (12, 6), (64, 8)])
def test_a_large_machine_is_not_filled(monkeypatch: pytest.MonkeyPatch, there: int, used: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(there)), raising=False)
    assert threads() == used
