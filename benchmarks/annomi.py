"""Agreement with people on real speech: `python benchmarks/annomi.py AnnoMI-full.csv`.

AnnoMI (github.com/uccollab/AnnoMI) holds 133 transcribed counselling talks; people said of each of the
therapist's utterances whether it asks an open question, a closed one or none, and whether it reflects what
the client said. It carries no licence, so it is read from a path and never shipped. Half of the talks (a
shuffle with a fixed seed) may be looked at while building; the other half is for the final figure alone:
`--half test`. Where ten people labelled an utterance, the label of most of them counts.

Prints Cohen's kappa with its 95 % interval, with punctuation and without (lower case, no marks).
"""

import argparse
import csv
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from scoring.agreement import Kappa, kappa
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript
from trainer.practice.meaning import embedder

SEED = 20260
PEOPLE = {"open, closed or none": 0.74, "any question": 0.87, "reflection": 0.66}
"""Pairwise kappa among the ten people who labelled the same 216 utterances."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a therapist said, what the client had said before, and what people called it."""

    talk: str
    place: int
    before: str
    text: str
    question: str
    reflects: bool


def utterances(path: Path) -> list[Utterance]:
    """The therapists' utterances of AnnoMI-full.csv in order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    readings: dict[tuple[str, int], list[dict[str, str]]] = {}
    for row in rows:
        readings.setdefault((row["transcript_id"], int(row["utterance_id"])), []).append(row)
    found = []
    before: dict[str, str] = {}
    for (talk, place), read in sorted(readings.items()):
        text = " ".join(read[0]["utterance_text"].split())
        if read[0]["interlocutor"] != "therapist":
            before[talk] = text
            continue
        question = most(row["question_subtype"] for row in read)
        reflects = most(row["reflection_exists"] for row in read) == "True"
        found.append(Utterance(talk, place, before.get(talk, ""), text, question, reflects))
    return found


def most(labels: Iterable[str]) -> str:
    """The label given most often; of equals the one given first. "n/a" is called none."""
    counted = Counter("none" if label == "n/a" else label for label in labels)
    return counted.most_common(1)[0][0]


def half(found: Sequence[Utterance], which: str) -> list[Utterance]:
    """The utterances of one half of the talks: "tune" or "test"."""
    talks = sorted({one.talk for one in found})
    random.Random(SEED).shuffle(talks)  # noqa: S311
    middle = len(talks) // 2
    chosen = set(talks[:middle] if which == "tune" else talks[middle:])
    return [one for one in found if one.talk in chosen]


def unmarked(text: str) -> str:
    """Lower case, without punctuation, as some recognisers write."""
    return " ".join(re.sub(r"[^\w\s'’]", " ", text.lower()).split())


def question_of(card: Scorecard) -> str:
    """Open, closed or none; where both were asked, the one asked last is the one left to be answered."""
    asked = {
        name: max(quote.start_char for quote in card.move_evidence[f"asks_{name}_question"])
        for name in ("open", "closed")
        if card.moves[f"asks_{name}_question"]
    }
    return max(asked, key=lambda name: asked[name]) if asked else "none"


def judged(one: Utterance, text: str) -> Scorecard:
    """The scorecard of an utterance, as an answer to what the client had said."""
    return score(
        Transcript.typed(text), TurnContext(str(one.place), one.before, ()), None, embedder=embedder()
    )


def shown(name: str, value: Kappa | None) -> str:
    """One line of the table."""
    if value is None:
        return f"  {name:24} not defined"
    return f"  {name:24} {value.value:.3f} ({value.low:.3f} to {value.high:.3f})   people {PEOPLE[name]:.2f}"


def compare(
    found: Sequence[Utterance], *, marks: bool
) -> tuple[list[str], list[tuple[Utterance, Scorecard]]]:
    """The lines of the table, and each utterance with its scorecard."""
    cards = [judged(one, one.text if marks else unmarked(one.text)) for one in found]
    asked = [question_of(card) for card in cards]
    wanted = [one.question for one in found]
    reflected = [bool(card.moves["acknowledges_concern"]) for card in cards]
    lines = [
        shown("open, closed or none", kappa(asked, wanted)),
        shown("any question", kappa([one != "none" for one in asked], [one != "none" for one in wanted])),
        shown("reflection", kappa(reflected, [one.reflects for one in found])),
        "  people \\ scorer      open  closed  none",
    ]
    pairs = Counter(zip(wanted, asked, strict=True))
    for left in ("open", "closed", "none"):
        counts = "".join(f"{pairs[left, right]:7}" for right in ("open", "closed", "none"))
        lines.append(f"  {left:17} {counts}")
    return lines, list(zip(found, cards, strict=True))


def main() -> None:
    """Prints the table of one half, and with --errors the questions that were judged otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--half", choices=("tune", "test"), default="tune")
    parser.add_argument(
        "--errors", action="store_true", help="print what was judged otherwise (tune half only)"
    )
    chosen = parser.parse_args()
    if chosen.errors and chosen.half == "test":
        parser.error("the test half is not to be looked at")
    found = half(utterances(chosen.csv), chosen.half)
    print(f"{chosen.half} half: {len({one.talk for one in found})} talks, {len(found)} utterances")
    for marks in (True, False):
        lines, pairs = compare(found, marks=marks)
        print("\n".join(["with punctuation" if marks else "without punctuation", *lines]))
        if chosen.errors:
            show_errors(pairs, marks=marks)


def show_errors(pairs: Sequence[tuple[Utterance, Scorecard]], *, marks: bool) -> None:
    """Each utterance whose kind of question was judged otherwise."""
    for one, card in pairs:
        asked = question_of(card)
        if asked != one.question:
            text = one.text if marks else unmarked(one.text)
            print(f"    {one.question} -> {asked} {card.flags or ''} [{one.talk}/{one.place}] {text}")


if __name__ == "__main__":
    main()
