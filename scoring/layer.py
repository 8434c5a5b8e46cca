"""Moves told by what a clause means, where a rule could hold and none does: one linear model a move.

`benchmarks/train_layer.py` makes the weights. They are small whole numbers, and so is all that is done with
them: every machine gets the same verdict.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from scoring.clauses import Clause
from scoring.detectors import Found, detectors
from scoring.embedder import Embedder
from scoring.hashes import LAYER
from scoring.matching import Hit


@dataclass(frozen=True, slots=True)
class Layer:
    """The models of some moves, fitted on the vectors of the embedder with this fingerprint.

    A clause makes the move whose product with its row of `weights` (moves, dimensions) is over the threshold.
    """

    embedder: str
    moves: tuple[str, ...]
    weights: NDArray[np.int64]
    thresholds: NDArray[np.int64]

    def find(
        self, parts: Sequence[Clause], found: dict[str, tuple[Found, ...]], embedder: Embedder
    ) -> dict[str, tuple[Found, ...]]:
        """`found`, and what the models find of the moves that are not in it; nothing by another embedder."""
        if embedder.fingerprint != self.embedder:
            return found
        open_ = detectors().open(parts, found)
        asked = {move: open_[move] for move in self.moves if open_[move] and not found[move]}
        places = sorted({at for clauses in asked.values() for at in clauses})
        if not places:
            return found
        over = vectors(parts, places, embedder) @ self.weights.T > self.thresholds
        return {**found, **self._over(asked, parts, dict(zip(places, over, strict=True)))}

    def _over(
        self,
        asked: Mapping[str, tuple[int, ...]],
        parts: Sequence[Clause],
        over: Mapping[int, NDArray[np.bool_]],
    ) -> dict[str, tuple[Found, ...]]:
        return {
            move: tuple(Found(at, Hit(0, len(parts[at].tokens))) for at in places if over[at][row])
            for row, move in enumerate(self.moves)
            if (places := asked.get(move))
        }


def vectors(parts: Sequence[Clause], places: Sequence[int], embedder: Embedder) -> NDArray[np.int64]:
    """The vectors of some clauses: (places, dimensions)."""
    return embedder.embed([" ".join(parts[at].words) for at in places])


@lru_cache(maxsize=1)
def layer() -> Layer:
    """The models that ship, read once."""
    kept = json.loads((files("scoring") / "moves" / LAYER).read_text(encoding="utf-8"))
    models = kept["models"]
    return Layer(
        embedder=kept["embedder"],
        moves=tuple(models),
        weights=np.array([one["weights"] for one in models.values()], np.int64),
        thresholds=np.array([one["threshold"] for one in models.values()], np.int64),
    )
