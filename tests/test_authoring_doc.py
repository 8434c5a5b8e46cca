"""The page that leads to a scenario of one's own leads there: followed to the letter, step by step."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from scenarios.comparing import GOOD_APART, POOR_APART
from scenarios.headings import LIBRARY
from scenarios.lint import report
from scenarios.rules import DEEPEST, SHORTEST
from scenarios.sayable import HARDEST, LONGEST_LINE, LONGEST_SENTENCE
from scenarios.schema import Branch, Form, Persona, Scenario, Turn
from tests.scenarios.judge import judge
from tests.scenarios.test_new import Keyboard
from trainer.__main__ import main

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
SITUATION, REPLIES, WORSE, FORK, SUNK, _ = re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)
WRONG, MISSING = re.findall(r"```text\n(.+?)\n```", PAGE)
TALK = re.search(r"```console\n\$ \./run scenarios new\n(.+?)```", PAGE, re.DOTALL)
NAME = "we-build-that-ourselves"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's file after step 1."""
    assert TALK
    answers = re.findall(r"\]:[ ]?(.*)$", TALK.group(1), re.MULTILINE)
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", Keyboard("".join(f"{one}\n" for one in answers)))
    assert main(["scenarios", "new"]) == 0
    return tmp_path / f"{NAME}.yaml"


def changed(file: Path, pattern: str, to: str, *, times: int = 1) -> None:
    """What the reader does in the editor: one place in the file becomes another."""
    text = file.read_text(encoding="utf-8")
    text, found = re.subn(pattern, lambda _: to, text, count=times, flags=re.DOTALL)
    assert found == times, pattern
    file.write_text(text, encoding="utf-8")


def findings(file: Path) -> list[str]:
    found = report(file, judge(), date(2026, 11, 22)).findings
    return [f"{one.severity}: {one.message}; {one.mend}" for one in found]


def errors(file: Path) -> list[str]:
    return [one for one in findings(file) if one.startswith("error")]


def test_the_questions_and_what_is_said_are_those_of_the_page(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    said = capsys.readouterr()
    assert TALK
    shown = TALK.group(1).replace("./run", "trainer")
    for line in said.out.splitlines():
        assert line.strip() in shown
    for question in re.findall(r"^(.+?\]):", TALK.group(1), re.MULTILINE):
        assert question in said.err
    assert findings(file) == []


def test_step_by_step_it_stays_without_errors_and_says_what_the_page_says(file: Path) -> None:
    changed(file, r"    situation: >-\n.+?(?=    start:)", SITUATION)
    assert errors(file) == []
    changed(file, r"        next:\n.+?(?=\n      # Here)", REPLIES)
    assert errors(file) == []
    before = file.read_text(encoding="utf-8")
    changed(file, r"        counter_examples:\n", f"{WORSE}        counter_examples:\n")
    assert errors(file) == [WRONG]
    file.write_text(before, encoding="utf-8")

    changed(file, r"(?<=        next:\n)          - go: last\n", FORK)
    changed(file, r"(?=      # Both ways come together)", f"{SUNK}\n")
    assert errors(file) == [MISSING]
    first, second = file.read_text(encoding="utf-8").split("\n  B:\n")
    second = second.replace("      - id: last\n", f"{SUNK}\n      - id: last\n")
    second = second.replace("        next:\n          - go: last\n", f"        next:\n{FORK}", 1)
    file.write_text(f"{first}\n  B:\n{second}", encoding="utf-8")
    assert errors(file) == []


def test_what_the_page_writes_is_what_stands_in_the_library() -> None:
    text = (LIBRARY / f"{NAME}.yaml").read_text(encoding="utf-8")
    for block in (SITUATION, REPLIES, FORK, SUNK):
        assert block in text


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^\$ \./run (.+)$", PAGE, re.MULTILINE))))
def test_the_commands_and_their_options_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = re.sub(r'".*?"', "text", command).split()
    path = words[:2] if words[0] == "scenarios" else words[:1]
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    for option in (word for word in words if word.startswith("--")):
        assert option in shown


def test_every_key_and_every_limit_is_on_the_page() -> None:
    for model in (Scenario, Form, Persona, Turn, Branch):
        for key in model.model_fields:
            assert f"`{key}`" in PAGE, key
    assert f"fewer than {SHORTEST} turns or with more than {DEEPEST} forks" in PAGE
    assert f"more than {LONGEST_LINE} words, or {LONGEST_SENTENCE} in a sentence" in PAGE
    assert f"(Flesch-Kincaid) over {HARDEST:.0f}" in PAGE
    assert f"more than {GOOD_APART} (good) or {POOR_APART} (poor) apart" in PAGE
