"""The facts the store keeps, as plain values. All times are aware datetimes in UTC.

Facts are only ever added. What stands (the reply of a turn, the state of an attempt) is read from them:
the newest reply of a turn stands, an attempt is finished once it has a result.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import Transcript
from trainer.store.ids import new_id

Kind = Literal["warm-up", "assessed"]
Role = Literal["rep", "manager"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the program; names are unique whatever their case."""

    id: str
    name: str
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run through one form of a scenario, from its start."""

    id: str
    rep_id: str
    scenario: str
    form: str
    skill: str
    kind: Kind
    started_at: datetime
    scenario_hash: str
    rubric_hash: str


@dataclass(frozen=True, slots=True)
class Take:
    """One recording of one turn: where the audio lies (relative to the takes folder) and how it went."""

    id: str
    attempt_id: str
    turn: str
    recorded_at: datetime
    file: str
    sha256: str
    seconds: float
    overflows: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn was answered with, as it was judged; the newest of a turn stands.

    `take_id` is None for a typed reply. `position` counts the turns of the attempt from 0.
    """

    id: str
    attempt_id: str
    turn: str
    position: int
    take_id: str | None
    said_at: datetime
    transcript: Transcript
    scorecard: Scorecard


@dataclass(frozen=True, slots=True)
class Result:
    """An attempt's end."""

    attempt_id: str
    finished_at: datetime
    score: AttemptScore
    id: str = field(default_factory=new_id, kw_only=True)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A manager asks a rep for a scenario (of that skill), a target score (1 to 100) and a day.

    It is open until an assessed attempt begun after it reaches the target.
    """

    id: str
    rep_id: str
    manager_id: str | None
    scenario: str
    skill: str
    target: int
    due: date | None
    assigned_at: datetime


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """One line of a history: `rep` is a name, `replies` counts the turns answered so far."""

    attempt: Attempt
    rep: str
    finished_at: datetime | None
    score: int | None
    replies: int


@dataclass(frozen=True, slots=True)
class Script:
    """What an attempt was made with, as it was kept: its scenario with the one form, and its rubric.

    None where it was not kept: attempts from before that was done have none.
    """

    scenario: Mapping[str, Any] | None
    rubric: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class AttemptDetail:
    """Everything of one attempt: the replies that stand in the order of the turns, and all ever given.

    `script` is what it was made with, whatever became of the files since.
    """

    attempt: Attempt
    rep: Person
    replies: tuple[Reply, ...]
    all_replies: tuple[Reply, ...]
    takes: tuple[Take, ...]
    result: Result | None
    script: Script | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One rep as their manager sees them: assessed and finished attempts only.

    `focus` is the skill of the open assignment that is due first, else the skill last practised; `trend`
    has the last scores, oldest first; `last_practice` is when the last of those attempts was finished.
    """

    rep: Person
    focus: str | None
    last_score: int | None
    trend: tuple[int, ...]
    attempts: int
    last_practice: datetime | None
    open_assignments: int
