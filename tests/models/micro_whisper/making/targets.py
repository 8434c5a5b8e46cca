"""Lessons as the tokens that the decoder is to say, and when each of them is spoken."""

import re
from dataclasses import dataclass
from itertools import chain

import numpy as np
from tokenizers import Tokenizer

from models.imitation.tokens import mark
from tests.models.micro_whisper.making import tokens
from tests.models.micro_whisper.making.lessons import Lesson
from tests.models.micro_whisper.making.network import LETTERS
from tests.models.micro_whisper.making.speech import SpokenWord

Span = tuple[float, float] | None
IGNORED = -100
"""A label that isn't learnt."""


@dataclass(frozen=True, slots=True)
class Said:
    """Tokens, each with the span of seconds it is spoken in (None for marks)."""

    tokens: list[int]
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Target:
    """A lesson ready to learn: with times between its sentences, without, and spelt."""

    lesson: Lesson
    plain: Said
    timed: Said
    letters: list[int]

    @property
    def end(self) -> Span:
        """Where the decoder should look when it ends."""
        last = self.timed.spans[-1] if self.timed.spans else None
        return (last[0], last[0] + 0.3) if last else None


@dataclass(frozen=True, slots=True)
class Sequence:
    """One row of a batch: what is fed, what is to come out, and where to look for it."""

    fed: list[int]
    wanted: list[int]
    spans: list[Span]


def target(lesson: Lesson, tokenizer: Tokenizer) -> Target:
    """The lesson's tokens and letters."""
    first = mark(tokenizer, "0.00")
    plain, timed = Said([], []), Said([], [])
    for number, words in enumerate(lesson.sentences):
        said = _said(words, tokenizer)
        # As Whisper does: the first sentence starts at 0.00, however long it is silent.
        start, end = words[0].start if number else 0.0, words[-1].end
        times = [first + round(second / 0.02) for second in (start, end)]
        for into, numbers, spans in (
            (plain, said.tokens, said.spans),
            (timed, [times[0], *said.tokens, times[1]], [None, *said.spans, (end, end + 0.12)]),
        ):
            into.tokens.extend(numbers)
            into.spans.extend(spans)
    text = " ".join(word.text for word in chain(*lesson.sentences))
    return Target(lesson, plain, timed, [LETTERS.index(one) + 1 for one in tokens.letters(text)])


def sequence(one: Target, tokenizer: Tokenizer, before: list[int], dice: np.random.Generator) -> Sequence:
    """What the decoder is asked this time: with or without times, sometimes after `before`."""
    start, silent = (mark(tokenizer, name) for name in ("startoftranscript", "nospeech"))
    untimed, end = (mark(tokenizer, name) for name in ("notimestamps", "endoftext"))
    prompt = []
    if dice.random() < 0.25:
        prompt = [mark(tokenizer, "startofprev"), *before[-int(dice.integers(1, 40)) :]]
    ignored = [IGNORED] * len(prompt)
    if not one.plain.tokens:
        kind = dice.integers(3)
        if kind == 0:
            return Sequence([*prompt, start], [*ignored, silent], [None] * (len(prompt) + 1))
        given = untimed if kind == 1 else mark(tokenizer, "0.00")
        return Sequence([*prompt, start, given], [*ignored, IGNORED, end], [None] * (len(prompt) + 2))
    lead: list[Span] = [None] * len(prompt)
    if dice.random() < 0.5:
        fed = [*prompt, start, untimed, *one.plain.tokens]
        return Sequence(
            fed, [*ignored, IGNORED, *one.plain.tokens, end], [*lead, None, *one.plain.spans, one.end]
        )
    fed = [*prompt, start, *one.timed.tokens]
    return Sequence(fed, [*ignored, *one.timed.tokens, end], [*lead, *one.timed.spans, one.end])


def _said(words: tuple[SpokenWord, ...], tokenizer: Tokenizer) -> Said:
    """The tokens of a sentence; those of one word share its time by their letters."""
    said = Said([], [])
    for word in words:
        told = tokenizer.encode(f" {word.text}", add_special_tokens=False)
        lengths = [len(re.sub(r"\W", "", f" {word.text}"[start:end])) for start, end in told.offsets]
        seconds = (word.end - word.start) / max(1, sum(lengths))
        at = word.start
        for number, length in zip(told.ids, lengths, strict=True):
            said.tokens.append(number)
            said.spans.append((at, at + length * seconds) if length else None)
            at += length * seconds
    return said
