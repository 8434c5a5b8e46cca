import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trainer.__main__ import main

Trainer = Callable[..., tuple[int, str, str]]
"""Runs the command line in this process: exit code, standard output, standard error."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty profile."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TRAINER_HOME", str(folder))
    return folder


@pytest.fixture
def trainer(capsys: pytest.CaptureFixture[str]) -> Trainer:
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(words))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


@pytest.fixture
def document(trainer: Trainer) -> Callable[..., Any]:
    """The one JSON document a command prints with --json."""

    def run(*words: str) -> Any:
        code, out, err = trainer(*words, "--json")
        assert code == 0, err
        assert out.count("\n") == 1
        return json.loads(out)

    return run
