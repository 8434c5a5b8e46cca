"""How often words of each probability are right, and the map that makes the number say so.

    python -m benchmarks.confidence FOLDER [--engine faster-whisper --model base.en] [--out FILE]

FOLDER holds recordings with a manifest.jsonl ({"file", "text"}): a team's own, by its own people, are best.
The map is fitted on every other recording and checked on those between: of the words it calls 85 to 95 %
sure, how many are right? Then it is fitted on all, for --out models/confidence.json.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.word_errors import plain
from models.choose import recogniser
from models.confidence import Curve, fit
from trainer.audio.reading import read
from trainer.hearing.reply import part_of, words_of
from trainer.hearing.stretches import Stretches
from trainer.paths import Paths

Told = list[tuple[float, bool]]
_EDGES = (0.0, 0.25, 0.5, 0.7, 0.85, 0.95, 1.0001)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--engine", default="pocketsphinx")
    asked.add_argument("--model", default="en-us")
    asked.add_argument("--out", type=Path)
    asked.add_argument("--longest", type=float, default=1e9, help="leave longer recordings out (seconds)")
    given = asked.parse_args()
    told = heard(given.folder, given.engine, given.model, given.longest)
    halves = [[one for part in told[half::2] for one in part] for half in (0, 1)]
    print("| said to be | words | right, as the engine says it | words | right, by the map |")
    print("|---|---|---|---|---|")
    curves = [fit(half) for half in halves]
    raw = halves[0] + halves[1]
    mapped = [(curves[1 - half](chance), right) for half in (0, 1) for chance, right in halves[half]]
    for low, high in pairwise(_EDGES):
        print(f"| {low:.0%} to {min(1, high):.0%} | {_row(raw, low, high)} | {_row(mapped, low, high)} |")
    print(f"\n{len(raw)} words, {sum(right for _, right in raw) / len(raw):.0%} right; area under the curve")
    print(f"{area(raw):.2f} by probability. Nothing is called surer than {max(y for y, _ in mapped):.0%}.")
    if given.out:
        _write(given.out, f"{given.engine}/{given.model}", fit(raw), len(raw), given.folder.name)


def heard(folder: Path, engine: str, model: str, longest: float = 1e9) -> list[Told]:
    """For each recording the probabilities of its words, and whether they were right."""
    listener = recogniser(engine, model, Paths.of_user().models)
    found: list[Told] = []
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        samples = read(folder / one["file"]).samples
        if len(samples) > longest * 16_000:
            continue
        cutter = Stretches(listener.cuts)
        stretches = [*cutter.feed(samples), *cutter.finish()]
        words = [word for stretch in stretches for word in words_of(part_of(stretch, samples), listener)]
        texts = [" ".join(plain(word.text)) for word in words]
        rights = right(texts, plain(one["text"]))
        found.append([(word.confidence, good) for word, good in zip(words, rights, strict=True)])
    return found


def right(heard: Sequence[str], said: Sequence[str]) -> list[bool]:
    """Which of the words heard are right, in the alignment with the fewest errors (Levenshtein)."""
    rows = [list(range(len(said) + 1))]
    for number, word in enumerate(heard, 1):
        row = [number]
        for at, other in enumerate(said, 1):
            row.append(min(rows[-1][at] + 1, row[-1] + 1, rows[-1][at - 1] + (word != other)))
        rows.append(row)
    good, at = [False] * len(heard), len(said)
    number = len(heard)
    while number and at:
        same = heard[number - 1] == said[at - 1]
        if rows[number][at] == rows[number - 1][at - 1] + (not same):
            good[number - 1] = same
            number, at = number - 1, at - 1
        elif rows[number][at] == rows[number - 1][at] + 1:
            number -= 1
        else:
            at -= 1
    return good


def area(told: Sequence[tuple[float, bool]]) -> float:
    """The chance that a right word has a higher probability than a wrong one, ties counted half."""
    good = [chance for chance, right in told if right]
    bad = [chance for chance, right in told if not right]
    wins = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    return wins / max(1, len(good) * len(bad))


def _row(told: Sequence[tuple[float, bool]], low: float, high: float) -> str:
    part = [right for chance, right in told if low <= chance < high]
    return f"{len(part)} | {sum(part) / len(part):.0%}" if part else "0 | "


def _write(out: Path, name: str, curve: Curve, words: int, source: str) -> None:
    kept = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {}
    kept[name] = {"points": curve.points, "words": words, "source": source}
    out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
