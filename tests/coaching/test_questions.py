from typing import get_args

import pytest

from scoring.rubric import AUTHORED, MEASURED, MoveId
from trainer.coaching.questions import about

OPEN = ("What", "How", "Who", "Whose", "Which")


@pytest.mark.parametrize("move", get_args(MoveId))
def test_every_move_has_its_own_open_questions(move: str) -> None:
    found = about(move)
    assert found != about(AUTHORED)
    assert len(set(found.asked)) >= 3
    assert all(one.startswith(OPEN) and one.endswith("?") for one in found.asked)


def test_what_is_no_move_has_questions_too() -> None:
    assert about(AUTHORED) == about(MEASURED)


def test_after_the_last_question_comes_the_first() -> None:
    found = about("gives_evidence")
    assert found.turn(len(found.asked)) == found.turn(0) != found.turn(1)
