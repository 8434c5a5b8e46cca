"""The learnt verdict: a small network over the words of a reply, with what the rules found as evidence.

`benchmarks/train_layer.py` makes the weights. They are whole numbers, and so is all that is done with them:
every product and sum is a whole number far below 2**53, which floating point holds exactly in whatever order
it adds, so every machine gets the same verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from scoring.clauses import Act, Clause
from scoring.detectors import MOVES, Found, detectors
from scoring.hashes import LAYER
from scoring.layer_input import Inputs, inputs
from scoring.matching import Hit
from scoring.rubric import MoveId
from scoring.tokens import words_of

UNIT = 1 << 10
"""What 1 is where words, features and sums are kept."""

FINE = 1 << 11
"""What 1 is where weights are kept that sums are multiplied by."""

WINDOW = 3
"""Neighbouring words whose values are added up: one word alone shows nothing."""

EASIER = -1.0
"""How far under 0, where it is as likely as not, a clause may stay in which a rule holds: by the network
alone F1 was 73.8 % on replies it had not seen, with this 74.7 % (67.8 and 68.8 % with words misheard). Lines
chosen move by move did better on the replies they were chosen with and 1.4 points worse on others."""

ALONE = (1 << 18) - 1
"""Multiplications up to which OpenBLAS keeps a product on one core: where others work beside it, a reply took
75 ms instead of 3 on several."""

NEVER = -(1 << 40)
"""Below every value."""

QUESTIONS = frozenset(move for move in MOVES if move.startswith(("asks", "probes", "clarifies", "confirms")))
"""What only a question to the prospect does."""

ASKS: tuple[MoveId, ...] = ("asks_open_question", "asks_closed_question")

_SHUT: frozenset[Act] = frozenset({"reported", "refused"})
"""Somebody else's questions, and those the rep says they won't ask."""

Whole = NDArray[np.float64]
"""Whole numbers, kept as floating point because products of such matrices are quick and still exact."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Where each move is made, and whether the reply as a whole is taken for gaming."""

    found: dict[str, tuple[Found, ...]]
    gaming: bool


@dataclass(frozen=True)
class Layer:
    """The network: a row of `table` a word, layers of weighed neighbours, a value a word and move."""

    places: Mapping[str, int]
    table: NDArray[np.int8]
    scales: NDArray[np.int64]
    parts: Mapping[str, Whole]
    depth: int
    gaming: int

    def judge(self, clauses: Sequence[Clause], prompt: str) -> Judged:
        """What the reply does by the rules' evidence and this network."""
        found, open_ = detectors().evidence(clauses)
        seen = inputs(clauses, found, open_, words_of(prompt))
        values, gaming = self.values(seen)
        highest = np.full((len(clauses), len(MOVES)), NEVER)
        np.maximum.at(highest, seen.clause, values)
        held: dict[str, dict[int, int]] = {
            move: _held(clauses, move, highest[:, row].tolist(), found.get(move, ()))
            for row, move in enumerate(MOVES)
        }
        asks = highest[:, [MOVES.index(move) for move in ASKS]].max(axis=1) > 0
        asked = {at for at, clause in enumerate(clauses) if clause.live or asks[at]}
        for move in QUESTIONS.difference(ASKS):
            held[move] = {at: value for at, value in held[move].items() if at in asked}
        made = {move: tuple(_made(clauses, held[move], found.get(move, ()))) for move in held}
        return Judged(made, gaming > self.gaming)

    def values(self, seen: Inputs) -> tuple[NDArray[np.int64], int]:
        """The value of each word for each move, its neighbours' added (words, moves), and that of gaming."""
        if not seen.words:
            return np.zeros((0, len(MOVES)), np.int64), 0
        one = self.parts
        start = self._rows(seen.words) + _product(seen.features.astype(np.float64), one["features"])
        start += one["start"]
        state = np.maximum(start, 0)
        for number in range(self.depth):
            state = state + np.maximum(self._neighbours(state, number), 0)
        mean = _mean(state)
        state = state + _weighed(mean, one["whole"]) + one["whole_start"]
        worth = _weighed(np.maximum(state, 0), one["out"]) + one["out_start"]
        summed = _with_neighbours(worth, seen.clause)
        gaming = (
            _weighed(mean, one["game_mean"])
            + _weighed(state.max(axis=0), one["game_top"])
            + _weighed(summed.max(axis=0), one["game_moves"])
        )
        return summed.astype(np.int64), int(gaming[0] + one["game_start"][0])

    def _rows(self, words: Sequence[str]) -> Whole:
        at = [self.places.get(word, 0) for word in words]
        return (self.table[at].astype(np.int64) * self.scales[at, None]).astype(np.float64)

    def _neighbours(self, state: Whole, number: int) -> Whole:
        weights = self.parts[f"near{number}"]
        reach = len(weights) // 2
        wide = np.pad(state, ((reach, reach), (0, 0)))
        summed = sum(_product(wide[at : at + len(state)], one) for at, one in enumerate(weights))
        made: Whole = np.floor(summed / FINE) + self.parts[f"near{number}_start"]
        return made


def _with_neighbours(worth: Whole, clause: NDArray[np.int64]) -> Whole:
    """Each word's value and those of the words beside it, its own again where another clause begins."""
    same = (clause[1:] == clause[:-1])[:, None]
    before, after = worth.copy(), worth.copy()
    before[1:] = np.where(same, worth[:-1], worth[1:])
    after[:-1] = np.where(same, worth[1:], worth[:-1])
    made: Whole = before + worth + after
    return made


def _held(
    clauses: Sequence[Clause], move: MoveId, values: Sequence[int], found: Sequence[Found]
) -> dict[int, int]:
    """The clauses whose value is high enough, each with it."""
    shown = {one.clause for one in found}
    easier = round(EASIER * WINDOW * UNIT)
    return {
        at: value
        for at, (clause, value) in enumerate(zip(clauses, values, strict=True))
        if value > (easier if at in shown else 0) and not (move in QUESTIONS and clause.act in _SHUT)
    }


def _made(clauses: Sequence[Clause], held: Mapping[int, int], found: Sequence[Found]) -> Iterator[Found]:
    """Of clauses side by side the highest, and those a rule found, with the words that it found."""
    shown = {one.clause: one for one in found}
    for at, value in held.items():
        if at in shown:
            yield shown[at]
        elif value >= max(held.get(at - 1, NEVER), held.get(at + 1, NEVER)):
            yield Found(at, Hit(0, len(clauses[at].tokens)))


def _weighed(state: Whole, weights: Whole) -> Whole:
    made: Whole = np.floor(_product(np.atleast_2d(state), weights) / FINE)
    return made if state.ndim == 2 else made[0]


def _product(rows: Whole, weights: Whole) -> Whole:
    """The matrix product, a few rows at a time (see ALONE)."""
    step = max(1, ALONE // weights.size)
    if len(rows) <= step:
        return rows @ weights
    return np.vstack([rows[at : at + step] @ weights for at in range(0, len(rows), step)])


def _mean(rows: Whole) -> Whole:
    made: Whole = np.floor(rows.sum(axis=0) / len(rows)) if len(rows) else np.zeros(rows.shape[1])
    return made


@lru_cache(maxsize=1)
def layer() -> Layer:
    """The network that ships, read once."""
    with as_file(files("scoring") / "moves" / LAYER) as path, np.load(path) as kept:
        return from_arrays({name: kept[name] for name in kept.files})


def from_arrays(kept: Mapping[str, NDArray[np.generic]]) -> Layer:
    """A network from what its file holds."""
    words = bytes(kept["words"].astype(np.uint8)).decode("utf-8").split("\n")
    own = ("words", "table", "scales", "gaming")
    return Layer(
        places={word: at for at, word in enumerate(words) if word},
        table=kept["table"].astype(np.int8),
        scales=kept["scales"].astype(np.int64),
        parts={name: array.astype(np.float64) for name, array in kept.items() if name not in own},
        depth=sum(name.startswith("near") and not name.endswith("start") for name in kept),
        gaming=int(kept["gaming"]),
    )
