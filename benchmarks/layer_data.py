"""Labelled sentences and replies as bags of clauses in which a move could be made by its meaning."""

import random
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.agreement import labels_of, read, worsened
from scenarios.loader import all_scenarios
from scenarios.schema import Turn
from scoring.clauses import Clause, clauses
from scoring.detectors import MOVES, Detectors, detectors
from scoring.embedder import ONE, Embedder
from scoring.language import data
from scoring.layer import vectors
from scoring.matching import Patterns
from scoring.rubrics_library import load_rubric
from scoring.score import TurnContext, score
from scoring.transcript import Transcript

HERE = Path(__file__).parent / "data"
NOISY = 2
"""How often each text is taken in with words wrong and no marks, beside once as it is."""

PARTLY = "scenarios"
"""The source whose texts are known to make moves and not known to lack any."""


POOR = "games"
"""The source of what must get no credit: gaming that nothing flags, and the scenarios' poor replies."""


@dataclass(frozen=True)
class Item:
    """A text of a data set: the moves it makes, and those of which it is known whether it makes them."""

    source: str
    text: str
    makes: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True)
class Bag:
    """One text as spoken once: by move, the vectors of its open clauses (clauses, dimensions).

    `shown` are the rows of those in which a rule holds.
    """

    item: Item
    noisy: bool
    parts: tuple[Clause, ...]
    open: dict[str, NDArray[np.float64]]
    shown: dict[str, tuple[int, ...]]


def items(given: Path) -> list[Item]:
    """Every text once: of the folder `given`, of data/, of the scenarios and of the moves themselves."""
    found: dict[str, Item] = {}
    for one in (*_labelled(given), *_poor(), *_scenarios(), *_moves()):
        found.setdefault(" ".join(re.findall(r"\w+", one.text.lower())), one)
    return list(found.values())


def _labelled(given: Path) -> Iterator[Item]:
    files = {
        "bank": given / "exemplars.txt",
        "dev": given / "dev.jsonl",
        "replies": HERE / "replies_dev.jsonl",
        "paraphrases": HERE / "paraphrases_dev.txt",
    }
    for source, path in files.items():
        for line in read(path):
            yield Item(source, line["text"], frozenset(labels_of(line)), frozenset(MOVES))


def _poor() -> Iterator[Item]:
    """Gaming makes no move; a poor reply makes none that its turn asks for but those that a pattern finds."""
    for line in read(HERE / "gaming_dev.jsonl"):
        context = TurnContext("", line.get("prompt", ""), ())
        if not score(Transcript.typed(line["text"]), context, None).flags:
            yield Item(POOR, line["text"], frozenset(), frozenset(MOVES))
    for turn, moves in _turns():
        for text in turn.counter_examples:
            found = detectors().find(clauses(text))
            lacks = frozenset(move for move in moves if not found[move])
            yield Item(POOR, text, frozenset(), lacks)


def _scenarios() -> Iterator[Item]:
    """Good replies make what their turn asks for; of other moves nothing is known."""
    for line in read(HERE / "exemplars_first.jsonl"):
        yield Item(PARTLY, line["text"], frozenset(line["has"]), frozenset(line["has"]))
    for turn, moves in _turns():
        yield from (Item(PARTLY, text, moves, moves) for text in turn.exemplars)


def _turns() -> Iterator[tuple[Turn, frozenset[str]]]:
    """Every turn of the scenarios with the moves that it asks for."""
    for scenario in all_scenarios():
        rubric = load_rubric(scenario.rubric)
        for form in scenario.forms.values():
            for turn in form.turns:
                asked = [rubric.criterion(one) for one in turn.criteria]
                yield turn, frozenset(str(one.move) for one in asked if one.wanted) & frozenset(MOVES)


def _moves() -> Iterator[Item]:
    for move in MOVES:
        examples = data(f"{move}.yaml")
        for text in examples.get("exemplars", ()):
            yield Item("bank", text, frozenset({move}), frozenset({move}))
        for text in examples.get("counter_examples", ()):
            yield Item("bank", text, frozenset(), frozenset({move}))


def bags(found: Sequence[Item], by: Embedder) -> list[Bag]:
    """Each item as it is and NOISY times worsened, in order; seeded."""
    vocabulary = sorted({word for one in found for word in re.findall(r"[a-z']+", one.text.lower())})
    made = []
    for number, one in enumerate(found):
        dice = random.Random(number)  # noqa: S311 - to be drawn again
        worse = [worsened(one.text, dice, vocabulary) for _ in range(NOISY)]
        made += [_bag(one, text, by, noisy=at > 0) for at, text in enumerate([one.text, *worse])]
    return made


def _bag(item: Item, text: str, by: Embedder, *, noisy: bool) -> Bag:
    parts = clauses(text)
    found = detectors().find(parts)
    open_ = {move: at for move, at in detectors().open(parts, found).items() if at}
    rows = vectors(parts, range(len(parts)), by) / ONE
    return Bag(
        item,
        noisy,
        parts,
        open={move: rows[list(at)] for move, at in open_.items()},
        shown={move: _shown(at, {one.clause for one in found[move]}) for move, at in open_.items()},
    )


def _shown(places: Sequence[int], held: Iterable[int]) -> tuple[int, ...]:
    where = set(held)
    return tuple(row for row, at in enumerate(places) if at in where)


def used(found: Sequence[Bag]) -> list[frozenset[int]]:
    """For each bag the numbers of the patterns that hold in it; none for noisy ones."""
    whole = detectors().patterns
    single = replace(whole, entries=[replace(one, group=at) for at, one in enumerate(whole.entries)])
    return [
        frozenset(number for part in one.parts for number in single.find(part.words))
        if not one.noisy
        else frozenset()
        for one in found
    ]


def without(part: Collection[int], uses: Sequence[frozenset[int]]) -> Detectors:
    """The detectors as if nobody had seen those bags: without the patterns that hold in no other."""
    whole = detectors()
    say = {rule.say for rules in whole.rules.values() for rule in rules}
    elsewhere = frozenset().union(*(one for at, one in enumerate(uses) if at not in part))
    own = {at for at, one in enumerate(whole.patterns.entries) if one.group in say and at not in elsewhere}
    by_word: dict[str, list[int]] = defaultdict(list)
    for word, numbers in whole.patterns.by_word.items():
        by_word[word] = [number for number in numbers if number not in own]
    kept = Patterns(whole.patterns.entries, by_word, whole.patterns.known, whole.patterns.groups)
    return replace(whole, patterns=kept)
