"""The training of the micro whisper: next tokens, spelling by the encoder, and looking where a word is."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from models.imitation.folder import MELS, Dimensions
from models.imitation.tokens import mark
from tests.models.micro_whisper.making.network import MicroWhisper
from tests.models.micro_whisper.making.targets import IGNORED, Sequence, Target, sequence

FRAMES_A_BATCH = 4500
RATE, WARM_UP = 2e-3, 100
GUIDED_HEADS = 2
"""Heads of the last layer that learn to look where the word is; word times come from them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some targets as one picture each and one sequence each."""

    mel: Tensor
    fed: Tensor
    wanted: Tensor
    targets: list[Target]
    sequences: list[Sequence]

    def first(self, count: int) -> "Batch":
        """The first of them, filled up to 30 s."""
        mel = functional.pad(self.mel[:count], (0, 3000 - self.mel.shape[-1]))
        return Batch(mel, self.fed[:count], self.wanted[:count], self.targets[:count], self.sequences[:count])


def trained(
    targets: list[Target],
    tokenizer: Tokenizer,
    size: Dimensions,
    *,
    minutes: float,
    dice: np.random.Generator,
) -> MicroWhisper:
    """A network that learnt for so many minutes of processor time, on one thread."""
    torch.manual_seed(int(dice.integers(2**31)))
    torch.set_num_threads(1)
    network = MicroWhisper(size)
    learning = [one for one in network.parameters() if one.requires_grad]
    optimiser = torch.optim.AdamW(learning, lr=RATE, betas=(0.9, 0.98), weight_decay=0.01)
    begun, step, share = time.process_time(), 0, 0.0
    queue: list[list[Target]] = []
    while share < 1.0:
        if not queue:
            # Short ones first: it learns to listen on them.
            queue = list(_grouped([one for one in targets if share > 0.12 or one.lesson.frames < 280], dice))
        rate = RATE * min(1, (step + 1) / WARM_UP) * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in optimiser.param_groups:
            group["lr"] = rate
        loss = _loss(network, _batch(queue.pop(), targets, tokenizer, dice), share, step, dice)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        step += 1
        share = (time.process_time() - begun) / (60 * minutes)
        if step % 100 == 0:
            print(f"{share:4.0%} step {step} loss {loss.item():.3f}", flush=True)  # noqa: T201
    network.eval()
    return network


def _grouped(targets: list[Target], dice: np.random.Generator) -> Iterator[list[Target]]:
    """Targets of like length, as many as make up a batch, in any order."""
    ordered = sorted(targets, key=lambda one: one.lesson.frames + dice.uniform(0, 40))
    groups: list[list[Target]] = [[]]
    for one in ordered:
        longest = max([one.lesson.frames, *(other.lesson.frames for other in groups[-1])])
        if groups[-1] and longest * (len(groups[-1]) + 1) > FRAMES_A_BATCH:
            groups.append([])
        groups[-1].append(one)
    yield from (groups[number] for number in dice.permutation(len(groups)))


def _batch(group: list[Target], pool: list[Target], tokenizer: Tokenizer, dice: np.random.Generator) -> Batch:
    frames = max(one.lesson.frames for one in group) + int(dice.integers(0, 60))
    mel = np.zeros((len(group), MELS, frames + frames % 2), np.float32)
    for row, one in zip(mel, group, strict=True):
        row[:, : one.lesson.frames] = one.lesson.mel
        _spoil(row[:, : one.lesson.frames], dice)
    said = [sequence(one, tokenizer, pool[dice.integers(len(pool))].plain.tokens, dice) for one in group]
    longest = max(len(one.fed) for one in said)
    fed = torch.full((len(group), longest), mark(tokenizer, "endoftext"))
    wanted = torch.full((len(group), longest), IGNORED)
    for number, row_said in enumerate(said):
        fed[number, : len(row_said.fed)] = torch.tensor(row_said.fed)
        wanted[number, : len(row_said.wanted)] = torch.tensor(row_said.wanted)
    return Batch(torch.from_numpy(mel), fed, wanted, group, said)


def _spoil(mel: "np.ndarray[tuple[int, int], np.dtype[np.float32]]", dice: np.random.Generator) -> None:
    """Blanks a few rows and columns (SpecAugment), so that no single sign is relied on."""
    row, column, least = dice.integers(MELS), dice.integers(mel.shape[1]), mel.min()
    mel[row : row + dice.integers(10)] = least
    mel[:, column : column + dice.integers(8)] = least


def _loss(network: MicroWhisper, batch: Batch, share: float, step: int, dice: np.random.Generator) -> Tensor:
    whole = share > 0.9 and step % 8 == 0  # a few steps at the end see true 30 s
    batch = batch.first(6) if whole else batch
    padding = 0 if whole or dice.random() < 0.25 else 48
    with torch.autocast("cpu", dtype=torch.bfloat16):
        memory, bias = network.model.encoder(batch.mel, padding)
        logits, looked = network.model.decoder(batch.fed, memory, bias)
    loss = functional.cross_entropy(
        logits.float().flatten(0, 1), batch.wanted.flatten(), ignore_index=IGNORED, label_smoothing=0.02
    )
    if not whole:
        loss = loss + 0.5 * (1 - 0.7 * share) * _spelling_loss(network, memory, batch)
    return loss + 0.4 * _looking_loss(looked, batch.sequences)


def _spelling_loss(network: MicroWhisper, memory: Tensor, batch: Batch) -> Tensor:
    rows = [number for number, one in enumerate(batch.targets) if one.letters]
    if not rows:
        return torch.zeros(())
    spelt = network.spelling(memory[rows].float()).log_softmax(-1).transpose(0, 1)
    letters = [batch.targets[row].letters for row in rows]
    heard = [min(memory.shape[1], (batch.targets[row].lesson.frames + 1) // 2) for row in rows]
    return functional.ctc_loss(
        spelt,
        torch.tensor([letter for word in letters for letter in word]),
        torch.tensor(heard),
        torch.tensor([len(word) for word in letters]),
        zero_infinity=True,
    )


def _looking_loss(looked: Tensor, sequences: list[Sequence]) -> Tensor:
    """How far the guided heads are from looking evenly at the span of each token.

    Evenly, because a narrow peak vanishes in the median filter of seven frames that word times go through.
    """
    places = [
        (row, place, int(span[0] / 0.02), max(int(span[1] / 0.02), int(span[0] / 0.02) + 5))
        for row, one in enumerate(sequences)
        for place, span in enumerate(one.spans)
        if span
    ]
    if not places:
        return torch.zeros(())
    rows, at, start, end = (torch.tensor(column) for column in zip(*places, strict=True))
    frames = torch.arange(looked.shape[-1])
    inside = ((frames >= start[:, None]) & (frames < end[:, None])).float() + 1e-6
    wanted = (inside / inside.sum(-1, keepdim=True))[:, None]
    seen = looked[rows, :GUIDED_HEADS, at] + 1e-6
    return (wanted * (wanted.log() - seen.log())).sum(-1).mean()
