from pathlib import Path

import pytest

from scoring.errors import RubricError
from scoring.rubrics_library import load_rubric, read_rubric

RUBRIC = """\
id: r
skill: s
title: A rubric
criteria:
  - {id: a, move: gives_evidence, weight: 1, says: Prove it, tip: Prove it, model_answer: Half.}
"""


def test_unproven_criteria_count_towards_mastery_unless_the_rubric_keeps_them_out(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(RUBRIC, encoding="utf-8")
    assert read_rubric(file).mastery.unproven == "include"
    file.write_text(RUBRIC + "mastery: {unproven: exclude}\n", encoding="utf-8")
    assert read_rubric(file).mastery.unproven == "exclude"
    assert load_rubric("price-objection").mastery.unproven == "include"


def test_another_word_for_it_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(RUBRIC + "mastery:\n  unproven: never\n", encoding="utf-8")
    with pytest.raises(RubricError, match=r"r\.yaml:7: mastery\.unproven can't .*include.*exclude"):
        read_rubric(file)
