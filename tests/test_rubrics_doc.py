"""The page that leads to a rubric of one's own leads there: followed to the letter, step by step."""

import re
import shutil
from pathlib import Path

import pytest

from models.embedding.static import StaticEmbedder
from scenarios.lint import check_all
from scenarios.rubric_lint import Checked, check_rubric
from scoring.measures import PROSPECT_WPM
from scoring.rubric import Criterion, Mastery, Rubric
from scoring.rubrics_library import text_of
from trainer.__main__ import main

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "rubrics.md").read_text(encoding="utf-8")
CRITERION, EXAMPLES, NEAR_MISSES, NAMED, TURN = re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)
EMBEDDER = StaticEmbedder()


def written(folder: Path, *, second: bool = False) -> Path:
    """The reader's rubric after step 2, or after step 3."""
    criterion = CRITERION
    if second:
        criterion = criterion.replace("    near_misses:\n", EXAMPLES + "    near_misses:\n") + NEAR_MISSES
    file = folder / "my-price.yaml"
    start = text_of("price-objection").replace("id: price-objection", "id: my-price")
    file.write_text(f"{start}\n{criterion}", encoding="utf-8")
    return file


def checked(file: Path) -> Checked:
    found = check_rubric(file, EMBEDDER)
    assert found.findings == ()
    return found


def test_the_criterion_works_and_the_advice_makes_it_better(tmp_path: Path) -> None:
    first = checked(written(tmp_path)).reviews["try-first"]
    assert "For each missed example" in first.advice[0]
    second = checked(written(tmp_path, second=True)).reviews["try-first"]
    assert second.worth.examples == second.worth.near_misses == 26
    assert second.worth.f1 > first.worth.f1 + 0.1


def test_the_scenario_that_names_it_is_clean_and_a_reply_is_judged_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, second=True)
    file = tmp_path / "my-scenario.yaml"
    shutil.copy(ROOT / "scenarios" / "library" / "price-20-percent.yaml", file)
    text = file.read_text(encoding="utf-8").replace("id: price-20-percent", "id: my-scenario")
    before = "        criteria: [acknowledge, reframe, next-step, no-hedging]\n"
    assert text.count(before) == 3
    text = text.replace(before, TURN).replace("rubric: price-objection\n", NAMED)
    file.write_text(text, encoding="utf-8")
    assert check_all([file], embedder=EMBEDDER) == []
    monkeypatch.chdir(tmp_path)
    said = re.search(r'--turn discount --text "(.+?)"', PAGE)
    assert said
    place = ["--scenario", "my-scenario.yaml", "--turn", "discount"]
    assert main(["score", *place, "--text", said.group(1)]) == 0
    out = capsys.readouterr().out
    assert "✓ Offer to let them try it before they commit" in out


@pytest.mark.parametrize("command", sorted(set(re.findall(r"^\$ \./run (.+)$", PAGE, re.MULTILINE))))
def test_the_commands_and_their_options_exist(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = re.sub(r'".*?"', "text", command).split()
    path = words[:2] if words[0] in ("rubrics", "scenarios") else words[:1]
    assert main([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    for option in (word for word in words if word.startswith("--")):
        assert option in shown


def test_every_key_there_is_has_its_line_in_the_tables() -> None:
    for model in (Rubric, Criterion, Mastery):
        for key in model.model_fields:
            assert re.search(rf"`{key}[`:]", PAGE), key
    assert f"at {PROSPECT_WPM} words a minute" in PAGE
