"""What is not imported before it is needed: the difference between an instant and three seconds."""

import subprocess
import sys

import pytest

HEAVY = (
    "spacy", "faster_whisper", "ctranslate2", "onnxruntime", "av", "pocketsphinx", "sounddevice",
    "soundfile", "huggingface_hub", "sqlite_utils", "textual", "yaml", "numpy",
)  # fmt: skip


def imported(code: str) -> set[str]:
    """The heavy modules a fresh Python has loaded after `code`."""
    ask = f"{code}\nimport sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize("words", [["--help"], ["practice", "--help"], ["scenarios", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert imported(f"from trainer.__main__ import main; main({words!r})") == set()


def test_the_app_loads_no_speech_before_its_first_screen() -> None:
    loaded = imported("import trainer.app.app, trainer.app.services")
    assert loaded == {"textual"}


def test_scoring_a_text_loads_no_speech() -> None:
    loaded = imported(
        "from trainer.__main__ import main; "
        "main('score --text Hello --scenario price-20-percent --turn objection'.split())"
    )
    assert not loaded & {"faster_whisper", "ctranslate2", "onnxruntime", "av", "pocketsphinx", "textual"}
