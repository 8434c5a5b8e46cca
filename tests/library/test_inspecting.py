from pathlib import Path

import pytest

from scenarios.judging import Judge
from tests.library.packed import FILES, RUBRIC, folder_of
from trainer.library import inspecting
from trainer.library.inspecting import Inspected, inspect
from trainer.library.pack import read_pack, unpacked
from trainer.practice.meaning import embedder

BAD_ANSWER = RUBRIC.replace(
    "model_answer: Twenty percent is a real gap, and I'd want to know what I get for it too.",
    "model_answer: Our price holds.",
)


def inspected(at: Path, **changed: str) -> Inspected:
    names = {"used": "rubrics/acme-price.yaml", "unused": "rubrics/other.yaml"}
    pack = read_pack(folder_of(at, {**FILES, **{names[key]: text for key, text in changed.items()}}))
    with unpacked(pack) as folder:
        return inspect(pack, folder, {}, Judge(embedder()))


@pytest.mark.parametrize(("which", "name"), [("used", "acme-price.yaml"), ("unused", "other.yaml")])
def test_a_rubric_is_checked_whether_a_scenario_names_it_or_not(
    tmp_path: Path, which: str, name: str
) -> None:
    (found,) = inspected(tmp_path, **{which: BAD_ANSWER}).errors
    assert found.file == f"{tmp_path}/rubrics/{name}"
    assert "the model answer of 'acknowledge' does not meet it" in found.message


def test_a_rubric_that_a_scenario_names_is_checked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(inspecting, "check_rubric", lambda file, _: asked.append(file))
    assert inspected(tmp_path).errors == ()
    assert asked == []


def test_a_rubric_that_is_broken_in_a_thousand_places_is_one_error_of_its_scenario(tmp_path: Path) -> None:
    broken = RUBRIC.replace("criteria:\n", "criteria:\n" + "  - id: x\n" * 1000)
    (found,) = inspected(tmp_path, used=broken).errors
    assert "acme-price.yaml:" in found.message
    assert found.mend == "mend that file"
