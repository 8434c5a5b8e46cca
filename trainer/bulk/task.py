"""What goes to a worker and what comes back: a worker has no store, no scenarios and no settings of ours."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.window import Window
from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import Transcript
from trainer.errors import TrainerError


class BulkError(TrainerError):
    """Bulk work that can't begin or go on; what was done is kept."""


@dataclass(frozen=True, slots=True)
class Version:
    """What has to be the same on both sides, or the scores would not be."""

    program: str
    scorer: str


@dataclass(frozen=True, slots=True)
class Ears:
    """What recordings are heard with; the worker has to have that model's weights.

    `names` are the team's own, which the recogniser should expect.
    """

    engine: str
    model: str
    window: Window
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A reply in its place, and the bytes of its recording where that is to be heard anew."""

    reply_id: str
    turn: str
    position: int
    transcript: Transcript
    sound: bytes | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One attempt to score anew. `form` and `rubric` are JSON, whole; `version` is who asks."""

    attempt_id: str
    version: Version
    form: str
    rubric: str
    scenario_hash: str
    rubric_hash: str
    hotwords: tuple[str, ...]
    said: tuple[Said, ...]
    ears: Ears | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What an attempt is worth, the scorecards by reply, and the words of those that were heard anew."""

    attempt_id: str
    score: AttemptScore
    cards: Mapping[str, Scorecard]
    transcripts: Mapping[str, Transcript]


@dataclass(frozen=True, slots=True)
class Failed:
    """An attempt that nothing came of, and why."""

    attempt_id: str
    why: str


Outcome = Done | Failed
