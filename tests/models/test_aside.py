import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from models.alignment import aligned
from models.aside import Aside, AsideError
from models.recogniser import SAMPLE_RATE
from scoring.transcript import Word
from tests.models.conftest import clip

held: list[FileLock] = []


@pytest.fixture(scope="module")
def aside() -> Aside:
    return Aside()


def hold(file: str) -> None:
    """Has a lock for as long as the process lives."""
    held.append(FileLock(file))
    held[0].acquire(timeout=0)


def free(file: Path, seconds: float) -> bool:
    try:
        with FileLock(file).acquire(timeout=seconds):
            return True
    except Timeout:
        return False


def write_as_native_code_does(text: bytes) -> None:
    os.write(1, text)
    os.write(2, text)


def die_once(mark: str) -> str:
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(1)
    return "done"


def test_it_is_one_other_process_started_when_it_is_needed(aside: Aside) -> None:
    assert Aside()._process is None
    assert aside(os.getpid) == aside(os.getpid) != os.getpid()


def test_words_get_the_times_there_that_they_get_here(aside: Aside) -> None:
    samples, texts = clip("team").samples, clip("team").text.split()
    length = len(samples) / SAMPLE_RATE / len(texts)
    words = [Word(text, at * length, (at + 1) * length, 0.9) for at, text in enumerate(texts)]
    assert aside(aligned, words, samples) == aligned(words, samples)


def test_what_is_raised_there_is_raised_here_and_it_goes_on(aside: Aside) -> None:
    process = aside(os.getpid)
    with pytest.raises(ValueError, match="invalid literal"):
        aside(int, "seven")
    assert aside(os.getpid) == process


def test_one_that_died_is_replaced_and_nobody_notices(aside: Aside, tmp_path: Path) -> None:
    before = aside(os.getpid)
    assert aside(die_once, str(tmp_path / "mark")) == "done"
    assert aside(os.getpid) != before


def test_what_kills_two_is_given_up_and_the_next_is_answered(aside: Aside) -> None:
    with pytest.raises(AsideError, match="_exit"):
        aside(os._exit, 1)
    assert aside(int, "7") == 7


def test_it_writes_nothing_where_the_app_writes(aside: Aside, capfd: pytest.CaptureFixture[str]) -> None:
    aside(write_as_native_code_does, b"Cannot connect to server socket")
    assert aside(int, "7") == 7
    assert capfd.readouterr() == ("", "")


def test_it_ends_when_nobody_has_it_any_more(tmp_path: Path) -> None:
    aside = Aside()
    aside(hold, str(tmp_path / "lock"))
    assert not free(tmp_path / "lock", 0)
    del aside
    assert free(tmp_path / "lock", 20)


APP = """
import sys, time
from models.aside import aside
from tests.models.test_aside import hold
aside(hold, sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("how", ["leaving", "killed"])
def test_it_ends_with_the_app(tmp_path: Path, how: str) -> None:
    lock = tmp_path / "lock"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", APP, str(lock)], **pipes) as app:  # type: ignore[call-overload]
        assert app.stdout.readline() == b"held\n"
        assert not free(lock, 0)
        if how == "killed":
            app.kill()  # nothing of its own runs after that
        app.stdin.close()
        assert (app.wait() == 0) == (how == "leaving")
        assert free(lock, 20)
