"""Fits the models of scoring/layer.py, writes scoring/moves/layer.json and prints what they are worth.

    python benchmarks/train_layer.py FOLDER [--evaluate]

The folder holds exemplars.txt and dev.jsonl (benchmarks/data/README.md names the rest). The same data give
the same weights. `--evaluate` writes nothing. Rules and models together are measured on texts that the models
were not fitted on: in five folds, and each data set by models of all others. The rules were widened
by these texts; so the patterns that hold in no other text than those they are tested on are left out.

A reply is labelled as a whole: of a reply that makes a move, the clause in which a rule finds it has it, else
the only open one, else the likest by the model of the round before (multiple instances, Andrews et al. 2002).
"""

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.layer_data import PARTLY, POOR, Bag, bags, items, used, without
from models.embedding.static import StaticEmbedder
from scoring.agreement import Counts
from scoring.detectors import detectors
from scoring.embedder import ONE

OUT = Path(__file__).parent.parent / "scoring" / "moves" / "layer.json"
FOLDS = 5
ROUNDS = 3
RIDGE = 3.0
HAVING = 0.25
"""What all clauses that have a move weigh together, against 1 for all that have not."""
MARGINS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5)
NEAR = 0.002
"""The F1 given up for a stricter margin: a wrong credit costs more trust than a missed one."""
ROUNDED = 0.02
"""What rounding the weights may change a value by, amply."""

LARGEST = 127
"""The largest weight that is kept of a model."""

Model = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """One move in one text that its model has not seen: the label, the rules' verdict, the model's value."""

    source: str
    move: str
    noisy: bool
    label: bool
    rules: bool
    value: float


def fitted(found: Sequence[Bag], move: str) -> Model:
    """Weights and, last, the constant: ridge regression on 1 (has the move) and -1, over the rounds."""
    known = [one for one in found if move in one.item.known and move in one.open]
    lacking = np.vstack([one.open[move] for one in known if move not in one.item.makes])
    having = [one for one in known if move in one.item.makes]
    model = np.zeros(lacking.shape[1] + 1)
    for count in range(ROUNDS):
        rows = [_having(one, move, model if count else None) for one in having]
        model = _ridge(np.vstack([row for row in rows if len(row)]), lacking)
    return model


def _having(one: Bag, move: str, model: Model | None) -> NDArray[np.float64]:
    """The clauses that have the move, none where that can't be told yet."""
    rows = one.open[move]
    if one.shown[move]:
        return rows[list(one.shown[move])]
    if len(rows) == 1:
        return rows
    return rows[:0] if model is None else rows[[int(np.argmax(rows @ model[:-1]))]]


def _ridge(having: NDArray[np.float64], lacking: NDArray[np.float64]) -> Model:
    rows = np.vstack([having, lacking])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    wanted = np.repeat([1.0, -1.0], [len(having), len(lacking)])
    weigh = np.repeat([HAVING * len(lacking) / len(having), 1.0], [len(having), len(lacking)])
    damp = RIDGE * np.eye(rows.shape[1])
    damp[-1, -1] = 1e-3
    model: Model = np.linalg.solve(
        (rows * weigh[:, None]).T @ rows + damp, (rows * weigh[:, None]).T @ wanted
    )
    return model


def judged(found: Sequence[Bag], parts: Sequence[Collection[int]]) -> Iterator[Judged]:
    """Each part of the bags (by number) judged by models of all others."""
    uses = used(found)
    for part in parts:
        unseen = without(part, uses)
        by_rules = {at: unseen.find(found[at].parts) for at in part}
        rest = [one for at, one in enumerate(found) if at not in part]
        for move in detectors().gates:
            model = fitted(rest, move)
            for at in sorted(part):
                one = found[at]
                if move in one.item.known:
                    rows = one.open.get(move)
                    value = -9.0 if rows is None else float((rows @ model[:-1]).max() + model[-1])
                    label = move in one.item.makes
                    yield Judged(one.item.source, move, one.noisy, label, bool(by_rules[at][move]), value)


def folds(found: Sequence[Bag]) -> list[set[int]]:
    """Five parts; a text and its noisy copies are in the same."""
    order = {id(item): at for at, item in enumerate(dict.fromkeys(one.item for one in found))}
    number = {one: order[id(one)] for one in dict.fromkeys(bag.item for bag in found)}
    return [{at for at, one in enumerate(found) if number[one.item] % FOLDS == fold} for fold in range(FOLDS)]


def by_source(found: Sequence[Bag]) -> list[set[int]]:
    """A part for each data set."""
    names = dict.fromkeys(one.item.source for one in found)
    return [{at for at, one in enumerate(found) if one.item.source == name} for name in names]


def counts(rows: Sequence[Judged], margin: float | None, kept: Collection[str]) -> Counts:
    """The rules alone (no margin), or with the models of the kept moves."""
    made = [row.rules or (margin is not None and row.move in kept and row.value > margin) for row in rows]
    return Counts.of(made, [row.label for row in rows])


def helped(rows: Sequence[Judged], margin: float) -> list[str]:
    """The moves in which F1 rises at that margin, over clean and noisy texts."""
    kept = []
    for move in detectors().gates:
        own = [row for row in rows if row.move == move]
        if (counts(own, margin, [move]).f1 or 0) > (counts(own, None, []).f1 or 0):
            kept.append(move)
    return kept


def chosen(rows: Sequence[Judged]) -> tuple[float, list[str]]:
    """The strictest margin near the highest F1 over the texts labelled in full, and the moves it helps."""
    full = [row for row in rows if row.source not in (PARTLY, POOR)]
    trials = [(margin, helped(full, margin)) for margin in MARGINS]
    reached = [counts(full, *trial).f1 or 0 for trial in trials]
    return [trial for trial, f1 in zip(trials, reached, strict=True) if f1 > max(reached) - NEAR][-1]


def show(rows: Sequence[Judged], margin: float, kept: Collection[str], of: Callable[[Judged], str]) -> None:
    """F1 of the rules alone and with the models, clean and noisy, and what the models added: right/wrong."""
    names = list(dict.fromkeys(of(row) for row in rows))
    for name in [*names, "all"]:
        cells = []
        for noisy in (False, True):
            own = [row for row in rows if row.noisy is noisy and name in (of(row), "all")]
            before, after = counts(own, None, []), counts(own, margin, kept)
            added = f"+{after.hits - before.hits}/{after.false_alarms - before.false_alarms}"
            cells.append(f"{100 * (before.f1 or 0):6.1f} {100 * (after.f1 or 0):6.1f} {added:>8}")
        print(f"{name:22} {'  |'.join(cells)}")


def write(found: Sequence[Bag], margin: float, kept: Collection[str], fingerprint: str) -> None:
    """The models of the kept moves in whole numbers, fitted on everything.

    Each threshold is the margin, or more where a clause of what must get no credit would come over it.
    """
    models = {}
    for move in kept:
        model = fitted(found, move)
        scale = LARGEST / np.abs(model[:-1]).max()
        weights = np.rint(model[:-1] * scale).astype(int).tolist()
        models[move] = {
            "threshold": round((_floor(found, move, model, margin) - model[-1]) * scale * ONE),
            "weights": weights,
        }
    lines = [f"{json.dumps(move)}: {json.dumps(one)}" for move, one in models.items()]
    whole = f'{{"embedder": {json.dumps(fingerprint)}, "models": {{\n' + ",\n".join(lines) + "\n}}\n"
    OUT.write_text(whole, encoding="utf-8", newline="\n")


def _floor(found: Sequence[Bag], move: str, model: Model, margin: float) -> float:
    poor = [one for one in found if one.item.source == POOR and not one.noisy and move in one.item.known]
    values = [float((one.open[move] @ model[:-1]).max() + model[-1]) for one in poor if move in one.open]
    return max([margin, *(value + ROUNDED for value in values)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--evaluate", action="store_true")
    asked = parser.parse_args()
    by = StaticEmbedder()
    found = bags(items(asked.folder), by)
    rows = list(judged(found, folds(found)))
    others = list(judged(found, by_source(found)))
    margin, kept = chosen([*rows, *others])
    print(f"{by.fingerprint}: {len(found)} texts, margin {margin}, {len(kept)} moves: {', '.join(kept)}")
    print(f"\n{'':22} {'clean: rules, with, right/wrong':22} | noisy")
    print("five folds")
    show(rows, margin, kept, lambda row: row.move)
    show(rows, margin, kept, lambda row: row.source)
    print("each data set by models of all others")
    show(others, margin, kept, lambda row: row.move)
    show(others, margin, kept, lambda row: row.source)
    if not asked.evaluate:
        write(found, margin, kept, by.fingerprint)


if __name__ == "__main__":
    main()
