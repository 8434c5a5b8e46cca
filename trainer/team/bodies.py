"""What records may hold: each is checked when it comes in, whoever sent it, before it becomes rows."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from scoring.rubric import Slug
from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import Sound
from trainer.store.coaching.ledger import entry_hash
from trainer.store.exchange.record import Parsed, Record

LONGEST_TEXT = 20_000
"""Characters of a reply, a note or a reason; five minutes of speech are some 5,000."""

LONGEST_JSON = 400_000
"""Characters of a scorecard or of the words of a reply with their times."""

MOST_PARTS = 400
"""Takes or replies of one attempt."""


class NotTakenError(Exception):
    """A record that does not hold, and why, in one line."""


class UnknownKindError(Exception):
    """A record of a kind that this version does not know; a newer one may."""


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


class _Row(BaseModel):
    """A row of one table: the columns, each of which must be there, and no other."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class _Attempt(_Row):
    id: Id
    rep_id: Id
    scenario: Short
    form: Annotated[str, Field(pattern=r"^[A-Z]$")]
    skill: Short
    kind: Literal["assessed"]
    started_at: Time
    scenario_hash: Short
    rubric_hash: Short


class _Take(_Row):
    id: Id
    attempt_id: Id
    turn: Short
    recorded_at: Time
    file: Annotated[str, Field(max_length=300), AfterValidator(_inside)]
    sha256: Hash
    seconds: Seconds
    overflows: Annotated[int, Field(ge=0)]


def _own_file(take: _Take) -> bool:
    """Whether a take's file is where its own machine puts it: nobody names another's."""
    path = PurePosixPath(take.file)
    return path.name == f"{take.id}.flac" and path.parts[0] in (take.attempt_id, path.name)


class _Reply(_Row):
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


class _SelfMark(_Row):
    reply_id: Id
    criterion: Slug
    met: Flag
    marked_at: Time


class _Result(_Row):
    id: Id
    attempt_id: Id
    finished_at: Time
    score: Score | None
    card: Annotated[_Json, _json(AttemptScore.from_json)]


class _Whole(_Row):
    """An attempt with all that was said in it and what came of it: its parts belong together."""

    attempt: _Attempt
    takes: Annotated[list[_Take], Field(max_length=MOST_PARTS)]
    replies: Annotated[list[_Reply], Field(max_length=MOST_PARTS)]
    self_marks: Annotated[list[_SelfMark], Field(max_length=MOST_PARTS * 10)]
    result: _Result

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> "_Whole":
        takes, replies = {one.id for one in self.takes}, {one.id for one in self.replies}
        parts: list[_Take | _Reply | _Result] = [*self.takes, *self.replies, self.result]
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


class _Entry(_Row):
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
    def _rests_on_facts(self) -> "_Entry":
        if self.kind == "attempt":
            _Facts.model_validate_json(self.facts)
        return self

    @model_validator(mode="after")
    def _is_what_was_written(self) -> "_Entry":
        if entry_hash(self.model_dump()) != self.hash:
            raise ValueError("it is not what was written: its hash differs")
        return self


class _Assignment(_Row):
    id: Id
    rep_id: Id
    manager_id: Id
    scenario: Short
    skill: Short
    target: Target
    due: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    assigned_at: Time


class _Plan(_Row):
    id: Id
    rep_id: Id
    author_id: Id
    made_at: Time
    template: Short
    steps: Annotated[_Json, _json(_steps)]


class _Agreement(_Row):
    id: Id
    rep_id: Id
    skill: Short
    target: Target
    person_id: Id
    agreed_at: Time


class _Session(_Row):
    id: Id
    rep_id: Id
    manager_id: Id
    starts_at: Time
    minutes: Annotated[int, Field(ge=1, le=1440)]
    planned_at: Time


class _SessionEnd(_Row):
    session_id: Id
    outcome: Literal["kept", "missed", "moved"]
    next_step: Text
    assignment_id: Id | None
    author_id: Id
    noted_at: Time


class _Note(_Row):
    id: Id
    reply_id: Id
    author_id: Id
    kind: Literal["reflection", "comment"]
    at_second: Seconds | None
    text: Text
    written_at: Time


class _Exemplary(_Row):
    id: Id
    reply_id: Id
    author_id: Id
    stands: Flag
    marked_at: Time


class _Look(_Row):
    id: Id
    person_id: Id
    rep_id: Id
    what: Short
    which: Short
    looked_at: Time


class _Stored(_Row):
    take_id: Id
    address: Hash
    key: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}=$")]
    bytes: Annotated[int, Field(ge=1, le=2**53)]
    stored_at: Time


class _Gone(_Row):
    take_id: Id
    why: Literal["retention", "asked", "missing"]
    gone_at: Time


class _Withdrawal(_Row):
    id: Id
    rep_id: Id
    author_id: Id
    kind: Literal["assignment", "comment"]
    of: Id
    why: Text
    withdrawn_at: Time


_TABLES: Mapping[str, tuple[str, type[_Row]]] = {
    "entry": ("ledger", _Entry),
    "decision": ("ledger", _Entry),
    "assignment": ("assignments", _Assignment),
    "plan": ("plans", _Plan),
    "agreement": ("agreements", _Agreement),
    "session": ("sessions", _Session),
    "session_end": ("session_ends", _SessionEnd),
    "reflection": ("notes", _Note),
    "comment": ("notes", _Note),
    "exemplary": ("exemplary", _Exemplary),
    "look": ("looks", _Look),
    "recording": ("stored", _Stored),
    "recording_gone": ("recordings_gone", _Gone),
    "withdrawal": ("withdrawals", _Withdrawal),
}

_BELONGS: Mapping[str, str] = {
    "reply_id": "replies",
    "take_id": "takes",
    "session_id": "sessions",
    "attempt_id": "attempts",
    "assignment_id": "assignments",
}

_OF_THE_REP = frozenset({"attempt", "entry", "reflection", "recording", "recording_gone"})
_OF_A_MANAGER = frozenset(
    {"decision", "assignment", "comment", "exemplary", "look", "session", "session_end"}
)


def parse(record: Record) -> Parsed:
    """The rows of a record; NotTakenError if it does not hold, UnknownKindError for a newer version's."""
    if record.kind != "attempt" and record.kind not in _TABLES:
        raise UnknownKindError(f"this version does not know {record.kind!r}; update rep-trainer")
    own = record.author == record.rep
    if (record.kind in _OF_THE_REP and not own) or (record.kind in _OF_A_MANAGER and own):
        raise NotTakenError(f"not for its author to write of {'themself' if own else 'somebody else'}")
    try:
        parsed = _attempt(record) if record.kind == "attempt" else _row(record)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise NotTakenError(f"{place + ': ' if place else ''}{first['msg']}") from error
    for table, row in parsed.rows:
        _agrees(record, table, row)
    return parsed


def _attempt(record: Record) -> Parsed:
    whole = _Whole.model_validate(dict(record.body))
    return Parsed(
        record,
        (
            ("attempts", whole.attempt.model_dump()),
            *(("takes", one.model_dump()) for one in whole.takes),
            *(("replies", one.model_dump()) for one in whole.replies),
            *(("self_marks", one.model_dump()) for one in whole.self_marks),
            ("results", whole.result.model_dump()),
        ),
    )


def _row(record: Record) -> Parsed:
    table, shape = _TABLES[record.kind]
    row = shape.model_validate(dict(record.body)).model_dump()
    if record.kind in ("entry", "decision") and (record.kind == "entry") != (row["kind"] == "attempt"):
        raise NotTakenError(f"an entry of the kind {row['kind']!r} is no {record.kind}")
    if record.kind in ("reflection", "comment") and row["kind"] != record.kind:
        raise NotTakenError(f"a {row['kind']} is no {record.kind}")
    return Parsed(record, ((table, row),), tuple(_needs(row)))


def _needs(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "of" in row:
        yield {"assignment": "assignments", "comment": "notes"}[row["kind"]], row["of"]
    for column, table in _BELONGS.items():
        if row.get(column) is not None:
            yield table, row[column]


def _agrees(record: Record, table: str, row: Mapping[str, Any]) -> None:
    """The ids in a row are those on the envelope."""
    name = {"session_ends": "session_id", "stored": "take_id", "recordings_gone": "take_id"}.get(table)
    is_it = record.id.partition(":")[0]
    if table in ("attempts", *(one for one, _ in _TABLES.values())) and row[name or "id"] != is_it:
        raise NotTakenError("its id is not that of what it holds")
    if row.get("rep_id", record.rep) != record.rep:
        raise NotTakenError("it is about somebody else than it says")
    author = next((row[one] for one in ("author_id", "person_id", "manager_id") if one in row), record.author)
    if author != record.author:
        raise NotTakenError("it is by somebody else than it says")
