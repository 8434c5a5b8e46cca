"""What foretells pocketsphinx's errors beside its own probability, checked on recordings not fitted.

    python -m benchmarks.sphinx_errors FEATURES

FEATURES comes from `python -m benchmarks.sphinx_features`. A logistic regression, or the nearest words, is
fitted on all recordings but some and says of the words of those how likely they are right. Left out is a
tenth of the recordings, and, as a new rep's voice would be, each speaker in turn.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.confidence import area
from scoring.score import ROUGH_CONFIDENCE, ROUGH_WORDS

Floats = NDArray[np.float64]
Judge = Callable[[Floats], Floats]
"""Rows of features to how likely each word is right."""
Fit = Callable[[Floats, Floats], Judge]
_EDGES = (0.0, 0.25, 0.5, 0.7, 0.85, 0.95, 1.0001)
_PARTS = 10
_RIDGE = 10.0  # of standardised features: as if each weight had been seen to be about 0 in some 40 words
_NEAREST = 40
_DRAWS = 2000
_SURE = 0.85
_COUNTS = 0.5  # below it a word decides nothing
_CHANCES = ("probability", "before", "after", "mean")
_SKEWED = ("frames", "letters", "count", "margin")
_DEAR = ("second", "over_phones")
"""What takes hearing the stretch again."""


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """All words: a row of features each, whether it was right, its recording and its speaker."""

    names: tuple[str, ...]
    rows: Floats
    right: Floats
    recordings: NDArray[np.int_]
    speakers: NDArray[np.int_]
    voices: tuple[str, ...]
    """The names of `speakers`, by number."""

    def only(self, names: Sequence[str]) -> Floats:
        """The columns of these features."""
        return self.rows[:, [self.names.index(name) for name in names]]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("features", type=Path)
    words = loaded(asked.parse_args().features)
    print(
        f"{len(words.right)} words, {words.right.mean():.0%} right, {words.recordings.max() + 1} recordings, "
        f"{words.speakers.max() + 1} speakers or sets\n\n| feature | area alone |\n|---|---|"
    )
    for name in words.names:
        print(f"| {name} | {_area(words.only([name])[:, 0], words.right):.2f} |")
    parts = np.random.default_rng(1).permutation(words.recordings.max() + 1)[words.recordings] % _PARTS
    _compared("a tenth of the recordings", parts, words)
    told = _compared("a speaker or set", words.speakers, words)
    _voices(told, words)
    _judged({"the engine's own number": _of_odds(words.only(["probability"])[:, 0]), **told}, words)


def _compared(kind: str, groups: NDArray[np.int_], words: Words) -> dict[str, Floats]:
    """What each way of fitting says of every word, its group left out; shown by bands."""
    print(f"\nLeft out: {kind}\n\n| | area | more than the engine's own number (95 %) | {_heads()} |")
    print(f"|---|---|---|{'---|' * (len(_EDGES) - 1)}")
    told: dict[str, Floats] = {}
    for name, (columns, fit) in _kinds(words).items():
        chances = told[name] = left_out(columns, words.right, groups, fit)
        low, high = gain(chances, words.only(["probability"])[:, 0], words)
        print(f"| {name} | {_area(chances, words.right):.3f} | {low:+.3f} to {high:+.3f}", end=" | ")
        print(f"{_bands(chances, words.right)} |")
    return told


def _voices(told: dict[str, Floats], words: Words) -> None:
    """Of whom, left out, the words that are called 85 % sure and more are right."""
    print(f"\n85 % sure and more, of {', '.join(words.voices)} (left out)\n")
    for name, chances in told.items():
        sure = [words.right[(words.speakers == at) & (chances >= _SURE)] for at in range(len(words.voices))]
        print(f"- {name}: {'; '.join(map(_band, sure))}")


def _judged(told: dict[str, Floats], words: Words) -> None:
    """What would be judged where a mean decides: recordings, and how many of their words are right."""
    print("\n| | mean | recordings judged | words | right | words that count | right |")
    print("|---|---|---|---|---|---|---|")
    for name, chances in told.items():
        for least in (ROUGH_CONFIDENCE, ROUGH_CONFIDENCE + 0.1):
            of = [words.recordings == at for at in range(words.recordings.max() + 1)]
            good = [one for one in of if one.sum() >= ROUGH_WORDS and chances[one].mean() >= least]
            heard = np.any(good, axis=0) if good else np.zeros(len(chances), bool)
            firm = heard & (chances >= _COUNTS)
            shares = " | ".join(
                f"{one.sum()} | {words.right[one].mean():.0%}" for one in (heard, firm) if one.any()
            )
            print(f"| {name} | {least:.1f} | {len(good)} | {shares} |")


def loaded(path: Path) -> Words:
    """The words of all recordings; chances as log odds, what is skewed as logarithms."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    told = [one for one in told if one["words"]]
    names = tuple(name for name in told[0]["words"][0] if name != "right")
    speakers = sorted({one["speaker"] for one in told})
    columns = [
        _eased(name, np.array([word[name] for one in told for word in one["words"]])) for name in names
    ]
    return Words(
        names,
        np.stack(columns, axis=1),
        np.array([word["right"] for one in told for word in one["words"]]),
        np.array([at for at, one in enumerate(told) for _ in one["words"]]),
        np.array([speakers.index(one["speaker"]) for one in told for _ in one["words"]]),
        tuple(speakers),
    )


def left_out(rows: Floats, right: Floats, groups: NDArray[np.int_], fit: Fit) -> Floats:
    """How likely each word is right, by a fit that has seen no word of its group."""
    chances = np.zeros(len(right))
    for group in np.unique(groups):
        out = groups == group
        mean, spread = rows[~out].mean(axis=0), rows[~out].std(axis=0) + 1e-9
        chances[out] = fit((rows[~out] - mean) / spread, right[~out])((rows[out] - mean) / spread)
    return chances


def logistic(rows: Floats, right: Floats) -> Judge:
    """A logistic regression (Newton's steps, ridge on all weights but the constant)."""
    whole = np.column_stack([np.ones(len(rows)), rows])
    ridge = np.array([1e-6] + [_RIDGE] * rows.shape[1])
    weights = np.zeros(whole.shape[1])
    for _ in range(30):
        chances = _chance(rows, weights)
        bend = (whole * (chances * (1 - chances))[:, None]).T @ whole + np.diag(ridge)
        weights += np.linalg.solve(bend, whole.T @ (right - chances) - ridge * weights)
    return lambda others: _chance(others, weights)


def nearest(rows: Floats, right: Floats) -> Judge:
    """The share that is right of the words that are most alike."""

    def judge(others: Floats) -> Floats:
        far = ((others[:, None] - rows) ** 2).sum(axis=2)
        share: Floats = right[np.argsort(far, axis=1, kind="stable")[:, :_NEAREST]].mean(axis=1)
        return share

    return judge


def gain(told: Floats, alone: Floats, words: Words) -> tuple[float, float]:
    """Between what the area grew, in 95 % of drawings of as many recordings with replacement."""
    good = words.right > 0
    better = [_wins(one[good], one[~good]) for one in (told, alone)]
    draws = np.random.default_rng(2)
    count = words.recordings.max() + 1
    grown = []
    for _ in range(_DRAWS):
        times = np.bincount(draws.integers(count, size=count), minlength=count)[words.recordings].astype(
            float
        )
        pairs = times[good].sum() * times[~good].sum()
        new, old = (times[good] @ wins @ times[~good] / pairs for wins in better)
        grown.append(new - old)
    low, high = np.percentile(grown, [2.5, 97.5])
    return float(low), float(high)


def _kinds(words: Words) -> dict[str, tuple[Floats, Fit]]:
    hearing = [name for name in words.names if name not in _DEAR]
    return {
        "probability alone": (words.only(["probability"]), logistic),
        "all of one hearing": (words.only(hearing), logistic),
        "the same without the noise": (words.only([name for name in hearing if name != "snr"]), logistic),
        "the second hearing and the phones too": (words.rows, logistic),
        f"all, the {_NEAREST} nearest words": (words.rows, nearest),
    }


def _eased(name: str, values: Floats) -> Floats:
    if name in _CHANCES:
        kept = np.clip(values, 1e-3, 1 - 1e-3)
        return np.log(kept / (1 - kept))
    return np.log(np.maximum(values, 1e-9)) if name in _SKEWED else values


def _of_odds(odds: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-odds))
    return chance


def _chance(rows: Floats, weights: Floats) -> Floats:
    return _of_odds(weights[0] + rows @ weights[1:])


def _wins(good: Floats, bad: Floats) -> Floats:
    wins: Floats = (good[:, None] > bad) + 0.5 * (good[:, None] == bad)
    return wins


def _area(told: Floats, right: Floats) -> float:
    return area([(float(chance), bool(good)) for chance, good in zip(told, right, strict=True)])


def _heads() -> str:
    return " | ".join(f"{low:.0%} to {min(1, high):.0%}" for low, high in pairwise(_EDGES))


def _bands(told: Floats, right: Floats) -> str:
    return " | ".join(_band(right[(told >= low) & (told < high)]) for low, high in pairwise(_EDGES))


def _band(right: Floats) -> str:
    return f"{right.mean():.0%} of {len(right)}" if len(right) else "none"


if __name__ == "__main__":
    main()
