"""A rubric of one's own, in a file beside the scenario that is judged by it."""

from pathlib import Path

import pytest

from models.embedding.static import StaticEmbedder
from scenarios.lint import check_all
from scenarios.loader import ScenarioError, load
from scenarios.rubric_lint import check_rubric
from scoring.errors import RubricError
from scoring.hashes import content_hash
from scoring.rubrics_library import load_rubric, text_of
from tests.scenarios.small import small

OWN = text_of("price-objection").replace("id: price-objection", "id: own-price")
NAMED = ("rubric: price-objection", "rubric: rubrics/own.yaml")
EMBEDDER = StaticEmbedder()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A rubric in a folder beside the scenario's file."""
    file = tmp_path / "rubrics" / "own.yaml"
    file.parent.mkdir()
    file.write_text(OWN, encoding="utf-8")
    return file


def test_a_scenario_names_it_by_its_path_from_the_scenario(
    tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = small(tmp_path, NAMED)
    assert load_rubric(load(file).rubric).id == "own-price"
    monkeypatch.chdir(tmp_path)
    assert load_rubric(load("small.yaml").rubric).id == "own-price"
    assert own.is_file()


@pytest.mark.usefixtures("own")
def test_where_the_two_lie_does_not_change_what_a_form_is(tmp_path: Path) -> None:
    here = load(small(tmp_path, NAMED))
    other = tmp_path / "elsewhere"
    (other / "rubrics").mkdir(parents=True)
    (other / "rubrics" / "own.yaml").write_text(OWN, encoding="utf-8")
    assert load(small(other, NAMED)).form_hash("A") == here.form_hash("A")


def test_a_changed_file_is_read_anew_and_has_another_hash(tmp_path: Path, own: Path) -> None:
    scenario = load(small(tmp_path, NAMED))
    before = content_hash(load_rubric(scenario.rubric))
    own.write_text(OWN.replace("pass_mark: 80", "pass_mark: 75 # lower"), encoding="utf-8")
    rubric = load_rubric(scenario.rubric)
    assert rubric.pass_mark == 75
    assert content_hash(rubric) != before


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    scenario = load(small(tmp_path, NAMED))
    with pytest.raises(RubricError, match=r"own\.yaml:1: can't be read"):
        load_rubric(scenario.rubric)
    (found,) = [one for one in check_all([tmp_path / "small.yaml"]) if one.severity == "error"]
    assert "own.yaml:1: can't be read" in found.message
    assert found.mend == "mend that file"


@pytest.mark.parametrize("path", ["/etc/own.yaml", "C:own.yaml", "~/own.yaml", "own.txt", "a\\own.yaml"])
def test_only_a_path_from_the_scenario_is_one(tmp_path: Path, path: str) -> None:
    with pytest.raises(ScenarioError, match=r"rubric can't be .*; give its id, or the path of its file"):
        load(small(tmp_path, ("rubric: price-objection", f"rubric: {path}")))


def test_checking_the_scenario_checks_its_rubric(tmp_path: Path, own: Path) -> None:
    file = small(tmp_path, NAMED)
    assert not [one for one in check_all([file], embedder=EMBEDDER) if one.severity == "error"]
    answer = "model_answer: Twenty percent is a real gap, and I'd want to know what I get for it too."
    own.write_text(OWN.replace(answer, "model_answer: Our price holds."), encoding="utf-8")
    (found,) = [one for one in check_all([file], embedder=EMBEDDER) if one.severity == "error"]
    assert found.file == own.as_posix()
    assert "the model answer of 'acknowledge' does not meet it" in found.message
    assert OWN.splitlines()[found.line - 1].strip() == answer


def test_a_rubric_is_checked_whatever_is_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    for text, what in [
        ("", "not a rubric"),
        ("a: [", "did not find expected"),
        ("id: a\n", "skill is missing"),
        ("id: a\nskill: a\ntitle: abc\ncriteria: 3\n", "criteria can't be 3"),
    ]:
        file.write_text(text, encoding="utf-8")
        checked = check_rubric(file, EMBEDDER)
        assert checked.rubric is None
        assert any(what in one.message or what in one.mend for one in checked.findings), checked.findings
    assert "can't be read" in check_rubric(tmp_path / "none.yaml", EMBEDDER).findings[0].message
