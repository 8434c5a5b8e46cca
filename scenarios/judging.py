"""Examples as the scorer judges them, each one once: what was judged before is remembered."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.schema import Turn
from scoring.embedder import Embedder
from scoring.hashes import content_hash, scorer_hash
from scoring.rubric import Rubric
from scoring.score import TurnContext, score
from scoring.transcript import Transcript

MOST = 20_000
"""Judgements that a file keeps, some 10 MB: forty scenarios in three forms have about 2,500."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What of a reply's scorecard the linter looks at: verdicts by criterion and by move."""

    score: int | None
    flags: tuple[str, ...]
    met: Mapping[str, bool | None]
    moves: Mapping[str, bool | None]


class Judge:
    """Scores replies as practice does, by patterns alone without an embedder.

    In `folder` it remembers them from one run to the next, for this very scorer: a library of forty scenarios
    is checked in a second instead of fifteen.
    """

    def __init__(self, embedder: Embedder | None = None, folder: Path | None = None) -> None:
        self.embedder = embedder
        self._file = folder / f"{self._scorer()}.json" if folder else None
        self._known: dict[str, Judgement] = {}
        self._new = False
        if self._file:
            self._known = _read(self._file)

    def __call__(self, text: str, turn: Turn, rubric: Rubric) -> Judgement:
        """What a reply in this turn is worth."""
        key = content_hash(
            {"text": text, "says": turn.says, "criteria": turn.criteria, "rubric": _hash(rubric)}
        )
        if key not in self._known:
            self._known[key] = self._judged(text, turn, rubric)
            self._new = True
        return self._known[key]

    def remember(self) -> None:
        """Writes what was judged into its folder, and takes away what another scorer left there."""
        if self._file is None or not self._new:
            return
        newest = list(self._known.items())[-MOST:]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        for old in self._file.parent.glob("*.json"):
            if old != self._file:
                old.unlink(missing_ok=True)
        fresh = self._file.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(json.dumps({key: asdict(one) for key, one in newest}), encoding="utf-8")
        fresh.replace(self._file)

    def _judged(self, text: str, turn: Turn, rubric: Rubric) -> Judgement:
        context = TurnContext(id=turn.id, prompt=turn.says, criteria=turn.criteria)
        card = score(Transcript.typed(text), context, rubric, embedder=self.embedder)
        return Judgement(card.score, card.flags, {one.id: one.met for one in card.criteria}, card.moves)

    def _scorer(self) -> str:
        compared = self.embedder.fingerprint if self.embedder else ""
        return content_hash({"scorer": scorer_hash(), "embedder": compared})[:20]


@lru_cache(maxsize=64)
def _hash(rubric: Rubric) -> str:
    return content_hash(rubric)


def _read(file: Path) -> dict[str, Judgement]:
    """What is remembered; nothing where the file is not there or damaged: it is judged anew then."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        found: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
        return {key: Judgement(**{**one, "flags": tuple(one["flags"])}) for key, one in found.items()}
    return {}
