"""The rows that records may hold: each column, which must be there, and what it may say."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from scoring.rubric import Slug
from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import Sound
from trainer.store.coaching.ledger import entry_hash

LONGEST_TEXT = 20_000
"""Characters of a reply, a note or a reason; five minutes of speech are some 5,000."""

LONGEST_JSON = 400_000
"""Characters of a scorecard or of the words of a reply with their times."""

MOST_PARTS = 400
"""Takes or replies of one attempt."""


def _json(shape: Callable[[Any], object]) -> AfterValidator:
    """JSON text that becomes what the store makes of it when it is read."""

    def check(text: str) -> str:
        try:
            shape(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"not what such a column holds ({type(error).__name__})") from error
        return text

    return AfterValidator(check)


def _steps(value: Any) -> None:
    for skill, target, weeks in value:
        if not (isinstance(skill, str) and 1 <= target <= 100 and weeks >= 1):
            raise ValueError("not a plan's steps")


def _words(value: Any) -> None:
    for text, start, end, confidence in value:
        times = [one for one in (start, end, confidence) if one is not None]
        if not isinstance(text, str) or not all(isinstance(one, int | float) for one in times):
            raise ValueError("not a word with its times")


def _inside(file: str) -> str:
    path = PurePosixPath(file)
    if path.is_absolute() or ".." in path.parts or "\\" in file or ":" in file or "\0" in file:
        raise ValueError("leads out of the folder of recordings")
    return file


Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Score = Annotated[int, Field(ge=0, le=100)]
Target = Annotated[int, Field(ge=1, le=100)]
Flag = Annotated[int, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Short = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT)]
_Json = Annotated[str, Field(max_length=LONGEST_JSON)]


class Row(BaseModel):
    """A row of one table: the columns, each of which must be there, and no other."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Attempt(Row):
    """The start of an assessed attempt."""

    id: Id
    rep_id: Id
    scenario: Short
    form: Annotated[str, Field(pattern=r"^[A-Z]$")]
    skill: Short
    kind: Literal["assessed"]
    started_at: Time
    scenario_hash: Short
    rubric_hash: Short


class Take(Row):
    """A recording; the sound itself travels apart."""

    id: Id
    attempt_id: Id
    turn: Short
    recorded_at: Time
    file: Annotated[str, Field(max_length=300), AfterValidator(_inside)]
    sha256: Hash
    seconds: Seconds
    overflows: Annotated[int, Field(ge=0)]


def _own_file(take: Take) -> bool:
    """Whether a take's file is where its own machine puts it: nobody names another's."""
    path = PurePosixPath(take.file)
    return path.name == f"{take.id}.flac" and path.parts[0] in (take.attempt_id, path.name)


class Reply(Row):
    """What was said in a turn, and how it was judged."""

    id: Id
    attempt_id: Id
    turn: Short
    position: Annotated[int, Field(ge=0, le=MOST_PARTS)]
    take_id: Id | None
    said_at: Time
    source: Literal["recognised", "corrected", "typed"]
    engine: Short
    model: Short
    rough: Flag
    seconds: Seconds
    text: Text
    words: Annotated[_Json, _json(_words)]
    score: Score | None
    scenario_hash: Short | None
    rubric_hash: Short | None
    scorer_hash: Short | None
    transcript_hash: Short | None
    scorecard: Annotated[_Json, _json(Scorecard.from_json)]
    sound: Annotated[_Json, _json(lambda told: Sound(**told))] | None


class SelfMark(Row):
    """A rep's own verdict on one criterion."""

    reply_id: Id
    criterion: Slug
    met: Flag
    marked_at: Time


class Result(Row):
    """An attempt's end."""

    id: Id
    attempt_id: Id
    finished_at: Time
    score: Score | None
    card: Annotated[_Json, _json(AttemptScore.from_json)]


class Whole(Row):
    """An attempt with all that was said in it and what came of it: its parts belong together."""

    attempt: Attempt
    takes: Annotated[list[Take], Field(max_length=MOST_PARTS)]
    replies: Annotated[list[Reply], Field(max_length=MOST_PARTS)]
    self_marks: Annotated[list[SelfMark], Field(max_length=MOST_PARTS * 10)]
    result: Result

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> "Whole":
        takes, replies = {one.id for one in self.takes}, {one.id for one in self.replies}
        parts: list[Take | Reply | Result] = [*self.takes, *self.replies, self.result]
        if any(one.attempt_id != self.attempt.id for one in parts):
            raise ValueError("a part of it belongs to another attempt")
        if not all(_own_file(one) for one in self.takes):
            raise ValueError("a take names a file that is not its own")
        if any(one.take_id not in takes for one in self.replies if one.take_id is not None):
            raise ValueError("a reply names a take that is not in it")
        if any(one.reply_id not in replies for one in self.self_marks):
            raise ValueError("a mark names a reply that is not in it")
        return self


class _Facts(BaseModel):
    """What mastery is read from; `trainer.coaching.entering` writes it."""

    score: Score | None
    scenario: Short
    form: Short
    new_form: bool
    day: date
    missed: list[Short]
    not_assessable: list[Short]
    replies: list[dict[str, str]]


class Entry(Row):
    """An entry of the mastery ledger, its hash with it."""

    id: Id
    rep_id: Id
    skill: Short
    kind: Literal["attempt", "signed off", "sent back", "declared mastered", "declared not mastered"]
    author_id: Id
    written_at: Time
    attempt_id: Id | None
    reason: Text
    facts: Annotated[_Json, _json(lambda told: {**told})]
    previous: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
    hash: Hash

    @model_validator(mode="after")
    def _rests_on_facts(self) -> "Entry":
        if self.kind == "attempt":
            _Facts.model_validate_json(self.facts)
        return self

    @model_validator(mode="after")
    def _is_what_was_written(self) -> "Entry":
        if entry_hash(self.model_dump()) != self.hash:
            raise ValueError("it is not what was written: its hash differs")
        return self


class Assignment(Row):
    """What a manager asks for."""

    id: Id
    rep_id: Id
    manager_id: Id
    scenario: Short
    skill: Short
    target: Target
    due: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    assigned_at: Time


class Plan(Row):
    """A rep's path."""

    id: Id
    rep_id: Id
    author_id: Id
    made_at: Time
    template: Short
    steps: Annotated[_Json, _json(_steps)]


class Agreement(Row):
    """One person's yes to a target."""

    id: Id
    rep_id: Id
    skill: Short
    target: Target
    person_id: Id
    agreed_at: Time


class Session(Row):
    """A talk that is planned."""

    id: Id
    rep_id: Id
    manager_id: Id
    starts_at: Time
    minutes: Annotated[int, Field(ge=1, le=1440)]
    planned_at: Time


class SessionEnd(Row):
    """How a talk ended."""

    session_id: Id
    outcome: Literal["kept", "missed", "moved"]
    next_step: Text
    assignment_id: Id | None
    author_id: Id
    noted_at: Time


class Note(Row):
    """A reflection or a comment."""

    id: Id
    reply_id: Id
    author_id: Id
    kind: Literal["reflection", "comment"]
    at_second: Seconds | None
    text: Text
    written_at: Time


class Exemplary(Row):
    """That a reply is an example, or no longer one."""

    id: Id
    reply_id: Id
    author_id: Id
    stands: Flag
    marked_at: Time


class Look(Row):
    """That somebody opened something of a rep's."""

    id: Id
    person_id: Id
    rep_id: Id
    what: Short
    which: Short
    looked_at: Time


class Stored(Row):
    """Where a recording lies for others, and what opens it."""

    take_id: Id
    address: Hash
    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}=$")]
    bytes: Annotated[int, Field(ge=1, le=2**53)]
    stored_at: Time


class Gone(Row):
    """That a recording is deleted, and why."""

    take_id: Id
    why: Literal["retention", "asked", "missing"]
    gone_at: Time


class Withdrawal(Row):
    """That something is taken back."""

    id: Id
    rep_id: Id
    author_id: Id
    kind: Literal["assignment", "comment"]
    of: Id
    why: Text
    withdrawn_at: Time
