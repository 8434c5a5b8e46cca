"""What there is to do, most pressing first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Protocol

from trainer.coaching import wording
from trainer.coaching.comeback import ReviewDue
from trainer.coaching.mastery import Standing
from trainer.coaching.plan import Waypoint
from trainer.store.records import Assignment, AttemptSummary, Kind

MOST = 3
"""Home never lists more things than that."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class Choice(Protocol):
    """What coaching needs to know of a scenario; `forms` are its names in order."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def skill(self) -> str: ...  # noqa: D102
    @property
    def forms(self) -> Collection[str]: ...  # noqa: D102


Seen = Mapping[tuple[str, str], datetime]
"""When the rep last began a (scenario, form); what is not in it is new to them."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One practice to do, and why in few words. `resume` is the attempt to go on with, None for a new one."""

    scenario: str
    form: str
    kind: Kind
    reason: str
    due: date | None = None
    resume: str | None = None


def assigned(
    library: Iterable[Choice],
    assignments: Iterable[Assignment],
    left: AttemptSummary | None,
    seen: Seen,
    today: date,
) -> list[Thing]:
    """A thing for each assigned scenario that exists, in the order given; `left` is gone on with."""
    choices = {choice.id: choice for choice in library}
    found: dict[str, Thing] = {}
    for one in assignments:
        if one.scenario in choices and one.scenario not in found:
            form = fresh_form(choices[one.scenario], seen)
            reason = f"assessed · {wording.due(one.due, today)}"
            found[one.scenario] = Thing(one.scenario, form, "assessed", reason, due=one.due)
    if left and left.attempt.kind == "assessed" and left.attempt.scenario in found:
        thing = found[left.attempt.scenario]
        found[left.attempt.scenario] = replace(
            thing,
            form=left.attempt.form,
            reason=f"{thing.reason} · go on at turn {left.replies + 1}",
            resume=left.attempt.id,
        )
    return list(found.values())


def left_halfway(left: AttemptSummary, now: datetime) -> Thing:
    """The practice that was left."""
    attempt = left.attempt
    since = wording.past(attempt.started_at.astimezone(now.tzinfo).date(), now.date())
    reason = f"{attempt.kind} · left {since} at turn {left.replies + 1}"
    return Thing(attempt.scenario, attempt.form, attempt.kind, reason, resume=attempt.id)


def reviewed(library: Sequence[Choice], due: Iterable[ReviewDue], seen: Seen, today: date) -> list[Thing]:
    """The mastered skills that come back today or should have before."""
    found = []
    for review in due:
        options = [choice for choice in library if choice.skill == review.skill]
        if review.day > today or not options:
            continue
        choice = _longest_ago(options, seen)
        reason = "to refresh · one pass" if review.failed else f"review · {wording.due(review.day, today)}"
        found.append(Thing(choice.id, fresh_form(choice, seen), "assessed", reason, due=review.day))
    return found


def own_choice(
    library: Sequence[Choice],
    focus: Waypoint | None,
    practised: Sequence[AttemptSummary],
    seen: Seen,
    today: date,
) -> list[Thing]:
    """A practice of the focus skill that nobody asked for; `practised` is newest first.

    Private first, and assessed once the last one passed: until the row of passes is there, and then again
    from the day of the retest on.
    """
    options = [choice for choice in library if focus and choice.skill == focus.step.skill] or list(library)
    if not options:
        return []
    kind, reason = _kind(focus, practised, today)
    if kind == "assessed":
        choice = _longest_ago(options, seen)
        return [Thing(choice.id, fresh_form(choice, seen), kind, reason)]
    return [Thing(*_to_warm_up(options, seen), kind, reason)]


def waits(standing: Standing, today: date) -> bool:
    """Whether nothing that is practised today brings the skill on."""
    if standing.state == "waiting for the retest":
        return standing.retest_from is not None and today < standing.retest_from
    return standing.state == "ready for sign-off" or _another_day(standing, today)


def fresh_form(choice: Choice, seen: Seen) -> str:
    """The first form the rep has not met, else the one they met longest ago."""
    return min(choice.forms, key=lambda form: seen.get((choice.id, form), _NEVER))


def familiar_form(choice: Choice, seen: Seen) -> str:
    """The form to warm up with: a new one while another new one is left, else the one met longest ago.

    Mastery asks for a pass in a form that the rep has never seen; warm-ups must not use up the last one.
    """
    return _to_warm_up([choice], seen)[1]


def _to_warm_up(options: Sequence[Choice], seen: Seen) -> tuple[str, str]:
    every = [(choice.id, form) for choice in options for form in choice.forms]
    met = [one for one in every if one in seen]
    new = [one for one in every if one not in seen]
    return new[0] if len(new) > 1 or not met else min(met, key=lambda one: seen[one])


def _longest_ago(options: Sequence[Choice], seen: Seen) -> Choice:
    return min(options, key=lambda one: seen.get((one.id, fresh_form(one, seen)), _NEVER))


def _kind(focus: Waypoint | None, practised: Sequence[AttemptSummary], today: date) -> tuple[Kind, str]:
    if focus is None or not practised:
        return "warm-up", "warm-up · private"
    standing = focus.standing
    if standing.state == "ready for sign-off":
        return "warm-up", "warm-up · private"
    if standing.state == "waiting for the retest" and standing.retest_from:
        if waits(standing, today):
            return "warm-up", f"private · retest from {wording.coming(standing.retest_from, today)}"
        return "assessed", "assessed · the retest"
    if (practised[0].score or 0) < focus.target:
        return "warm-up", "warm-up · private"
    if practised[0].attempt.kind == "warm-up":
        return "assessed", "assessed · your warm-up passed"
    if _another_day(standing, today):
        return "warm-up", "private · the next pass counts from tomorrow"
    return "assessed", f"assessed · {len(standing.row)} of {focus.rule.passes} passes"


def _another_day(standing: Standing, today: date) -> bool:
    """Whether a pass on another day is all that the row lacks, and today has one."""
    return standing.missing == ("another day",) and standing.row[-1].day >= today
