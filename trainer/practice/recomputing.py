"""Whether the scores that a sign-off rests on come out of their words again, in a line."""

from collections.abc import Iterable

from trainer.practice.verifying import verify
from trainer.store.records import AttemptDetail


def recomputed(details: Iterable[AttemptDetail]) -> str:
    """Scores every attempt again here and says how that went; "" without any."""
    checks = [verify(one) for one in details]
    if not checks:
        return ""
    unequal = sum(not one.equal for one in checks)
    if unequal:
        return f"{unequal} of {len(checks)} scores do not come out of their words again"
    if others := sum(not one.recomputed for one in checks):
        return f"{others} of {len(checks)} were made with another scorer or rubric than is here"
    scores = "1 score" if len(checks) == 1 else f"{len(checks)} scores"
    return f"{scores} from the same words: all equal"
