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
        (
            GOOD.replace("move: acknowledges_concern", "move: smiles"),
            "r.yaml:5: criteria.0.move can't be 'smiles'; use one of: acknowledges_concern, ",
        ),
        (GOOD + "colour: red\n", "r.yaml:6: unknown key 'colour'; use one of: id, skill, title"),
        (GOOD + '"a[b": 1\n', "r.yaml"),
        (GOOD.replace("title: A title\n", ""), "r.yaml:1: title is missing; add a line 'title: …' here"),
        (GOOD + "title: twice\n", "r.yaml:6: the key 'title' is given twice"),
        (GOOD + GOOD.splitlines()[-1] + "\n", "the id 'ack' is given twice"),
        (
            GOOD.replace("weight", "wieght"),
            "r.yaml:5: unknown key 'criteria.0.wieght'; did you mean 'w",
        ),
        (GOOD.replace("weight: 2", "weight: 20"), "r.yaml:5: criteria.0.weight can't be 20; input should be"),
        (GOOD.replace("title: A title", "title: A"), "r.yaml:3: title has 1 characters; "),
        (GOOD.replace("tip: do it, ", ""), "r.yaml:5: criteria.0.tip is missing; add a line 'tip: …' here"),
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
