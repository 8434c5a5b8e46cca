"""Recordings of people with what they say, from a folder with a manifest; and such with fillers put in."""

import json
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.alignment import aligned
from scoring.transcript import Word
from trainer.audio.reading import read

RATE = 16_000
FILLERS = ("um", "uh")
MARKED = Path(__file__).parent / "data" / "marked_words.json"
Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, the words that are said in it with their times, and the kind of speech."""

    name: str
    kind: str
    samples: Samples
    words: tuple[Word, ...]

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / RATE

    @property
    def fillers(self) -> tuple[Word, ...]:
        """The filled pauses in it."""
        return tuple(word for word in self.words if word.text in FILLERS)

    @property
    def without_fillers(self) -> tuple[Word, ...]:
        """What a recogniser that drops fillers would hear."""
        return tuple(word for word in self.words if word.text not in FILLERS)


def recordings(folder: Path) -> Iterator[Recording]:
    """The recordings of `manifest.jsonl` (file, text, set); times as marked, else by alignment."""
    marked = marked_words()
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        samples = read(folder / told["file"]).samples
        words = marked.get(told["file"])
        if words is None:
            texts = told["text"].lower().split()
            words = tuple(aligned(spread(texts, len(samples) / RATE), samples))
        yield Recording(told["file"], told["set"], samples, words)


def marked_words() -> dict[str, tuple[Word, ...]]:
    """Words whose times were marked by others, by the recording's file name."""
    told = json.loads(MARKED.read_text(encoding="utf-8"))["recordings"]
    return {
        name: tuple(Word(text, start, end, 1.0) for text, start, end in words) for name, words in told.items()
    }


def spread(texts: Sequence[str], seconds: float) -> list[Word]:
    """Words with times by their length alone, as if nobody knew any."""
    share = seconds / max(1, sum(map(len, texts)))
    ends = np.cumsum([share * len(text) for text in texts])
    return [
        Word(text, float(end - share * len(text)), float(end), 1.0)
        for text, end in zip(texts, ends, strict=True)
    ]


def cut_fillers(told: Sequence[Recording]) -> list[tuple[str, Samples]]:
    """The longer fillers of recordings, cut out."""
    return [
        (word.text, one.samples[round((word.start or 0) * RATE) : round((word.end or 0) * RATE)])
        for one in told
        for word in one.fillers
        if (word.end or 0) - (word.start or 0) > 0.3
    ]


def flite_fillers() -> list[tuple[str, Samples]]:
    """Fillers by the voices of flite, drawn out to 0.25 to 0.8 s."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "filler.wav"
        for voice in ("slt", "rms", "awb", "kal16"):
            for text in FILLERS:
                for slow in ("2.0", "3.0"):
                    subprocess.run(
                        [
                            "flite",
                            "-voice",
                            voice,
                            "--setf",
                            f"duration_stretch={slow}",
                            "-t",
                            text,
                            "-o",
                            wav,
                        ],
                        check=True,
                    )
                    loud = read(wav).samples
                    heard = np.flatnonzero(np.abs(loud) > 0.05 * np.abs(loud).max())
                    if 0.25 * RATE < heard[-1] - heard[0] < 0.8 * RATE:
                        found.append((text, loud[heard[0] : heard[-1]]))
    return found


def mixed(
    one: Recording, sounds: Sequence[tuple[str, Samples]], chance: np.random.Generator, *, every: int = 8
) -> Recording:
    """The recording with sounds between its words, 30 to 300 ms of its own quiet on both sides.

    At one place in `every`, at 50 to 90 % of the words' level.
    """
    level = float(np.median([_rms(_cut(one, word)) for word in one.words]))
    quiet = _quiet(one.samples)
    parts: list[Samples] = []
    words: list[Word] = []
    last, later = 0, 0.0
    for before, word in zip((None, *one.words), one.words, strict=False):
        if before is not None and chance.random() < 1 / every:
            at = round(((before.end or 0) + (word.start or 0)) / 2 * RATE)
            text, sound = sounds[int(chance.integers(len(sounds)))]
            sound = _faded(sound * np.float32(level / _rms(sound) * chance.uniform(0.5, 0.9)))
            left, right = (np.resize(quiet, int(chance.choice((0.03, 0.15, 0.3)) * RATE)) for _ in "lr")
            parts += [one.samples[last:at], left]
            start = sum(map(len, parts)) / RATE
            parts += [sound, right]
            if text:
                words.append(Word(text, start, start + len(sound) / RATE, 1.0))
            last, later = at, sum(map(len, parts)) / RATE - at / RATE
        words.append(replace(word, start=(word.start or 0) + later, end=(word.end or 0) + later))
    return replace(one, samples=np.concatenate([*parts, one.samples[last:]]), words=tuple(words))


def with_noise(one: Recording, chance: np.random.Generator, *, decibels: float = 15.0) -> Recording:
    """White noise that many dB under the recording."""
    noise = chance.standard_normal(len(one.samples)) * _rms(one.samples) * 10 ** (-decibels / 20)
    return replace(one, samples=(one.samples + noise).astype(np.float32))


def corrupted(words: Sequence[Word], others: Sequence[str], chance: np.random.Generator) -> list[Word]:
    """One word in ten wrong: 6 % another word, 2 % left out, 2 % one more."""
    found: list[Word] = []
    for word in words:
        dice = chance.random()
        other = replace(word, text=str(chance.choice(list(others))))
        if dice < 0.06:
            found.append(other)
        elif dice < 0.08:
            continue
        elif dice < 0.10:
            found += [word, replace(other, start=word.end)]
        else:
            found.append(word)
    return found or list(words)


def _cut(one: Recording, word: Word) -> Samples:
    return one.samples[round((word.start or 0) * RATE) : round((word.end or 0) * RATE)]


def _quiet(samples: Samples) -> Samples:
    """The quietest 200 ms, in pieces of 50."""
    frames = samples[: len(samples) // 800 * 800].reshape(-1, 800)
    return frames[np.argsort(np.square(frames).sum(axis=1))[:4]].reshape(-1)


def _faded(sound: Samples) -> Samples:
    ramp = np.minimum(1.0, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / 160)
    return (sound * ramp).astype(np.float32)


def _rms(samples: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(samples)) + 1e-12)) if len(samples) else 1e-6
