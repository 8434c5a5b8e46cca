"""The page on playbooks and packs, followed to the letter: what it shows is what happens."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.shelves import use
from trainer.__main__ import main
from trainer.paths import Paths

PAGE = (Path(__file__).parent.parent / "docs" / "packs.md").read_text(encoding="utf-8")
(PLAYBOOK,) = re.findall(r"```markdown\n(.+?)```", PAGE, re.DOTALL)
(MANIFEST,) = re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)
CONSOLES = re.findall(r"```console\n(.+?)```", PAGE, re.DOTALL)
STEPS = [
    tuple(re.split(r"\n", step, maxsplit=1)) for one in CONSOLES for step in one.split("$ ./run ") if step
]
"""Each command with what it shows; "..." stands for any lines, "…" for the rest of one."""


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Somebody with an empty profile, the playbook in their folder, and `./run`."""
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TRAINER_COMMAND", "./run")
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "playbook.md").write_text(PLAYBOOK, encoding="utf-8")
    yield here
    use(tuple)


def before(command: str, here: Path) -> None:
    """What the page tells the reader to do by hand before a command."""
    own, pack = Paths.of_user().scenarios, here / "fleet"
    draft = here / "playbook-drafts" / "your-price-is-too-high.yaml"
    if command == "scenarios list":
        own.mkdir(parents=True)
        shutil.copy(draft, own)
    if command == "packs check fleet":
        (pack / "scenarios").mkdir(parents=True)
        (pack / "pack.yaml").write_text(MANIFEST, encoding="utf-8")
        text = draft.read_text(encoding="utf-8").replace("id: your-price-is-too-high", "id: plumber-price")
        (pack / "scenarios" / "plumber-price.yaml").write_text(text, encoding="utf-8")
    if command == "packs diff fleet":
        (pack / "pack.yaml").write_text(MANIFEST.replace('"1.0"', '"1.1"'), encoding="utf-8")
        file = pack / "scenarios" / "plumber-price.yaml"
        text = file.read_text(encoding="utf-8").replace("Your price is too high.", "That is too much.")
        file.write_text(text, encoding="utf-8")


def as_pattern(shown: str) -> str:
    parts = [re.escape(line).replace("…", "[^\n]*") + "\n" for line in shown.rstrip("\n").split("\n")]
    return "".join("(?:[^\n]*\n)*" if part == re.escape("...") + "\n" else part for part in parts)


def test_the_page_leads_where_it_says(reader: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(STEPS) == 10
    for command, shown in STEPS:
        before(command, reader)
        capsys.readouterr()
        assert main(shlex.split(command)) == 0, capsys.readouterr().err
        assert re.fullmatch(as_pattern(shown), capsys.readouterr().out), command


def test_it_says_how_large_a_pack_may_be() -> None:
    from scoring.yaml_source import MAX_BYTES
    from trainer.library.members import MOST_BYTES, MOST_FILES

    limits = f"At most {MOST_FILES} files and {MOST_BYTES // 1_000_000} MB, {MAX_BYTES // 1000} kB a file"
    assert limits in PAGE
