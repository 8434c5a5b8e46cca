"""How far word times are from where words were said: `python -m benchmarks.word_times FOLDER`.

Known are three recordings of a man talking, marked by the project they come from to 10 ms
(`data/marked_words.json`; the recordings are in FOLDER), and the tests' clips by espeak-ng, which says when
it begins each word. The aligner gets the right words with times by their length alone, which is worse than
any recogniser's; and the words as micro whisper hears the clips, with its own times beside.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.spoken_data import RATE, marked_words, spread
from models.alignment import aligned
from models.whisper import Whisper
from scoring.transcript import Word
from tests.models.conftest import MICRO, clip
from trainer.audio.reading import read

CLIPS = ("team", "budget", "concern", "saved", "two")


def main() -> None:
    folder = Path(sys.argv[1])
    talk: list[float] = []
    for name, known in marked_words().items():
        samples = read(folder / name).samples
        found = aligned(spread([word.text for word in known], len(samples) / RATE), samples)
        talk += _errors(found, [word.start or 0.0 for word in known])
    rows = {"people talking, aligned": talk, "espeak-ng, aligned": [], "espeak-ng, Whisper's own": []}
    rows["espeak-ng, Whisper's aligned"] = []
    micro = Whisper(MICRO)
    for name in CLIPS:
        told = clip(name)
        plain = spread(told.text.split(), len(told.samples) / RATE)
        rows["espeak-ng, aligned"] += _errors(aligned(plain, told.samples), told.starts)
        heard = micro.words(told.samples)
        if [word.text for word in heard] == told.text.split():
            rows["espeak-ng, Whisper's own"] += _errors(heard, told.starts)
            rows["espeak-ng, Whisper's aligned"] += _errors(aligned(heard, told.samples), told.starts)
    print("| word starts | words | median error | 90 % within | over 100 ms |")
    print("|---|---|---|---|---|")
    for name, errors in rows.items():
        if errors:
            print(
                f"| {name} | {len(errors)} | {1000 * np.median(errors):.0f} ms "
                f"| {1000 * np.percentile(errors, 90):.0f} ms | {np.mean(np.array(errors) > 0.1):.0%} |"
            )


def _errors(words: Sequence[Word], starts: Sequence[float]) -> list[float]:
    return [abs((word.start or 0.0) - at) for word, at in zip(words, starts, strict=True)]


if __name__ == "__main__":
    main()
