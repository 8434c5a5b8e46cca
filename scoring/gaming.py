"""What keeps a reply from counting as skill: keywords listed, a script recited, another topic."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from scoring import wording as w
from scoring.clauses import Clause
from scoring.language import data, language
from scoring.matching import Patterns
from scoring.tokens import tokens, words_of

if TYPE_CHECKING:
    from scoring.layer import Judged

RECITAL_MOVES = 6
"""Moves in one reply from which it is a script: of 189 genuine replies none made more than five."""

STRAY_MOVES = 4
STRAY_WORDS = 45
"""Moves and words from which a reply that takes up no word of the prospect's line is a script."""

SAME_WORDS = 0.7
"""Share of word triples that two replies have in common from which they are one script said twice."""

ENOUGH = 8
"""Words (numbers aside) under which a share of them says nothing."""

LONG_ENOUGH = 20
"""Words under which the same wording twice is ordinary speech."""

FEW_LITTLE_WORDS = 0.24
"""Share of little words (the, of, you, is ...), numbers left out, under which words are listed, not said: in
600 labelled replies and sentences no genuine one of eight words and more lies below."""

MANY_QUESTION_WORDS = 0.25
"""Share of question words from which they are listed too."""

_COUNTED_OUT = ("asks_closed_question", "asks_open_question", "uses_hedging", "interrupts_or_argues")
_KINDS = ("meta", "jargon", "receipts")


def flags(
    text: str,
    clauses: Sequence[Clause],
    judged: "Judged",
    prompt: str,
    earlier: Sequence[str],
) -> tuple[str, ...]:
    """The names of what is wrong with the reply as a whole, in a fixed order."""
    words = words_of(text)
    if is_stuffing(text, clauses):
        return ("stuffing",)
    moves = sum(bool(places) for move, places in judged.found.items() if move not in _COUNTED_OUT)
    if moves >= RECITAL_MOVES or any(same_script(words, words_of(one)) for one in earlier):
        return ("recital",)
    strayed = not on_topic(words, words_of(prompt))
    if moves >= STRAY_MOVES and len(words) >= STRAY_WORDS and strayed:
        return ("off_topic",)
    return (_learnt_name(moves, strayed=strayed),) if judged.gaming else ()


def _learnt_name(moves: int, *, strayed: bool) -> str:
    """What to call a reply that the learnt layer takes for gaming."""
    if moves >= STRAY_MOVES:
        return "recital"
    return "off_topic" if strayed and not moves else "stuffing"


def is_stuffing(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether the reply lists what a grader wants, or speaks to the grader, instead of to the prospect."""
    words = [word for word in words_of(text) if not word[0].isdigit() and word not in w.NUMBERS]
    if len(words) >= ENOUGH and _listed(words):
        return True
    found = [hit for clause in clauses for hit in _patterns().find(clause.words).items()]
    counts = dict.fromkeys(range(_patterns().groups), 0)
    for number, hits in found:
        counts[number] += len(hits)
    named = sum(bool(counts[number]) for number in _groups("jargon"))
    receipts = sum(counts[number] for number in _groups("receipts"))
    return (
        any(counts[number] for number in _groups("meta"))
        or named >= 3
        or (receipts >= 4 and receipts * 5 >= len(words))
        or _broken(text)
    )


def _listed(words: Sequence[str]) -> bool:
    little = sum(word in w.LITTLE for word in words)
    asking = sum(word in w.WH for word in words)
    pairs = Counter(pair for pair in pairwise(words) if not w.LITTLE.issuperset(pair))
    return (
        little < FEW_LITTLE_WORDS * len(words)
        or (asking >= 4 and asking >= MANY_QUESTION_WORDS * len(words))
        or (max(pairs.values(), default=0) >= 3 and 5 * max(pairs.values()) >= len(words))
    )


def _broken(text: str) -> bool:
    """Whether too many neighbours can't stand side by side in English ("why the who", "your and")."""
    found = tokens(text)[0]
    pairs = [(one.word, two.word) for one, two in pairwise(found) if not two.mark]
    wrong = sum(one in w.WANTS_NOUN and two in w.NO_NOUN for one, two in pairs)
    return wrong >= 2 and wrong * 12 >= len(pairs)


def on_topic(words: Sequence[str], prompt: Sequence[str]) -> bool:
    """Whether a reply takes up any word of substance of the prospect's line, in any form of it."""
    theirs = {_stem(word) for word in prompt if word not in w.LITTLE}
    return not theirs or any(_stem(word) in theirs for word in words if word not in w.LITTLE)


def _stem(word: str) -> str:
    return word[:5] if len(word) > 5 else word.removesuffix("s")


def same_script(words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two replies are nearly the same words, by the triples of words they share."""
    if min(len(words), len(other)) < LONG_ENOUGH:
        return False
    mine, theirs = _triples(words), _triples(other)
    return len(mine & theirs) >= SAME_WORDS * min(len(mine), len(theirs))


def _triples(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def _groups(kind: str) -> range:
    sizes = [len(data_lines(one)) for one in _KINDS]
    start = sum(sizes[: _KINDS.index(kind)])
    return range(start, start + sizes[_KINDS.index(kind)])


@lru_cache(maxsize=4)
def data_lines(kind: str) -> tuple[str, ...]:
    """The patterns of one kind in moves/gaming.yaml."""
    return tuple(data("gaming.yaml")[kind])


@lru_cache(maxsize=1)
def _patterns() -> Patterns:
    made = Patterns()
    for kind in _KINDS:
        for pattern in data_lines(kind):
            made.add(language().sequences(pattern))
    return made
