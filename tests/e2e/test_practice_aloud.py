"""The whole way of a reply through real parts: a voice, PortAudio, the recogniser, the scorer, the store."""

import os
import re
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.demo import demo
from tests.e2e.terminal import TRAINER, Terminal, why_not
from tests.virtual_mic.server import VirtualMic

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())

DEMO = demo()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def terminal(tmp_path: Path, home: Path, virtual_mic: VirtualMic) -> Iterator[Terminal]:
    with Terminal(tmp_path, {"TRAINER_HOME": str(home), **virtual_mic.env}) as opened:
        yield opened


def trainer(home: Path, *words: str) -> None:
    subprocess.run([str(TRAINER), *words], check=True, env={**os.environ, "TRAINER_HOME": str(home)})


def become_ana(terminal: Terminal) -> None:
    terminal.shows("Your name")
    terminal.type("Ana")
    terminal.shows("Ana")
    terminal.press("Enter")
    terminal.shows("? help")
    terminal.press("Enter")
    terminal.shows("Today")


def speak(terminal: Terminal, microphone: VirtualMic, recording: Path) -> None:
    """One reply, watching the meter move while it is spoken."""
    terminal.shows("Press space")
    terminal.press("Space")
    terminal.shows("end reply")
    speaking = threading.Thread(target=microphone.play, args=[recording])
    speaking.start()
    terminal.until(lambda: bool(re.search("[▃▄▅▆▇█]", terminal.screen)), "the meter's movement")
    speaking.join()
    terminal.press("Space")


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "data" / "trainer.db") as db:
        return db.execute(query).fetchall()


def test_a_practice_spoken_aloud_ends_in_a_score_on_screen_and_in_the_database(
    terminal: Terminal, home: Path, virtual_mic: VirtualMic
) -> None:
    become_ana(terminal)
    trainer(home, "assign", "Ana", DEMO.scenario, "--due", "2999-01-01")
    terminal.press("C-q")
    terminal.until(lambda: terminal.ended, "the app's end")
    terminal.restart()

    terminal.shows("Start", "assessed")
    terminal.press("Enter")
    terminal.shows("begin")
    terminal.press("Enter")
    terminal.shows("yes, record")
    terminal.press("y")
    for number, recording in enumerate(DEMO.replies, 1):
        terminal.shows(f"turn {number} of")
        speak(terminal, virtual_mic, recording)
        terminal.shows(f"Turn {number} of", "mark yourself first", seconds=60)
        terminal.press("Enter")
        terminal.shows(f"Turn {number} of", "Next time")
        terminal.press("Enter")
    screen = terminal.shows("practise again")

    ((score, finished),) = rows(home, "select score, finished_at from results")
    assert finished
    assert isinstance(score, int)
    assert re.search(rf"\b{score}\b", screen)
    heard = [str(text) for (text,) in rows(home, "select text from replies order by position")]
    assert len(heard) == len(DEMO.replies)
    assert "comparing" in heard[0] or "percent" in heard[0]
    kept = sorted(file.suffix for file in (home / "data" / "takes").rglob("*") if file.is_file())
    assert kept == [".flac"] * len(DEMO.replies)
