"""Mastered skills and the days on which they come back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trainer.coaching.mastery import standing
from trainer.coaching.reviews import due
from trainer.coaching.rules import rubric_of, rule_of
from trainer.store.coaching.ledger import Entry


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A mastered skill and the day it comes back; `failed` where its last review was not passed."""

    skill: str
    title: str
    day: date
    failed: bool


def reviews(ledger: Sequence[Entry], now: datetime) -> tuple[ReviewDue, ...]:
    """All mastered skills of one rep, the one due first in front; days are those of the zone of `now`."""
    found = []
    for skill in dict.fromkeys(entry.skill for entry in ledger):
        rubric, rule = rubric_of(skill), rule_of(skill)
        stands = standing([entry for entry in ledger if entry.skill == skill], rule)
        if when := due(stands, rule):
            title = rubric.title if rubric else skill
            failed = stands.state == "to refresh"
            # A schedule is made of days; only a failure has a moment, which lies in a day of the reader's.
            day = when.astimezone(now.tzinfo).date() if failed else when.date()
            found.append(ReviewDue(skill, title, day, failed))
    return tuple(sorted(found, key=lambda one: (one.day, one.skill)))
