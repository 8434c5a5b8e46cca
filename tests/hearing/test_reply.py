import numpy as np
import pytest

from models.whisper import Whisper
from tests.hearing.recordings import Named, floats, said
from tests.models.conftest import MICRO, clip
from tests.models.sounds import RATE, sound
from trainer.hearing.reply import hear

__all__ = ["micro"]


@pytest.fixture(scope="module")
def micro() -> Whisper:
    return Whisper(MICRO)


REPLY = said(0.4, "two", 0.7, "concern", 2.5, "saved", 0.3)


def test_every_stretch_is_heard_and_its_words_stand_where_they_were_said(micro: Whisper) -> None:
    names = ("two", "concern", "saved")
    heard = hear(floats(REPLY), micro)
    assert heard.text == " ".join(clip(name).text for name in names)
    assert (heard.engine, heard.model, heard.rough) == ("faster-whisper", "whisper-micro.en", False)
    assert heard.seconds == len(REPLY) / RATE
    at, expected = 0.4, []
    for name, pause in zip(names, (0.7, 2.5, 0.3), strict=True):
        expected += [at + start for start in clip(name).starts]
        at += len(clip(name).samples) / RATE + pause
    starts = [word.start or 0.0 for word in heard.words]
    assert np.median(np.abs(np.array(starts) - expected)) < 0.04
    assert starts == sorted(starts)


def test_minutes_of_silence_between_two_sentences_cost_neither_words_nor_times(micro: Whisper) -> None:
    first, second = clip("concern"), clip("budget")
    wait = 100 * RATE
    samples = np.concatenate([first.samples, np.zeros(wait, np.float32), second.samples])
    heard = hear(samples, micro)
    assert heard.text == f"{first.text} {second.text}"
    shift = (len(first.samples) + wait) / RATE
    assert heard.words[-1].start == pytest.approx(second.starts[-1] + shift, abs=0.1)


@pytest.mark.parametrize("name", ["digital silence", "loud hiss", "a cough", "chords"])
def test_no_words_out_of_what_nobody_says(name: str) -> None:
    recogniser = Named()
    assert hear(sound(name), recogniser).words == ()
    assert recogniser.asked == []


def test_a_quiet_recording_is_heard_like_a_loud_one(micro: Whisper) -> None:
    spoken = clip("budget")
    assert hear(spoken.samples * np.float32(0.007), micro).text == spoken.text


def test_progress_rises_to_the_end() -> None:
    progress: list[float] = []
    hear(floats(REPLY), Named(), on_progress=progress.append)
    assert progress == sorted(progress)
    assert len(progress) == 4
    assert progress[-1] == 1.0


def test_cancelled_before_it_starts_it_says_nothing() -> None:
    recogniser = Named()
    assert hear(floats(REPLY), recogniser, cancelled=lambda: True).words == ()
    assert recogniser.asked == []


def test_cancelled_in_the_middle_the_words_so_far_come_back() -> None:
    progress: list[float] = []
    heard = hear(floats(REPLY), Named(), on_progress=progress.append, cancelled=lambda: bool(progress))
    assert len(heard.words) == len(progress) == 1


def test_a_whole_reply_has_what_its_sound_says_beside_its_words(micro: Whisper) -> None:
    assert hear(floats(REPLY), micro).sound is not None


def test_an_empty_recording_is_an_empty_transcript() -> None:
    assert hear(np.zeros(0, np.float32), Named()).seconds == 0.0
