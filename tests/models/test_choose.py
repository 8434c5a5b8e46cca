import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from models.choose import describe, recogniser
from models.errors import RecogniserError
from models.fetch import add
from models.sphinx import Sphinx
from models.whisper import Whisper
from tests.models.conftest import MICRO

NAME = "whisper-micro.en"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    add(MICRO, tmp_path)
    return tmp_path


@pytest.fixture
def no_sphinx(monkeypatch: pytest.MonkeyPatch) -> None:
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "pocketsphinx" else find_spec(name)
    )


@pytest.mark.parametrize("engine", ["auto", "faster-whisper"])
def test_weights_that_are_here_are_used_and_need_no_note(weights: Path, engine: str) -> None:
    choice = describe(engine, NAME, weights)
    assert (choice.engine, choice.model, choice.rough, choice.note) == ("faster-whisper", NAME, False, "")
    made = recogniser(engine, NAME, weights)
    assert isinstance(made, Whisper)
    assert made.model == NAME


def test_other_weights_are_better_than_none_and_it_is_said(weights: Path) -> None:
    choice = describe("auto", "base.en", weights)
    assert (choice.engine, choice.model, choice.rough) == ("faster-whisper", NAME, False)
    assert choice.note == f"The weights of base.en are not on this machine; {NAME} is used."


def test_without_weights_the_rough_one_is_honest_about_itself(tmp_path: Path) -> None:
    choice = describe("auto", "base.en", tmp_path / "none")
    assert choice.note == (
        "Rough recogniser: good for trying the app, not for judging you. "
        "For the real one: trainer models fetch base.en"
    )
    assert (choice.engine, choice.rough, choice.ready) == ("pocketsphinx", True, True)
    assert isinstance(recogniser("auto", "base.en", tmp_path / "none"), Sphinx)


def test_the_rough_one_is_there_for_who_asks_for_it(weights: Path) -> None:
    choice = describe("pocketsphinx", NAME, weights)
    assert (choice.engine, choice.model, choice.rough) == ("pocketsphinx", "en-us", True)
    assert isinstance(recogniser("pocketsphinx", NAME, weights), Sphinx)


def test_half_fetched_weights_are_none(weights: Path) -> None:
    (weights / NAME / "manifest.json").unlink()
    assert describe("auto", NAME, weights).engine == "pocketsphinx"


@pytest.mark.parametrize(("asked", "offered"), [("small.en", "small.en"), ("my-own", "base.en")])
def test_whisper_asked_for_without_weights_names_the_command(
    tmp_path: Path, asked: str, offered: str
) -> None:
    assert not describe("faster-whisper", asked, tmp_path).ready
    with pytest.raises(RecogniserError, match=rf"{asked} are not .*: trainer models fetch {offered}$"):
        recogniser("faster-whisper", asked, tmp_path)


@pytest.mark.usefixtures("no_sphinx")
def test_where_there_is_nothing_the_mend_is_named(tmp_path: Path) -> None:
    choice = describe("auto", "base.en", tmp_path)
    assert not choice.ready
    with pytest.raises(
        RecogniserError, match=r"no recogniser on this machine yet.*trainer models fetch base"
    ):
        recogniser("auto", "base.en", tmp_path)


def test_an_unknown_engine_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RecogniserError, match="No engine is called vosk"):
        recogniser("vosk", "base.en", tmp_path)


@pytest.mark.parametrize("name", ["../secret", "", ".", "a/b", "C:\\x"])
def test_a_model_s_name_is_no_path(tmp_path: Path, name: str) -> None:
    assert describe("auto", name, tmp_path).engine == "pocketsphinx"


def test_describing_loads_nothing_heavy(weights: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from models.choose import describe
assert describe("auto", {NAME!r}, Path({str(weights)!r})).engine == "faster-whisper"
heavy = {{"numpy", "ctranslate2", "faster_whisper", "pocketsphinx", "onnxruntime", "huggingface_hub", "av"}}
sys.exit(" ".join(heavy & set(sys.modules)) or 0)
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, cwd=Path.cwd()
    )
    assert (ran.returncode, ran.stderr) == (0, "")
