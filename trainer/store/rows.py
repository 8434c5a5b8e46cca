"""Records to rows and back."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import FilledPause, Sound, Transcript, Word
from trainer.store.records import (
    Assignment,
    Attempt,
    AttemptSummary,
    Person,
    Reply,
    Result,
    Take,
)
from trainer.store.times import to_date, to_text, to_time


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    """Adds one row; table and column names are this package's own."""
    columns = ", ".join(row)
    places = ", ".join(f":{column}" for column in row)
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)  # noqa: S608


def person(row: sqlite3.Row) -> Person:
    """A row of people."""
    return Person(row["id"], row["name"], row["role"], to_time(row["created_at"]))


def attempt_row(attempt: Attempt) -> dict[str, object]:
    """A row of attempts."""
    return {
        "id": attempt.id,
        "rep_id": attempt.rep_id,
        "scenario": attempt.scenario,
        "form": attempt.form,
        "skill": attempt.skill,
        "kind": attempt.kind,
        "started_at": to_text(attempt.started_at),
        "scenario_hash": attempt.scenario_hash,
        "rubric_hash": attempt.rubric_hash,
    }


def attempt(row: sqlite3.Row) -> Attempt:
    """A row of attempts."""
    return Attempt(
        id=row["id"],
        rep_id=row["rep_id"],
        scenario=row["scenario"],
        form=row["form"],
        skill=row["skill"],
        kind=row["kind"],
        started_at=to_time(row["started_at"]),
        scenario_hash=row["scenario_hash"],
        rubric_hash=row["rubric_hash"],
    )


def summary(row: sqlite3.Row) -> AttemptSummary:
    """An attempt's row with `rep` (the name), `finished_at`, `score` and `replies` (how many stand)."""
    finished = row["finished_at"]
    return AttemptSummary(
        attempt=attempt(row),
        rep=row["rep"],
        finished_at=None if finished is None else to_time(finished),
        score=row["score"],
        replies=row["replies"],
    )


def take_row(take: Take) -> dict[str, object]:
    """A row of takes."""
    return {
        "id": take.id,
        "attempt_id": take.attempt_id,
        "turn": take.turn,
        "recorded_at": to_text(take.recorded_at),
        "file": take.file,
        "sha256": take.sha256,
        "seconds": take.seconds,
        "overflows": take.overflows,
    }


def take(row: sqlite3.Row) -> Take:
    """A row of takes."""
    return Take(
        id=row["id"],
        attempt_id=row["attempt_id"],
        turn=row["turn"],
        recorded_at=to_time(row["recorded_at"]),
        file=row["file"],
        sha256=row["sha256"],
        seconds=row["seconds"],
        overflows=row["overflows"],
    )


def reply_row(reply: Reply) -> dict[str, object]:
    """A row of replies."""
    said, card = reply.transcript, reply.scorecard
    return {
        "id": reply.id,
        "attempt_id": reply.attempt_id,
        "turn": reply.turn,
        "position": reply.position,
        "take_id": reply.take_id,
        "said_at": to_text(reply.said_at),
        **transcript_row(said),
        "score": card.score,
        **{f"{what}_hash": card.hashes.get(what) for what in ("scenario", "rubric", "scorer", "transcript")},
        "scorecard": compact(card.as_json()),
    }


def transcript_row(said: Transcript) -> dict[str, object]:
    """What was said, as columns of replies."""
    return {
        "source": said.source,
        "engine": said.engine,
        "model": said.model,
        "rough": said.rough,
        "seconds": said.seconds,
        "text": said.text,
        "words": compact([[word.text, word.start, word.end, word.confidence] for word in said.words]),
        "sound": None if said.sound is None else compact(asdict(said.sound)),
    }


def transcript(row: Mapping[str, Any] | sqlite3.Row) -> Transcript:
    """Those columns."""
    return Transcript(
        text=row["text"],
        words=tuple(Word(*word) for word in json.loads(row["words"])),
        engine=row["engine"],
        model=row["model"],
        seconds=row["seconds"],
        source=row["source"],
        rough=bool(row["rough"]),
        sound=_sound(row["sound"]),
    )


def reply(row: sqlite3.Row) -> Reply:
    """A row of replies."""
    return Reply(
        id=row["id"],
        attempt_id=row["attempt_id"],
        turn=row["turn"],
        position=row["position"],
        take_id=row["take_id"],
        said_at=to_time(row["said_at"]),
        transcript=transcript(row),
        scorecard=Scorecard.from_json(json.loads(row["scorecard"])),
    )


def _sound(kept: str | None) -> Sound | None:
    if kept is None:
        return None
    told = json.loads(kept)
    pauses = told["filled_pauses"]
    found = None if pauses is None else tuple(FilledPause(**one) for one in pauses)
    return Sound(**{**told, "filled_pauses": found})


def result_row(result: Result) -> dict[str, object]:
    """A row of results."""
    return {
        "id": result.id,
        "attempt_id": result.attempt_id,
        "finished_at": to_text(result.finished_at),
        "score": result.score.score,
        "card": compact(result.score.as_json()),
    }


def result(row: sqlite3.Row) -> Result:
    """A row of results."""
    return Result(
        id=row["id"],
        attempt_id=row["attempt_id"],
        finished_at=to_time(row["finished_at"]),
        score=AttemptScore.from_json(json.loads(row["card"])),
    )


def assignment_row(assignment: Assignment) -> dict[str, object]:
    """A row of assignments."""
    return {
        "id": assignment.id,
        "rep_id": assignment.rep_id,
        "manager_id": assignment.manager_id,
        "scenario": assignment.scenario,
        "skill": assignment.skill,
        "target": assignment.target,
        "due": None if assignment.due is None else assignment.due.isoformat(),
        "assigned_at": to_text(assignment.assigned_at),
    }


def assignment(row: sqlite3.Row) -> Assignment:
    """A row of assignments."""
    return Assignment(
        id=row["id"],
        rep_id=row["rep_id"],
        manager_id=row["manager_id"],
        scenario=row["scenario"],
        skill=row["skill"],
        target=row["target"],
        due=to_date(row["due"]),
        assigned_at=to_time(row["assigned_at"]),
    )


def compact(value: Any) -> str:
    """JSON without blanks; other alphabets stay readable."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
