"""What there is to do, most pressing first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Protocol

from trainer.coaching import wording
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


def own_choice(library: Sequence[Choice], focus: str | None, kind: Kind, seen: Seen) -> list[Thing]:
    """A practice of the focus skill that nobody asked for: new to the rep, else the oldest."""
    options = [choice for choice in library if choice.skill == focus] or library
    if not options:
        return []
    choice = min(options, key=lambda one: seen.get((one.id, fresh_form(one, seen)), _NEVER))
    reason = "warm-up · private" if kind == "warm-up" else "assessed · your warm-up passed"
    return [Thing(choice.id, fresh_form(choice, seen), kind, reason)]


def fresh_form(choice: Choice, seen: Seen) -> str:
    """The first form the rep has not met, else the one they met longest ago."""
    return min(choice.forms, key=lambda form: seen.get((choice.id, form), _NEVER))
