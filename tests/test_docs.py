import re
import shlex
from pathlib import Path

import pytest

from trainer.__main__ import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [line.split("#")[0].strip() for line in re.findall(r"^\$ \./run(.*)$", README, re.MULTILINE)]

GROUPS = {"scenarios", "models", "rubrics", "plan", "kpi", "session", "packs", "playbook", "team"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c not in {"", "test"}])
def test_documented_commands_and_their_options_exist(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(command)
    path = [word for word in words[:2] if re.fullmatch("[a-z]+", word)]
    path = path if path[0] in GROUPS else path[:1]
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    for option in (word for word in words if word.startswith("--")):
        assert option in shown


def test_the_pictures_are_there() -> None:
    for picture in re.findall(r"\]\((docs/pictures/[^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for dependency in project["dependencies"]:
        name = re.match(r"[a-z0-9_-]+", dependency)
        assert name and f"| {name.group()} |" in reasons, dependency
