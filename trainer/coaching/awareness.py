"""How a rep's own marks compare with the verdicts: counts, per criterion and over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from trainer.store.coaching.notes import SelfMark


@dataclass(frozen=True, slots=True)
class Awareness:
    """Own marks beside verdicts: `agreed` of `compared` were the same.

    `too_kind` are those where the rep said met and the verdict was not met, `too_hard` the other way round.
    Marks whose criterion could not be judged are in none of them.
    """

    agreed: int
    compared: int
    too_kind: int
    too_hard: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.agreed / self.compared


def awareness(marks: Iterable[SelfMark]) -> Awareness | None:
    """All marks in one; None where no mark has a verdict beside it."""
    compared = [one for one in marks if one.verdict is not None]
    if not compared:
        return None
    return Awareness(
        agreed=sum(one.said == one.verdict for one in compared),
        compared=len(compared),
        too_kind=sum(one.said and not one.verdict for one in compared),
        too_hard=sum(not one.said and bool(one.verdict) for one in compared),
    )


def by_criterion(marks: Iterable[SelfMark]) -> dict[tuple[str, str], Awareness]:
    """By skill and criterion, those that differ most often first."""
    sorted_out: dict[tuple[str, str], list[SelfMark]] = {}
    for mark in marks:
        sorted_out.setdefault((mark.skill, mark.criterion), []).append(mark)
    found = {key: one for key, of_it in sorted_out.items() if (one := awareness(of_it))}
    return dict(sorted(found.items(), key=lambda item: (item[1].share, -item[1].compared, item[0])))
