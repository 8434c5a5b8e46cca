"""The page that says how far to trust a score says what is measured, and names commands that exist."""

import re
import runpy
from pathlib import Path

import pytest

from scoring.evidence import SURE
from scoring.published import LEAST_CASES, LEAST_KAPPA, published
from scoring.score import ROUGH_CONFIDENCE, ROUGH_WORDS
from trainer.__main__ import main

DOCS = Path(__file__).parent.parent / "docs"
PAGE = (DOCS / "scoring.md").read_text(encoding="utf-8")
TEXT = " ".join(PAGE.split())


def test_the_table_is_the_published_one() -> None:
    filled = runpy.run_path(str(DOCS / "agreement_table.py"))["filled"]
    assert filled(PAGE, published()) == PAGE, "run: python docs/agreement_table.py"


def test_the_thresholds_it_names_are_those_in_use() -> None:
    assert f"under {SURE} by the recogniser's own account" in TEXT
    assert f"under {ROUGH_CONFIDENCE} on average, or heard fewer than {ROUGH_WORDS} words" in TEXT
    assert LEAST_CASES == 10
    assert "fewer than ten replies" in TEXT
    assert f"under {LEAST_KAPPA:.2f}" in TEXT


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"^\$ trainer (.+?)(?: +#.*)?$", PAGE, re.MULTILINE)))
)
def test_the_commands_and_their_options_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    name, *words = command.split()
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    for option in (word for word in words if word.startswith("--")):
        assert option in shown
