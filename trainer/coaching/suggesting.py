"""Which scenarios to ask a rep for, so that they practise what they miss."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from trainer.store.records import AttemptSummary

MOST = 3

_NEVER = datetime.min.replace(tzinfo=UTC)


class Turn(Protocol):
    """A turn, as far as its criteria go."""

    @property
    def criteria(self) -> Collection[str]: ...  # noqa: D102


class Form(Protocol):
    """A form, as far as its turns go."""

    @property
    def turns(self) -> Iterable[Turn]: ...  # noqa: D102


class Choice(Protocol):
    """What is looked at of a scenario."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def skill(self) -> str: ...  # noqa: D102
    @property
    def forms(self) -> Mapping[str, Form]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A scenario, and why in few words."""

    scenario: str
    why: str


def suggestions(
    library: Iterable[Choice], skill: str | None, missing: str | None, seen: Iterable[AttemptSummary]
) -> list[Suggestion]:
    """At most three scenarios of a skill: those that ask most for the missing criterion, new ones first.

    `seen` is what the manager sees of the rep's attempts; warm-ups have no part in it.
    """
    last: dict[str, datetime] = {}
    for one in seen:
        last[one.attempt.scenario] = max(last.get(one.attempt.scenario, _NEVER), one.attempt.started_at)
    fitting = [choice for choice in library if choice.skill == skill]
    fitting.sort(key=lambda one: (-_asks(one, missing), last.get(one.id, _NEVER), one.id))
    return [Suggestion(one.id, _why(one, missing, last)) for one in fitting[:MOST]]


def _asks(choice: Choice, missing: str | None) -> float:
    """In what share of its turns a scenario asks for a criterion."""
    turns = [turn.criteria for form in choice.forms.values() for turn in form.turns]
    return sum(missing in asked for asked in turns) / len(turns) if missing and turns else 0.0


def _why(choice: Choice, missing: str | None, last: Mapping[str, datetime]) -> str:
    if missing and _asks(choice, missing):
        return f"asks for: {missing.replace('-', ' ')}"
    return "the focus" if choice.id in last else "the focus, new to them"
