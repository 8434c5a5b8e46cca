"""One way through a talk of each kind, spoken: exemplars from a synthesiser, heard, judged, led to an end."""

import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from models.sphinx import Sphinx
from models.voice import find
from scenarios.loader import all_scenarios
from scenarios.schema import Activity, Scenario, Turn
from tests.store.conftest import ana, store
from trainer.audio.reading import read
from trainer.hearing.reply import hear
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.records import Person

__all__ = ["ana", "store"]

pytest.importorskip("pocketsphinx", reason="no build of pocketsphinx for this processor")
pytestmark = pytest.mark.skipif(find() is None, reason="no synthesiser on this machine")

SLOWER = "duration_stretch=1.15"
"""As the demonstration is spoken: the rough recogniser hears flite's man best so."""

ENOUGH = 0.5
"""Of the words of a reply, what must be heard of it: 59 to 97 % are, by the rough recogniser."""


@cache
def sphinx() -> Sphinx:
    return Sphinx()


def quickest(kind: Activity) -> tuple[Scenario, str]:
    """The scenario and form of that kind with the least to say: a reply takes seconds to hear."""
    forms = [(one, form) for one in all_scenarios() if one.activity == kind for form in one.forms]
    return min(forms, key=lambda one: sum(len(shortest(turn)) for turn in one[0].form(one[1]).turns))


def speak(text: str, file: Path) -> None:
    """A reply as a recording."""
    if shutil.which("flite"):
        command = ["flite", "-voice", "rms", "--setf", SLOWER, "-t", text, "-o", str(file)]
        subprocess.run(command, check=True)
    else:
        voice = find()
        assert voice is not None
        voice.render(text, "male", file)


def shortest(turn: Turn) -> str:
    """The exemplar that takes the least time to say."""
    return min(turn.exemplars, key=len)


def shared(said: str, heard: str) -> float:
    """How many of the different words that were said were heard, 0 to 1."""
    words = {word.strip('.,?!"').lower() for word in said.split()}
    return len(words & set(heard.lower().split())) / len(words)


@pytest.mark.parametrize("kind", get_args(Activity))
def test_a_talk_of_each_kind_is_spoken_heard_and_judged_to_its_end(
    kind: Activity, tmp_path: Path, store: Store, ana: Person
) -> None:
    scenario, form = quickest(kind)
    session = Session.start(store, scenario, form, ana, "warm-up", takes_folder=tmp_path)
    while session.result is None:
        said, file = shortest(session.turn), tmp_path / f"{session.position}.wav"
        speak(said, file)
        heard = hear(read(file).samples, sphinx(), hotwords=scenario.hotwords)
        assert heard.rough
        assert shared(said, heard.text) >= ENOUGH, (said, heard.text)
        session.judge(heard)
        session.go_on()
    assert len(session.replies) >= 3
    assert session.closing
    assert store.attempt(session.attempt.id).result == session.result
    scores = [reply.scorecard.score for reply in session.replies]
    assert max(score or 0 for score in scores) >= 80, scores
