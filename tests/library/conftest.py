from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scenarios.shelves import use
from trainer.__main__ import main
from trainer.library.shelves import use_shelves_of
from trainer.paths import Paths

Trainer = Callable[..., tuple[int, str, str]]
"""Runs the command line in this process: exit code, standard output, standard error."""


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """An empty profile, whose packs and own scenarios are looked for."""
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))
    found = Paths.of_user()
    use_shelves_of(found)
    yield found
    use(tuple)


@pytest.fixture
def trainer(paths: Paths, capsys: pytest.CaptureFixture[str]) -> Trainer:
    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(words))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run
