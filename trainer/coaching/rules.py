"""What mastering a skill takes, by the skill's own name."""

from scoring.errors import RubricError
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric
from trainer.coaching.mastery import Rule


def rubric_of(skill: str) -> Rubric | None:
    """The shipped rubric of a skill, None where it is not here."""
    try:
        return load_rubric(skill)
    except RubricError:
        return None


def rule_of(skill: str, target: int = 0) -> Rule:
    """What the skill's rubric asks for, or what is usual; a higher `target` counts instead."""
    rubric = rubric_of(skill)
    return Rule.of(rubric, target) if rubric else Rule(score=max(Rule().score, target))
