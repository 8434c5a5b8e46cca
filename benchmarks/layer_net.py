"""The network of scoring/layer.py as torch trains it, and its weights as the whole numbers that ship.

Needs torch beside what the project needs: `pip install torch` into an environment of its own.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.layer_data import OWN, Example
from models.embedding.static import TABLE
from scoring.detectors import MOVES
from scoring.layer import FINE, UNIT
from scoring.layer_input import FEATURES, RULES, plain

OUTSIDE = -30.0
"""The value of places after a reply's last word."""

_TURNS = 3
"""How often an example of our own is drawn a round: the tests hold the scorer to each of them."""

LEAST = 3
"""How often a word stands in the training replies that gets a vector of its own beside the table's."""


@dataclass(frozen=True, slots=True)
class Size:
    """The network's width, its own vectors' width, layers of how many neighbours, the share dropped."""

    width: int = 128
    own: int = 32
    depth: int = 3
    reach: int = 5
    drop: float = 0.3
    meaning: bool = True
    rules: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """How it is trained."""

    rounds: int = 24
    batch: int = 32
    rate: float = 2e-3
    decay: float = 1e-2
    without_rules: float = 0.3
    without_word: float = 0.1
    words_weigh: float = 1.0


class Words:
    """The vectors words begin with: the shipped table's, scaled, and a number for each frequent one."""

    def __init__(self, found: Sequence[Example]) -> None:
        known = (TABLE / "words.txt").read_text(encoding="utf-8").split()
        rows = np.load(TABLE / "rows.npy").astype(np.float32)
        rows *= np.load(TABLE / "scales.npy").astype(np.float32)[:, None]
        counted = Counter(
            plain(word) for one in {id(x.reply): x for x in found}.values() for word in one.inputs.words
        )
        often = sorted(word for word, count in counted.items() if count >= LEAST)
        names = ["", *known, *sorted(set(often) - set(known))]
        self.places = {word: at for at, word in enumerate(names)}
        self.names = names
        self.meaning = np.zeros((len(names), rows.shape[1]), np.float32)
        self.meaning[1 : len(known) + 1] = rows / (4 * rows.std())
        self.own = np.zeros(len(names), np.int64)
        self.own[[self.places[word] for word in often]] = np.arange(1, len(often) + 1)
        self.often = len(often)


@dataclass(frozen=True, slots=True)
class Batch:
    """Replies of one length: word numbers, features, what is made where, and what is known of them."""

    words: Tensor
    features: Tensor
    held: Tensor
    made: Tensor
    placed: Tensor
    labels: Tensor
    known: Tensor
    game: Tensor


class Encoded:
    """Examples as numbers, to be drawn as batches."""

    def __init__(self, found: Sequence[Example], words: Words) -> None:
        self.found = found
        self.words = [np.array([words.places.get(w, 0) for w in one.inputs.words]) for one in found]

    def batch(self, numbers: Sequence[int]) -> Batch:
        """Those examples side by side."""
        some = [self.found[n] for n in numbers]
        longest = max(len(self.words[n]) for n in numbers)
        words = np.zeros((len(some), longest), int)
        features = np.zeros((len(some), longest, FEATURES), np.float32)
        made = np.zeros((len(some), longest, len(MOVES)), np.float32)
        held = np.zeros((len(some), longest), np.float32)
        for row, (n, one) in enumerate(zip(numbers, some, strict=True)):
            size = len(self.words[n])
            words[row, :size], held[row, :size] = self.words[n], 1
            features[row, :size] = one.inputs.features
            if one.made is not None:
                made[row, :size] = one.made
        return Batch(
            words=torch.from_numpy(words),
            features=torch.from_numpy(features),
            held=torch.from_numpy(held),
            made=torch.from_numpy(made),
            placed=torch.tensor([float(one.made is not None) for one in some]),
            labels=torch.tensor([[float(m in one.reply.labels) for m in MOVES] for one in some]),
            known=torch.tensor([[float(m in one.reply.known) for m in MOVES] for one in some]),
            game=torch.tensor([float(one.reply.game) for one in some]),
        )


class Network(nn.Module):  # type: ignore[misc]
    """See scoring/layer.py, which does the same in whole numbers."""

    def __init__(self, words: Words, size: Size) -> None:
        super().__init__()
        self.size = size
        self.register_buffer("meaning", torch.from_numpy(words.meaning))
        self.register_buffer("number", torch.from_numpy(words.own))
        self.own = nn.Embedding(words.often + 1, size.own, padding_idx=0)
        nn.init.normal_(self.own.weight, std=0.1)
        self.bring = nn.Linear(words.meaning.shape[1] + size.own, size.width, bias=False)
        self.features = nn.Linear(FEATURES, size.width)
        self.near = nn.ModuleList(
            nn.Conv1d(size.width, size.width, size.reach, padding=size.reach // 2) for _ in range(size.depth)
        )
        self.whole = nn.Linear(size.width, size.width)
        self.out = nn.Linear(size.width, len(MOVES))
        nn.init.constant_(self.out.bias, -3.0)
        self.game = nn.Linear(2 * size.width + len(MOVES), 1)
        self.drop = nn.Dropout(size.drop)

    def rows(self, words: Tensor) -> Tensor:
        """The vector each word begins with."""
        meaning = self.meaning[words] * float(self.size.meaning)
        return self.bring(self.drop(torch.cat([meaning, self.own(self.number[words])], -1)))

    def forward(self, one: Batch, course: Course | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """Values of each word and move, of each reply and move, and of gaming."""
        words, features = one.words, one.features
        if course is not None:
            words = words * (torch.rand(words.shape) >= course.without_word)
            kept = torch.ones(len(words), 1, FEATURES)
            kept[:, :, RULES] = (torch.rand(len(words), 1, 1) >= course.without_rules).float()
            features = features * kept
        if not self.size.rules:
            features = torch.cat([features[..., : RULES.start], features[..., RULES] * 0], -1)
        held = one.held[..., None]
        start = self.rows(words) + self.features(features)
        state = functional.relu(start) * held
        for near in self.near:
            state = (state + functional.relu(near(self.drop(state).transpose(1, 2)).transpose(1, 2))) * held
        mean = state.sum(1) / held.sum(1)
        state = (state + self.whole(self.drop(mean))[:, None]) * held
        worth = self.out(self.drop(functional.relu(state)))
        after = torch.cat([held[:, 1:], held[:, -1:] * 0], 1)
        following = torch.where(after > 0, torch.cat([worth[:, 1:], worth[:, -1:]], 1), worth)
        summed = (torch.cat([worth[:, :1], worth[:, :-1]], 1) + worth + following) / 3
        top = summed.masked_fill(held == 0, OUTSIDE).max(1).values
        peak = state.masked_fill(held == 0, OUTSIDE).max(1).values
        game = self.game(self.drop(torch.cat([mean, peak, top], -1)))[:, 0]
        return worth, top, game


def trained(found: Sequence[Example], words: Words, network: Network, course: Course) -> Network:
    """The network trained on the examples: a round draws one way of saying each reply, of our own some."""
    dice = random.Random(0)  # noqa: S311 - to be drawn again
    data = Encoded(found, words)
    ways: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        turns = _TURNS if one.reply.source == OWN else 1
        for turn in range(turns):
            ways.setdefault(f"{one.reply.source} {one.reply.id} {turn}", []).append(number)
    steps = -(-len(ways) // course.batch) * course.rounds
    plan = torch.optim.AdamW(network.parameters(), course.rate, weight_decay=course.decay)
    pace = torch.optim.lr_scheduler.OneCycleLR(plan, course.rate, total_steps=steps + 1, pct_start=0.15)
    for _ in range(course.rounds):
        network.train()
        drawn = [dice.choice(one) for one in ways.values()]
        drawn.sort(key=lambda number: (len(data.words[number]) // 12, dice.random()))
        batches = [drawn[at : at + course.batch] for at in range(0, len(drawn), course.batch)]
        dice.shuffle(batches)
        for numbers in batches:
            loss = _loss(network, data.batch(numbers), course)
            plan.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            plan.step()
            pace.step()
    network.eval()
    return network


def _loss(network: Network, one: Batch, course: Course) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        worth, top, game = (each.float() for each in network(one, course))
    placed = one.held[..., None] * one.placed[:, None, None]
    words = functional.binary_cross_entropy_with_logits(
        worth, one.made, reduction="none", pos_weight=torch.tensor(1.5)
    )
    known = one.known * (1 - one.game)[:, None]
    whole = functional.binary_cross_entropy_with_logits(top, one.labels, reduction="none")
    return (
        course.words_weigh * (words * placed).sum() / placed.sum().clamp(min=1)
        + len(MOVES) * (whole * known).sum() / known.sum().clamp(min=1)
        + functional.binary_cross_entropy_with_logits(game, one.game)
    )


def values(network: Network, data: Encoded) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the network gives each example: by move (examples, moves), and for gaming (examples)."""
    order = sorted(range(len(data.found)), key=lambda n: len(data.words[n]))
    made, games = np.zeros((len(order), len(MOVES))), np.zeros(len(order))
    with torch.no_grad():
        for at in range(0, len(order), 64):
            numbers = order[at : at + 64]
            _, top, game = network(data.batch(numbers))
            made[numbers], games[numbers] = top.numpy(), game.numpy()
    return made, games


def arrays(network: Network, words: Words, gaming: float) -> dict[str, NDArray[np.generic]]:
    """The weights in whole numbers, as scoring/layer.py reads them, and the value over which it is gaming."""
    with torch.no_grad():
        own = network.own.weight[network.number].numpy()
        weights = network.bring.weight.numpy().T
    meaning = words.meaning * float(network.size.meaning)
    rows = np.hstack([meaning, own]) @ weights * UNIT
    scales = np.maximum(1, np.ceil(np.abs(rows).max(axis=1) / 127)).astype(np.int16)
    made: dict[str, NDArray[np.generic]] = {
        "words": np.frombuffer("\n".join(words.names).encode(), np.uint8),
        "table": np.rint(rows / scales[:, None]).astype(np.int8),
        "scales": scales,
        "features": _whole(network.features.weight.T, UNIT),
        "start": _whole(network.features.bias, UNIT),
        "whole": _whole(network.whole.weight.T, FINE),
        "whole_start": _whole(network.whole.bias, UNIT),
        "out": _whole(network.out.weight.T, FINE),
        "out_start": _whole(network.out.bias, UNIT),
        "gaming": np.array(round(gaming * UNIT), np.int32),
        "game_start": _whole(network.game.bias, UNIT),
    }
    for number, near in enumerate(network.near):
        made[f"near{number}"] = _whole(near.weight.permute(2, 1, 0), FINE)
        made[f"near{number}_start"] = _whole(near.bias, UNIT)
    width = network.size.width
    mean, top, moves = network.game.weight.T.split([width, width, len(MOVES)])
    made |= {"game_mean": _whole(mean, FINE), "game_top": _whole(top, FINE)}
    made["game_moves"] = _whole(moves / 3, FINE)
    return made


def _whole(weights: Tensor, unit: int) -> NDArray[np.generic]:
    found: NDArray[np.float64] = np.rint(weights.detach().numpy() * unit)
    return found.astype(np.int16 if np.abs(found).max() < 1 << 15 else np.int32)
