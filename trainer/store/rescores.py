"""What attempts would be worth under another scorer or rubric; the result they got stays the result."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scoring.scorecard import AttemptScore, Scorecard
from trainer.store import rows
from trainer.store.times import to_text, to_time


@dataclass(frozen=True, slots=True)
class Rescore:
    """One attempt scored anew: its score, the scorecards by the ids of the replies, and what made them."""

    id: str
    attempt_id: str
    rescored_at: datetime
    scenario_hash: str
    rubric_hash: str
    scorer_hash: str
    score: AttemptScore
    cards: Mapping[str, Scorecard]


def add(db: sqlite3.Connection, rescore: Rescore) -> bool:
    """Logs it; False, with nothing changed, if the attempt has one of the same three hashes."""
    made_by = (rescore.attempt_id, rescore.scenario_hash, rescore.rubric_hash, rescore.scorer_hash)
    same = "attempt_id = ? AND scenario_hash = ? AND rubric_hash = ? AND scorer_hash = ?"
    if db.execute(f"SELECT 1 FROM rescores WHERE {same}", made_by).fetchone():  # noqa: S608
        return False
    rows.insert(db, "rescores", _row(rescore))
    return True


def of_attempt(db: sqlite3.Connection, attempt_id: str) -> list[Rescore]:
    """Every time an attempt was scored anew, oldest first."""
    found = db.execute("SELECT * FROM rescores WHERE attempt_id = ? ORDER BY rescored_at, id", (attempt_id,))
    return [_rescore(row) for row in found]


def _row(rescore: Rescore) -> dict[str, object]:
    return {
        "id": rescore.id,
        "attempt_id": rescore.attempt_id,
        "rescored_at": to_text(rescore.rescored_at),
        "scenario_hash": rescore.scenario_hash,
        "rubric_hash": rescore.rubric_hash,
        "scorer_hash": rescore.scorer_hash,
        "score": rescore.score.score,
        "card": rows.compact(rescore.score.as_json()),
        "cards": rows.compact({reply: card.as_json() for reply, card in rescore.cards.items()}),
    }


def _rescore(row: sqlite3.Row) -> Rescore:
    return Rescore(
        id=row["id"],
        attempt_id=row["attempt_id"],
        rescored_at=to_time(row["rescored_at"]),
        scenario_hash=row["scenario_hash"],
        rubric_hash=row["rubric_hash"],
        scorer_hash=row["scorer_hash"],
        score=AttemptScore.from_json(json.loads(row["card"])),
        cards={reply: Scorecard.from_json(card) for reply, card in json.loads(row["cards"]).items()},
    )
