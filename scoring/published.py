"""How well the scorer agrees with people, as it was last measured and shipped with it (published.json).

The file is written by `trainer calibrate LABELLED.jsonl --publish FILE`. It is JSON, not YAML, so that it
is no part of `scorer_hash`: it says with which scorer it was measured, and must not change that scorer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from scoring.hashes import scorer_hash
from scoring.rubric import MEASURED

LEAST_CASES = 10
"""Replies with the move, and replies without it, that a figure must rest on: the success-failure condition
for the interval of a share (Diez, Çetinkaya-Rundel and Barr, "OpenIntro Statistics")."""

LEAST_KAPPA = 0.40
"""What the lower end of kappa's interval must reach. Below 0.40 agreement is poor (Fleiss 1981, "Statistical
Methods for Rates and Proportions"); above it, it was more than poor even if the replies were a lucky draw."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known about one move: n replies, of which people said of `made` that it was made in them.

    `low` and `high` are the 95 % interval of `kappa`; figures are None where they are not defined.
    """

    n: int
    made: int
    precision: float | None
    recall: float | None
    f1: float | None
    kappa: float | None
    low: float | None
    high: float | None

    @property
    def proven(self) -> bool:
        """Whether it rests on enough replies and agrees with people well enough."""
        enough = min(self.made, self.n - self.made) >= LEAST_CASES
        return enough and self.low is not None and self.low >= LEAST_KAPPA


@dataclass(frozen=True, slots=True)
class Published:
    """The agreement of all moves. `data` says what it was measured on, `scorer` is that scorer's hash."""

    data: str
    scorer: str
    replies: int
    moves: Mapping[str, Standing]
    overall: Standing | None

    @property
    def current(self) -> bool:
        """Whether it was measured with the very scorer that is in use."""
        return self.scorer == scorer_hash()

    def proven(self, move: str) -> bool:
        """Whether a move's verdicts are known to agree with people. What is measured needs no agreement."""
        if move == MEASURED:
            return True
        standing = self.moves.get(move)
        return standing is not None and standing.proven

    def says(self, move: str) -> str:
        """One short line to stand beside a criterion that asks for this move."""
        if move == MEASURED:
            return "counted, not judged"
        standing = self.moves.get(move)
        if standing is None or standing.kappa is None:
            return "unproven: not yet compared with people"
        figures = f"kappa {standing.kappa:.2f} ({standing.low:.2f}–{standing.high:.2f}), n {standing.n}"
        if standing.proven:
            return f"agrees with people: {figures}"
        few = min(standing.made, standing.n - standing.made) < LEAST_CASES
        return f"unproven: {'too few replies, ' if few else ''}{figures}"


@lru_cache(maxsize=1)
def published() -> Published:
    """What ships with this scorer; without the file, nothing is proven."""
    file = files("scoring") / "published.json"
    if not file.is_file():
        return Published("", "", 0, {}, None)
    return read(file.read_text(encoding="utf-8"))


def read(text: str) -> Published:
    """The file's text as values."""
    found = json.loads(text)
    return Published(
        data=found["data"],
        scorer=found["scorer"],
        replies=found["replies"],
        moves={move: Standing(**one) for move, one in found["moves"].items()},
        overall=Standing(**found["overall"]),
    )
