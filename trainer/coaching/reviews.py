"""When a mastered skill is due again, by FSRS (the `fsrs` package): the longer it held, the later.

Every assessed attempt after the sign-off is a review, with its score as the rating; the sign-off itself is
the first, rated good. Nothing is kept: the schedule is worked out anew from the ledger.
"""

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from trainer.coaching.mastery import Rule, Standing

if TYPE_CHECKING:
    from fsrs import Rating, Scheduler

RETENTION = 0.9
"""The chance that a skill still holds on the day it comes back: FSRS's own default."""

EASY, HARD = 15, 5
"""Points over the pass mark: from the one on a review was easy, below the other hard."""

LONGEST = 180
"""Days after which a skill comes back at the latest."""


def due(standing: Standing, rule: Rule) -> datetime | None:
    """When the skill is due for review (UTC), None before it is mastered; a failed one is due at once."""
    if standing.mastered_at is None:
        return None
    if standing.state == "to refresh":
        return standing.reviews[-1].entry.written_at
    from fsrs import Card, Rating  # noqa: PLC0415

    scheduler, card = _scheduler(), Card(card_id=1)
    card, _ = scheduler.review_card(card, Rating.Good, standing.mastered_at.astimezone(UTC))
    for review in standing.reviews:
        rating = rated(review.score or 0, rule)
        card, _ = scheduler.review_card(card, rating, review.entry.written_at.astimezone(UTC))
    return datetime.combine(card.due.date(), time(), UTC)


def rated(score: int, rule: Rule) -> "Rating":
    """A score from 0 to 100 as one of FSRS's four ratings."""
    from fsrs import Rating  # noqa: PLC0415

    over = score - rule.score
    if over < 0:
        return Rating.Again
    if over < HARD:
        return Rating.Hard
    return Rating.Easy if over >= EASY else Rating.Good


def _scheduler() -> "Scheduler":
    """Without learning steps (they are minutes) and without chance: the same ledger, the same day."""
    from fsrs import Scheduler  # noqa: PLC0415

    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )
