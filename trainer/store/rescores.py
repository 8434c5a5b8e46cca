"""What attempts would be worth under another scorer or rubric; the result they got stays the result."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import Transcript
from trainer.store import rows
from trainer.store.times import to_text, to_time


@dataclass(frozen=True, slots=True)
class Rescore:
    """One attempt scored anew: its score, the scorecards by the ids of the replies, and what made them.

    Where it was heard anew before that, `engine` and `model` say by what, and `transcripts` what came out;
    of the replies that were heard again only. Both are "" where the words stayed.
    """

    id: str
    attempt_id: str
    rescored_at: datetime
    scenario_hash: str
    rubric_hash: str
    scorer_hash: str
    score: AttemptScore
    cards: Mapping[str, Scorecard]
    engine: str = ""
    model: str = ""
    transcripts: Mapping[str, Transcript] = field(default_factory=dict)

    @property
    def made_by(self) -> tuple[str, str, str, str, str]:
        """What it was made by: of an attempt there is one of each."""
        return self.engine, self.model, self.scenario_hash, self.rubric_hash, self.scorer_hash


def add(db: sqlite3.Connection, rescore: Rescore) -> bool:
    """Logs it; False, with nothing changed, if the attempt has one that was made by the same."""
    same = " AND ".join(
        f"{what} = ?"
        for what in ("attempt_id", "engine", "model", "scenario_hash", "rubric_hash", "scorer_hash")
    )
    made_by = (rescore.attempt_id, *rescore.made_by)
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
        "engine": rescore.engine,
        "model": rescore.model,
        "scenario_hash": rescore.scenario_hash,
        "rubric_hash": rescore.rubric_hash,
        "scorer_hash": rescore.scorer_hash,
        "score": rescore.score.score,
        "card": rows.compact(rescore.score.as_json()),
        "cards": rows.compact({reply: card.as_json() for reply, card in rescore.cards.items()}),
        "transcripts": rows.compact(
            {reply: rows.transcript_row(said) for reply, said in rescore.transcripts.items()}
        ),
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
        engine=row["engine"],
        model=row["model"],
        transcripts={reply: rows.transcript(said) for reply, said in json.loads(row["transcripts"]).items()},
    )
