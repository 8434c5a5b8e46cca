"""An old attempt beside what it would be worth now."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.hashes import scorer_hash
from scoring.scorecard import CriterionResult
from trainer.practice.rejudging import Setting
from trainer.store.records import AttemptDetail
from trainer.store.rescores import Rescore


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion whose verdict is another one now; None is "not assessable" or not asked.

    It is of one reply, or of the whole attempt: then `position` is None and `turn` is "".
    """

    position: int | None
    turn: str
    criterion: str
    old: bool | None
    new: bool | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One attempt, its score then and now, and what changed. `anew` is None where nothing could have.

    The words may have been heard anew too: then it is of those. `scenario_changed` says that the prospect's
    lines are others now than those that were answered.
    """

    detail: AttemptDetail
    anew: Rescore | None
    changes: tuple[Change, ...] = ()
    scenario_changed: bool = False

    @property
    def old(self) -> int | None:
        """The score it got."""
        return self.detail.result.score.score if self.detail.result else None

    @property
    def new(self) -> int | None:
        """The score it would get now."""
        return self.anew.score.score if self.anew else self.old


def comparison(detail: AttemptDetail, by: Setting, anew: Rescore) -> Comparison:
    """An attempt beside what it is worth by `by`."""
    return Comparison(
        detail,
        anew,
        changes=_changes(detail, anew),
        scenario_changed=by.scenario_hash != detail.attempt.scenario_hash,
    )


def outdated(detail: AttemptDetail, by: Setting) -> bool:
    """Whether any of its replies was judged by another scorer, scenario or rubric than those here."""
    now = {"scenario": by.scenario_hash, "rubric": by.rubric_hash, "scorer": scorer_hash()}
    return any(
        reply.scorecard.hashes.get(what) != digest for reply in detail.replies for what, digest in now.items()
    )


def _changes(detail: AttemptDetail, anew: Rescore) -> tuple[Change, ...]:
    found: list[Change] = []
    for reply in detail.replies:
        now = anew.cards[reply.id].criteria
        found += _between(reply.position, reply.turn, reply.scorecard.criteria, now)
    of_turns = {one.id for reply in detail.replies for one in reply.scorecard.criteria}
    of_turns |= {one.id for card in anew.cards.values() for one in card.criteria}
    then = detail.result.score.criteria if detail.result else ()
    whole = ([one for one in results if one.id not in of_turns] for results in (then, anew.score.criteria))
    return (*found, *_between(None, "", *whole))


def _between(
    position: int | None, turn: str, then: Sequence[CriterionResult], now: Sequence[CriterionResult]
) -> list[Change]:
    old, new = {one.id: one.met for one in then}, {one.id: one.met for one in now}
    return [
        Change(position, turn, criterion, old.get(criterion), new.get(criterion))
        for criterion in dict.fromkeys((*old, *new))
        if old.get(criterion) != new.get(criterion)
    ]
