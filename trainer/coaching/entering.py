"""A finished assessed attempt becomes an entry of the mastery ledger."""

from collections.abc import Mapping
from datetime import timedelta

from scoring.attempt import score_attempt
from scoring.published import published
from scoring.rubric import Rubric
from trainer.store import Store
from trainer.store.coaching.ledger import Entry
from trainer.store.records import Attempt, AttemptDetail

FORGOTTEN = timedelta(weeks=3)
"""How long a form must not have been met to count as new again. A scenario has few forms: without it, a rep
who failed in each of them once could never master the skill. Three weeks are a choice, not a measurement."""


def enter(store: Store, attempt_id: str, rubric: Rubric, lines: Mapping[str, str]) -> Entry | None:
    """Enters an attempt with what it rests on; None for a warm-up or one without an end.

    `lines` is what the prospect said, by turn.
    """
    detail = store.attempt(attempt_id)
    attempt, result = detail.attempt, detail.result
    if attempt.kind != "assessed" or result is None:
        return None
    return store.ledger.write(
        attempt.rep_id,
        attempt.skill,
        "attempt",
        attempt.rep_id,
        attempt_id=attempt.id,
        facts={
            "score": score_for_mastery(detail, rubric, lines),
            "scenario": attempt.scenario,
            "form": attempt.form,
            "new_form": _is_new(store, attempt),
            "day": attempt.started_at.astimezone().date().isoformat(),
            "missed": [one.id for one in result.score.criteria if one.met is False],
            "not_assessable": [one.id for one in result.score.criteria if one.met is None],
            "replies": [reply.scorecard.hashes for reply in detail.replies],
        },
    )


def score_for_mastery(detail: AttemptDetail, rubric: Rubric, lines: Mapping[str, str]) -> int | None:
    """A finished attempt's score, from the proven criteria alone where the rubric keeps the others out."""
    assert detail.result is not None  # noqa: S101 - whoever asks looked
    if rubric.mastery.unproven == "include":
        return detail.result.score.score
    proven = tuple(one for one in rubric.criteria if published().proven(one.move))
    if not proven:
        return None
    cards = [reply.scorecard for reply in detail.replies]
    return score_attempt(cards, rubric.model_copy(update={"criteria": proven}), lines).score


def _is_new(store: Store, attempt: Attempt) -> bool:
    """Whether the rep had not begun this form in FORGOTTEN before it, not even as a warm-up."""
    others = store.attempts(attempt.rep_id, scenario=attempt.scenario)
    since = attempt.started_at - FORGOTTEN
    return not any(
        one.attempt.form == attempt.form and since <= one.attempt.started_at < attempt.started_at
        for one in others
    )
