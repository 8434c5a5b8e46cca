"""What docs/team.md says to type is there to be typed."""

import re
import shlex
from pathlib import Path

import pytest

from trainer.__main__ import main

PAGE = (Path(__file__).parents[2] / "docs" / "team.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"(?<![\w-])trainer (team [^`\n]+|sync[^`\n]*)", PAGE)))


def test_there_are_commands_on_the_page() -> None:
    assert len(COMMANDS) > 8


@pytest.mark.parametrize("command", COMMANDS)
def test_documented_commands_and_their_options_exist(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(command)
    path = words[: 3 if words[1:2] == ["admin"] else 2]
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"Usage: trainer {' '.join(path)}" in shown
    for option in (word for word in words if word.startswith("--")):
        assert option in shown


def test_what_the_page_links_to_is_there() -> None:
    for file in re.findall(r"`(tests/[\w/]+\.py)`", PAGE):
        assert (Path(__file__).parents[2] / file).is_file()
