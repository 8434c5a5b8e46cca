"""How well the scorer agrees with labelled replies: `python benchmarks/agreement.py REPLIES.jsonl`.

A line is {"text", "labels": [moves, short or long names], "quality"?, "prompt"?}; lines with a "kind" are
attempts at gaming and must get no credit. Prints precision, recall and F1 a move, clean and with the
punctuation taken out and 10 % of the words wrong (seeded).
"""

import argparse
import json
import random
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from scoring.agreement import Counts, spearman
from scoring.detectors import MOVES
from scoring.score import TurnContext, score
from scoring.transcript import Transcript
from trainer.practice.meaning import embedder

SHORT = {
    "ack": "acknowledges_concern",
    "open": "asks_open_question",
    "closed": "asks_closed_question",
    "root": "clarifies_root_cause",
    "evid": "gives_evidence",
    "refr": "reframes_value",
    "chek": "confirms_resolution",
    "next": "proposes_next_step",
    "budg": "probes_budget",
    "auth": "probes_authority",
    "need": "probes_need",
    "time": "probes_timeline",
    "hedg": "uses_hedging",
    "argu": "interrupts_or_argues",
}
FAULTS = ("uses_hedging", "interrupts_or_argues")
WRONG = 0.10
BASE = 41
WORTH = {
    "acknowledges_concern": 14,
    "asks_open_question": 10,
    "asks_closed_question": 5,
    "clarifies_root_cause": 11,
    "gives_evidence": 17,
    "reframes_value": 17,
    "confirms_resolution": 10,
    "proposes_next_step": 12,
    "probes_budget": 9,
    "probes_authority": 7,
    "probes_need": 8,
    "probes_timeline": 6,
    "uses_hedging": -11,
    "interrupts_or_argues": -26,
}
"""What a move is worth of 100 points of quality, beside the BASE of a reply without any: least squares over
the labels and qualities of data/replies_training.jsonl, rounded. A reply that is flagged is worth nothing.
Only for comparing replies without a rubric with what a person gave them: a rubric has weights of its own."""


def labels_of(line: dict[str, Any]) -> set[str]:
    """The moves a line is labelled with; "dfhg" is either fault."""
    return {SHORT.get(label, label) for label in line["labels"] if label != "-"}


def worsened(text: str, dice: random.Random, vocabulary: list[str]) -> str:
    """The text as a middling recogniser writes it: no marks, one word in ten replaced, dropped or added."""
    words = re.sub(r"[^\w\s'’]", " ", text.lower()).split()
    made = []
    for word in words:
        if dice.random() >= WRONG:
            made.append(word)
            continue
        kind = dice.random()
        if kind < 0.6:
            made.append(dice.choice(vocabulary))
        elif kind >= 0.85:
            made += [word, dice.choice(vocabulary)]
    return " ".join(made)


def verdicts(line: dict[str, Any], text: str) -> tuple[set[str], tuple[str, ...]]:
    """The moves made in a text, and its flags."""
    turn = TurnContext(str(line.get("turn", "")), line.get("prompt", ""), ())
    card = score(Transcript.typed(text), turn, None, embedder=embedder())
    return {move for move, made in card.moves.items() if made}, card.flags


def table(lines: list[dict[str, Any]], found: list[set[str]]) -> dict[str, Counts]:
    """Counts a move; where the labels know "dfhg" only, the two faults are one row."""
    both = any("dfhg" in line["labels"] for line in lines)
    rows = {}
    names = [move for move in MOVES if not (both and move in FAULTS)] + (["dfhg"] if both else [])
    known = {label for line in lines for label in labels_of(line)}
    for name in names:
        if name == "asks_closed_question" and name not in known:
            continue
        made = [bool(one & set(FAULTS)) if name == "dfhg" else name in one for one in found]
        wanted = [name in labels_of(line) for line in lines]
        rows[name] = Counts.of(made, wanted)
    rows["ALL"] = sum(rows.values(), Counts(0, 0, 0, 0))
    return rows


def show(name: str, rows: dict[str, Counts]) -> None:
    """One table."""
    print(f"\n{name:24} {'P':>6} {'R':>6} {'F1':>6} {'n':>4}")
    for move, row in rows.items():
        shares = " ".join(
            f"{100 * share:6.1f}" if share is not None else "     -"
            for share in (row.precision, row.recall, row.f1)
        )
        print(f"{move:24} {shares} {row.hits + row.misses:4}")


def read(path: Path) -> list[dict[str, Any]]:
    """The lines of a JSONL file, or of an exemplar bank `labels | text`."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if path.suffix == ".txt":
        pairs = [line.split(" | ", 1) for line in lines if not line.startswith("#")]
        return [
            {"id": str(n), "labels": left.split(","), "text": right} for n, (left, right) in enumerate(pairs)
        ]
    return [json.loads(line) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--errors", action="store_true", help="print each reply that is judged otherwise")
    chosen = parser.parse_args()
    everything = [line for path in chosen.files for line in read(path)]
    lines = [line for line in everything if "kind" not in line]
    games = [line for line in everything if "kind" in line]
    if lines:
        found = [verdicts(line, line["text"])[0] for line in lines]
        show("clean", table(lines, found))
        if chosen.errors:
            explain(lines, found)
        vocabulary = sorted({word for line in lines for word in re.findall(r"[a-z']+", line["text"].lower())})
        noisy: dict[str, Counts] = {}
        for seed in range(chosen.seeds):
            dice = random.Random(seed)  # noqa: S311
            worse = [verdicts(line, worsened(line["text"], dice, vocabulary))[0] for line in lines]
            for move, row in table(lines, worse).items():
                noisy[move] = noisy.get(move, Counts(0, 0, 0, 0)) + row
        show(f"no marks, {WRONG:.0%} wrong", noisy)
        empty = [made for line, made in zip(lines, found, strict=True) if not labels_of(line)]
        credited = sum(bool(one - set(FAULTS) - {"asks_closed_question"}) for one in empty)
        print(f"\nreplies without a move that got one: {credited} of {len(empty)}")
    if games:
        judged = [verdicts(line, line["text"]) for line in games]
        print(f"games that got credit: {sum(bool(made - set(FAULTS)) for made, _ in judged)} of {len(games)}")
        for line, (made, flags) in zip(games, judged, strict=True):
            if made - set(FAULTS):
                print(f"  {line['id']} {flags} {sorted(made)} {line['text']}")
    rated = [line for line in everything if "quality" in line]
    if rated:
        show_quality(rated)


def worth(made: set[str], flags: tuple[str, ...]) -> float:
    """The quality that the moves made suggest, 0 for a flagged reply."""
    return 0.0 if flags else float(max(0, BASE + sum(WORTH[move] for move in made)))


def show_quality(lines: list[dict[str, Any]]) -> None:
    """Rank correlation of the score and of the bare word count with the quality a person gave."""
    quality = [float(line["quality"]) for line in lines]
    words = spearman([float(len(line["text"].split())) for line in lines], quality)
    score = spearman([worth(*verdicts(line, line["text"])) for line in lines], quality)
    labels = spearman([worth(labels_of(line), ()) for line in lines], quality)
    print(f"Spearman with quality: score {score:.2f}, word count {words:.2f}, the labels' own {labels:.2f}")


def explain(lines: list[dict[str, Any]], found: list[set[str]]) -> None:
    """The replies that were judged otherwise than labelled."""
    closed_unknown = not any("asks_closed_question" in labels_of(line) for line in lines)
    both = any("dfhg" in line["labels"] for line in lines)
    for line, all_made in zip(lines, found, strict=True):
        wanted = labels_of(line)
        made = all_made - ({"asks_closed_question"} if closed_unknown else set())
        if both and made & set(FAULTS):
            made = (made - set(FAULTS)) | {"dfhg"}
        if made != wanted:
            print(f"{line.get('id')} -{sorted(wanted - made)} +{sorted(made - wanted)} | {line['text']}")


if __name__ == "__main__":
    main()
