"""Word errors and speed of a recogniser on recordings: `python -m benchmarks.word_errors FOLDER`.

FOLDER holds recordings and a manifest.jsonl with a line for each: {"file", "text", "set"}. By default the
recogniser is the one the app would use; --engine and --model choose another.
"""

import argparse
import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.choose import recogniser
from models.recogniser import Recogniser
from trainer.audio.reading import read
from trainer.hearing.reply import hear
from trainer.paths import Paths


@dataclass
class Sum:
    """What was counted over a set of recordings."""

    clips: int = 0
    words: int = 0
    errors: int = 0
    sure: int = 0
    seconds: float = 0.0
    cpu: float = 0.0

    def line(self, name: str) -> str:
        """One row of the table."""
        counts = f"{name:12} {self.clips:5} {self.seconds / 60:7.1f} {self.words:6}"
        shares = f" {self.errors / self.words:11.1%} {self.sure / self.clips:10.0%}"
        return f"{counts}{shares} {self.cpu / self.seconds:10.2f}"


def main() -> None:
    """Prints a row for each set of recordings and one for all."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--engine", default="auto")
    asked.add_argument("--model", default="base.en")
    given = asked.parse_args()
    engine = recogniser(given.engine, given.model, Paths.of_user().models)
    engine.warm_up()
    print(f"{engine.engine} {engine.model}, load {os.getloadavg()[0]:.1f}")
    print("set          clips minutes  words word errors  mean>=0.6 CPU s / s")
    sums: dict[str, Sum] = defaultdict(Sum)
    for line in (given.folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        measure(engine, given.folder / told["file"], told["text"], [sums[told["set"]], sums["all"]])
    for name in sorted(sums, key=lambda one: (one == "all", one)):
        print(sums[name].line(name))


def measure(engine: Recogniser, file: Path, text: str, sums: Sequence[Sum]) -> None:
    """Adds one recording to each of `sums`."""
    samples = read(file).samples
    begun = time.process_time()
    heard = hear(samples, engine)
    cpu = time.process_time() - begun
    said = plain(text)
    for one in sums:
        one.clips += 1
        one.words += len(said)
        one.errors += errors(said, plain(heard.text))
        one.sure += (heard.mean_confidence or 0.0) >= 0.6
        one.seconds += heard.seconds
        one.cpu += cpu


def plain(text: str) -> list[str]:
    """The words of a text as they are compared: small, without punctuation."""
    return re.sub(r"[^a-z0-9' ]", " ", text.lower()).split()


def errors(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to insert, delete or replace to turn one into the other (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        diagonal, row[0] = row[0], number
        for at, other in enumerate(heard, 1):
            diagonal, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, diagonal + (word != other))
    return row[-1]


if __name__ == "__main__":
    main()
