"""How often each criterion was met, before and since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.rubric import Rubric
from scoring.scorecard import AttemptScore, CriterionResult
from trainer.store.records import Attempt

LEAST_VERDICTS = 2
"""On each side, before one share is set against another."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One assessed attempt with its score."""

    attempt: Attempt
    finished_at: datetime
    score: AttemptScore


@dataclass(frozen=True, slots=True)
class Tally:
    """Met so often, of so many times that it could be judged."""

    met: int = 0
    judged: int = 0

    @property
    def share(self) -> float:
        """0 to 1; 0 where nothing was judged."""
        return self.met / self.judged if self.judged else 0.0

    @property
    def missed(self) -> int:
        """Not met so often."""
        return self.judged - self.met


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion over the attempts before the last session and those since."""

    criterion: str
    move: str
    says: str
    weight: int
    before: Tally
    now: Tally

    @property
    def told(self) -> bool:
        """Whether there are verdicts enough on both sides to say how it went."""
        return min(self.before.judged, self.now.judged) >= LEAST_VERDICTS

    @property
    def better(self) -> bool:
        """Met in a larger share than before."""
        return self.told and self.now.share > self.before.share


def changes(before: Sequence[Judged], now: Sequence[Judged], rubric: Rubric | None) -> tuple[Change, ...]:
    """Each criterion that came up, in the order of the rubric; without one, in that of the attempts."""
    met = {one.id: one for judged in (*before, *now) for one in judged.score.criteria}
    order = [one.id for one in rubric.criteria if one.id in met] if rubric else list(met)
    says = {one.id: one.says for one in rubric.criteria} if rubric else {}
    return tuple(
        Change(
            criterion=one,
            move=met[one].move,
            says=says.get(one, _plain(met[one])),
            weight=met[one].weight,
            before=_tally(before, one),
            now=_tally(now, one),
        )
        for one in order
    )


def _tally(attempts: Sequence[Judged], criterion: str) -> Tally:
    found = [one.score.tally.get(criterion, (0, 0)) for one in attempts]
    return Tally(sum(met for met, _ in found), sum(judged for _, judged in found))


def _plain(result: CriterionResult) -> str:
    return result.id.replace("-", " ").capitalize()
