"""What a rubric holds up as a model is a model to the scorer too."""

import pytest

from scoring.rubric import Criterion, Rubric
from scoring.rubrics_library import load_rubric, rubric_ids
from scoring.score import TurnContext, score
from scoring.transcript import Transcript
from trainer.practice.meaning import embedder

CRITERIA = [
    pytest.param(rubric, criterion, id=f"{rubric.id}-{criterion.id}")
    for rubric in map(load_rubric, rubric_ids())
    for criterion in rubric.criteria
    if criterion.scope == "turn"
]


@pytest.mark.parametrize(("rubric", "criterion"), CRITERIA)
def test_a_model_answer_meets_its_own_criterion(rubric: Rubric, criterion: Criterion) -> None:
    turn = TurnContext(id="any", prompt="", criteria=(criterion.id,))
    card = score(Transcript.typed(criterion.model_answer), turn, rubric, embedder=embedder())
    assert [(one.met, card.flags) for one in card.criteria] == [(True, ())]
