"""What mastering a skill takes, by the skill's own name."""

from scenarios.errors import ScenarioError
from scenarios.headings import headings
from scenarios.loader import load
from scoring.errors import RubricError
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric, rubric_ids
from trainer.coaching.mastery import Rule


def rubric_of(skill: str) -> Rubric | None:
    """The rubric of a skill: the shipped one, else that of the first scenario a team brought for it; None
    where it is not here.
    """
    if skill in rubric_ids():
        return load_rubric(skill)
    for one in headings():
        if one.origin and one.skill == skill:
            try:
                return load_rubric(load(one.id).rubric)
            except (ScenarioError, RubricError):  # said wherever it is opened
                continue
    return None


def skills() -> tuple[str, ...]:
    """Every skill there is something to practise for: the shipped ones, then those a team brought."""
    brought = {one.skill for one in headings() if one.origin}
    return (*rubric_ids(), *sorted(brought - set(rubric_ids())))


def rule_of(skill: str, target: int = 0) -> Rule:
    """What the skill's rubric asks for, or what is usual; a higher `target` counts instead."""
    rubric = rubric_of(skill)
    return Rule.of(rubric, target) if rubric else Rule(score=max(Rule().score, target))
