from pathlib import Path

import pytest

from scoring.errors import RubricError
from scoring.rubrics_library import load_rubric, read_rubric, rubric_ids

GOOD = """id: r
skill: s
title: A title
criteria:
  - {id: ack, move: acknowledges_concern, weight: 2, says: does it, tip: do it, model_answer: like so}
"""


def test_every_shipped_rubric_loads() -> None:
    assert rubric_ids()
    for one in rubric_ids():
        assert load_rubric(one).id == one


def test_an_unknown_rubric_names_those_there_are() -> None:
    with pytest.raises(RubricError, match="there is no rubric 'none'; there are: "):
        load_rubric("none")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("move: acknowledges_concern", "move: smiles"), "r.yaml:5: criteria.0.move: "),
        (GOOD + "colour: red\n", "r.yaml:6: colour: Extra inputs are not permitted; delete it"),
        (GOOD.replace("title: A title\n", ""), "r.yaml:1: title: Field required"),
        (GOOD + "title: twice\n", "r.yaml:6: the key 'title' is given twice"),
        (GOOD + GOOD.splitlines()[-1] + "\n", "the id 'ack' is given twice"),
        ("- just a list\n", "r.yaml:1: not a rubric"),
    ],
)
def test_a_wrong_rubric_is_one_line_with_its_place(tmp_path: Path, wrong: str, said: str) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(RubricError) as caught:
        read_rubric(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
