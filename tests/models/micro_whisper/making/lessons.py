"""What the micro whisper learns from: known sentences, jumbled ones, several in a row, and silences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from faster_whisper.feature_extractor import FeatureExtractor
from numpy.typing import NDArray

from tests.models.micro_whisper.making.speech import RATE, Espeak, Samples, Spoken, SpokenWord, joined

SENTENCES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
VOICES = (
    *("en-us", "en-us+m1", "en-us+m3", "en-us+m7", "en-us+f1", "en-us+f2", "en-us+f3"),
    *("en-us+Andy", "en-us+Annie", "en-us+Michael", "en", "en+m2", "en+m5", "en+f4", "en+linda"),
    *("en-gb-x-rp+m4", "en-gb-x-rp+f2"),
)
"""The voices it hears; the committed clips have others."""
_NAMES = r"\b(?!I\b|I'm\b|Tuesday\b|Thursday\b|Friday\b|Monday\b)[A-Z]\w*"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A log-mel picture (80 rows, 100 columns a second) and the sentences in it, with their words' times."""

    mel: NDArray[np.float16]
    sentences: tuple[tuple[SpokenWord, ...], ...]

    @property
    def frames(self) -> int:
        """Its length in hundredths of a second."""
        return int(self.mel.shape[1])


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many lessons of each kind."""

    each_sentence: int = 24
    jumbled: int = 2600
    several: int = 500
    silences: int = 150


def lessons(amounts: Amounts, dice: np.random.Generator) -> list[Lesson]:
    """All lessons, made anew (two minutes)."""
    espeak, mel = Espeak(), FeatureExtractor()
    made = []
    for sentences in _texts(amounts, dice):
        voice = VOICES[int(dice.integers(len(VOICES)))]
        rate, pitch = int(dice.integers(140, 221)), int(dice.integers(25, 76))
        parts = [espeak.say(text, voice=voice, rate=rate, pitch=pitch) for text in sentences]
        made.append(_lesson(parts, mel, dice))
    return [*made, *(_silence(mel, dice) for _ in range(amounts.silences))]


def _texts(amounts: Amounts, dice: np.random.Generator) -> Iterator[list[str]]:
    fragments = list(_fragments(dice))
    for sentence in SENTENCES:
        yield from ([sentence] for _ in range(amounts.each_sentence))
    yield from ([_jumbled(fragments, dice)] for _ in range(amounts.jumbled))
    for _ in range(amounts.several):
        chosen = dice.choice(len(SENTENCES), dice.integers(2, 4), replace=False)
        yield [SENTENCES[number] for number in chosen]


def _fragments(dice: np.random.Generator) -> Iterator[list[str]]:
    for sentence in SENTENCES:
        words = sentence.split()
        for _ in range(6):
            length = int(dice.integers(2, 5))
            start = int(dice.integers(0, max(1, len(words) - length)))
            yield words[start : start + length]
        yield from ([word] for word in words)


def _jumbled(fragments: Sequence[list[str]], dice: np.random.Generator) -> str:
    """Pieces of sentences in a row, so that it listens to words and not to whole sentences only."""
    wanted, words = int(dice.integers(3, 12)), list[str]()
    while len(words) < wanted:
        words += [word.strip(".,?") for word in fragments[int(dice.integers(len(fragments)))]]
    if dice.random() < 0.3:
        words.insert(int(dice.integers(len(words))), ("um", "uh")[dice.integers(2)])
    text = re.sub(_NAMES, lambda match: match.group().lower(), " ".join(words))
    return f"{text[0].upper()}{text[1:]}."


def _lesson(parts: list[Spoken], mel: FeatureExtractor, dice: np.random.Generator) -> Lesson:
    lead = 0.0 if dice.random() < 0.15 else dice.uniform(0, 0.5)
    gaps = [lead, *dice.uniform(0.3, 1.0, len(parts) - 1), dice.uniform(0.05, 0.6)]
    clip = joined(parts, [float(gap) for gap in gaps])
    words = iter(clip.words)
    sentences = tuple(tuple(next(words) for _ in part.words) for part in parts)
    return Lesson(_picture(mel, _recorded(clip.samples, dice)), sentences)


def _recorded(samples: Samples, dice: np.random.Generator) -> Samples:
    """As through some microphone: its tilt, its noise (15 to 40 dB below), its level."""
    sound = samples.astype(np.float64)
    if dice.random() < 0.75:
        if dice.random() < 0.4:
            sound = sound + dice.uniform(-0.5, 0.5) * np.concatenate([np.zeros(1), sound[:-1]])
        loudness = float(np.sqrt(np.mean(sound**2))) * 10 ** (-dice.uniform(15, 40) / 20)
        sound = sound + _noise(len(sound), dice) * loudness
    return np.clip(sound * 10 ** (dice.uniform(-14, 4) / 20), -1, 1).astype(np.float32)


def _silence(mel: FeatureExtractor, dice: np.random.Generator) -> Lesson:
    length = int(dice.uniform(0.5, 6) * RATE)
    level = 10 ** (dice.uniform(-70, -30) / 20) if dice.random() < 0.8 else 0.0
    return Lesson(_picture(mel, _noise(length, dice) * np.float32(level)), ())


def _noise(length: int, dice: np.random.Generator) -> Samples:
    """White, pink or swelling, with a standard deviation of 1."""
    kind = dice.integers(3)
    sound = dice.standard_normal(length)
    if kind == 1:
        spectrum = np.fft.rfft(sound)
        sound = np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)), length)
    elif kind == 2:
        sound = sound * (0.6 + 0.4 * np.sin(np.arange(length) * 2 * np.pi * dice.uniform(0.5, 4) / RATE))
    scaled: Samples = (sound / (np.std(sound) + 1e-6)).astype(np.float32)
    return scaled


def _picture(mel: FeatureExtractor, samples: Samples) -> NDArray[np.float16]:
    picture: NDArray[np.float16] = mel(samples)[:, :-1].astype(np.float16)
    return picture
