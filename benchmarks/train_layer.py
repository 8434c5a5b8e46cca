"""Trains the network of scoring/layer.py and writes scoring/moves/layer.npz.

    python benchmarks/train_layer.py [--evaluate] [--without meaning|rules] [--threads N]

It learns from data/replies_training.jsonl, the other labelled replies of data/ and the examples of the moves
and of the scenarios. Needs torch beside what the project needs (layer_net.py). Some ten minutes on one core;
the same machine and library make the same weights, another may differ in the last digit: what is committed is
what counts.

First it learns from two hands and the rest; what at most one in a hundred genuine replies of the third
reach is where gaming begins. That network, which knows neither the third hand nor the replies that were put
aside, is measured on both. Then, but for `--evaluate`, it goes on with all of it and is written.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.layer_data import (
    HERE,
    Example,
    Reply,
    example,
    examples_of_moves,
    examples_of_rubrics,
    examples_of_scenarios,
    replies,
    spoken,
    words_in,
)
from benchmarks.layer_net import Course, Encoded, Network, Size, Words, arrays, trained, values
from scoring.agreement import Counts
from scoring.detectors import MOVES
from scoring.layer import EASIER
from scoring.layer_input import RULES

OUT = Path(__file__).parent.parent / "scoring" / "moves" / "layer.npz"
NOISY = 3
JUDGE = "c"
"""The hand that is left out at first."""

FIRST = Course(rounds=22, rate=2e-3)
SECOND = Course(rounds=10, rate=1e-3)

FALSE_FLAGS = 0.01
"""The share of genuine replies of the other hand that may be taken for gaming."""

Values = NDArray[np.float64]


def training() -> tuple[list[Reply], list[Reply]]:
    """The replies written to be trained on, and the other texts that are not put aside."""
    own = list(replies(HERE / "replies_training.jsonl"))
    others = [
        *replies(HERE / "replies_dev.jsonl", "dev", seen=True),
        *replies(HERE / "gaming_dev.jsonl", "dev", seen=True),
        *replies(HERE / "paraphrases_dev.txt", "paraphrases", seen=True),
        *examples_of_moves(),
        *examples_of_scenarios(),
        *examples_of_rubrics(),
    ]
    return own, others


def aside() -> list[Reply]:
    """The replies put aside while the rules were made."""
    return [
        *replies(HERE / "replies_held_out.jsonl", "aside"),
        *replies(HERE / "gaming_held_out.jsonl", "aside"),
    ]


def said(found: Sequence[Reply], vocabulary: Sequence[str], noisy: int = NOISY) -> list[Example]:
    """Each reply in all its ways."""
    return [one for reply in found for one in spoken(reply, vocabulary, noisy)]


def wanted(found: Sequence[Example]) -> NDArray[np.bool_]:
    """The labels: (examples, moves)."""
    return np.array([[move in one.reply.labels for move in MOVES] for one in found])


def gaming_threshold(games: Values, found: Sequence[Example]) -> float:
    """The value that at most FALSE_FLAGS of the genuine replies exceed."""
    genuine = np.array([not one.reply.game for one in found])
    return float(np.quantile(games[genuine], 1 - FALSE_FLAGS))


def show(name: str, made: NDArray[np.bool_], labels: NDArray[np.bool_]) -> None:
    """F1 of each move and of all, precision and recall."""
    rows = [Counts.of(made[:, n].tolist(), labels[:, n].tolist()) for n in range(len(MOVES))]
    whole = sum(rows, Counts(0, 0, 0, 0))
    each = " ".join(f"{move[:12]} {100 * (row.f1 or 0):.0f}" for move, row in zip(MOVES, rows, strict=True))
    figures = " ".join(f"{100 * (one or 0):.1f}" for one in (whole.f1, whole.precision, whole.recall))
    print(f"{name:24} F1, P, R {figures} | {each}", flush=True)


def measured(network: Network, words: Words, gaming: float, sets: dict[str, list[Example]]) -> None:
    """The figures on each set of examples, by the rules alone and with the network."""
    for name, found in sets.items():
        made, games = values(network, Encoded(found, words))
        rules = np.array([one.inputs.features[:, RULES].max(axis=0)[: len(MOVES)] > 0 for one in found])
        game = np.array([one.reply.game for one in found])
        over = (made > np.where(rules, EASIER, 0)) & (games <= gaming)[:, None]
        show(f"{name}: rules", rules[~game], wanted(found)[~game])
        show(name, over[~game], wanted(found)[~game])
        credit = np.asarray(over[:, : len(MOVES) - 2].any(axis=1))
        flagged: NDArray[np.bool_] = np.greater(games, gaming)
        print(
            f"  gaming: {flagged[game].sum()} of {game.sum()} flagged, {credit[game].sum()} credited; "
            f"{flagged[~game].sum()} of {(~game).sum()} genuine ones flagged",
            flush=True,
        )


def main() -> None:
    """Trains, measures and writes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--evaluate", action="store_true")
    parser.add_argument("--without", choices=("meaning", "rules"))
    parser.add_argument("--threads", type=int, default=1)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    torch.manual_seed(0)
    size = replace(Size(), **({asked.without: False} if asked.without else {}))
    own, others = training()
    vocabulary = words_in(own)
    rest = said([one for one in own if one.source != JUDGE], vocabulary)
    known = said(others, vocabulary, 1)
    words = Words(rest)
    network = trained([*rest, *known], words, Network(words, size), FIRST)
    unseen = said([one for one in own if one.source == JUDGE], vocabulary)
    gaming = gaming_threshold(values(network, Encoded(unseen, words))[1], unseen)
    clean = [one for reply in aside() if (one := example(reply)) is not None]
    noisy = said(aside(), vocabulary, 2)
    measured(network, words, gaming, {"the third hand": unseen, "put aside": clean, "and misheard": noisy})
    if not asked.evaluate:
        whole = [*rest, *unseen, *said(aside(), vocabulary), *known]
        np.savez(OUT, allow_pickle=False, **arrays(trained(whole, words, network, SECOND), words, gaming))


if __name__ == "__main__":
    main()
