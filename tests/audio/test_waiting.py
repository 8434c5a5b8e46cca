import threading

import pytest

from trainer.audio.errors import AudioDeviceError
from trainer.audio.waiting import in_time


def test_what_comes_in_time_is_given() -> None:
    assert in_time(lambda: 3, 10) == 3


def test_an_error_comes_as_it_is() -> None:
    found: dict[str, int] = {}
    with pytest.raises(KeyError):
        in_time(lambda: found["missing"], 10)


def test_what_comes_too_late_is_handed_on() -> None:
    answer, late = threading.Event(), threading.Event()
    handed: list[bool] = []

    def take(value: bool) -> None:
        handed.append(value)
        late.set()

    with pytest.raises(AudioDeviceError, match="does not answer"):
        in_time(lambda: answer.wait(10), 0.01, late=take)
    answer.set()
    assert late.wait(10)
    assert handed == [True]
