"""The notation the moves are written in, and how it becomes spaCy Matcher patterns.

A pattern is a line of items with blanks between them:

    word            that word          word^        any form of it (send^: send, sends, sent, sending)
    a|b|c^          one of them        $name        one of the words or phrases of that list
    !a|b            any word but these item?        at most once
    ~  ~5           up to three, five words of any kind; _ exactly one
    (a b|c|d e f)   one of these phrases; (a b|c)? at most once
    #               a number in digits
    <  >            the clause begins, ends here

Contractions count as their parts: "don't" is do not, "what's" is what 's. Every pattern is unrolled into
plain sequences of sets of words, each of which is one spaCy pattern.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product
from typing import Any

from scoring.tokens import TAILS, words_of

FIRST, LAST = "<s>", "</s>"
"""The words that stand for the beginning and the end of a clause."""

NUMBER = "#"
"""The word that stands for any number in digits."""

_CUTS = {" ": re.compile(r"[() ]"), "|": re.compile(r"[()|]")}

MOST_SEQUENCES = 4000
"""What one pattern may unroll into; more is a pattern to be written as two."""


class PatternError(ValueError):
    """A pattern that can't be read; the sentence says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One word of a sequence: one of `words`, none of them if `other`, any if there are none.

    `least` and `most` say how often; a slot that may be absent proves nothing about a clause.
    """

    words: frozenset[str]
    other: bool = False
    least: int = 1
    most: int = 1

    @property
    def needed(self) -> bool:
        """Whether a clause without any of the words can't hold the sequence."""
        return bool(self.words and not self.other and self.least)

    def spacy(self) -> list[dict[str, Any]]:
        """The slot as items of a spaCy Matcher pattern."""
        item: dict[str, Any] = {}
        if self.words:
            words = sorted(self.words)
            item["ORTH"] = {"NOT_IN": words} if self.other else words[0] if len(words) == 1 else {"IN": words}
        return [dict(item) for _ in range(self.least)] + [
            {**item, "OP": "?"} for _ in range(self.most - self.least)
        ]


Sequence = tuple[Slot, ...]
Lists = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Language:
    """The named word lists, and the irregular forms of words."""

    lists: Lists
    forms: dict[str, tuple[str, ...]]
    unrolled: dict[str, list[Sequence]] = field(default_factory=dict)
    choices: dict[str, list[Sequence]] = field(default_factory=dict)

    def entries(self, name: str) -> list[Sequence]:
        """What a named list unrolls into; KeyError if there is none of that name."""
        if name not in self.unrolled:
            self.unrolled[name] = _merged(
                one for entry in self.lists[name] for one in _Reader(entry, self).phrase()
            )
        return self.unrolled[name]

    def sequences(self, pattern: str) -> tuple[Sequence, ...]:
        """What `pattern` unrolls into; PatternError says what is wrong with it."""
        items = _Reader(pattern, self).phrase()
        found = tuple(dict.fromkeys(items))
        found = tuple(dict.fromkeys(_trimmed(one) for one in found))
        if not found or not all(any(slot.needed for slot in one) for one in found):
            raise PatternError(f"{pattern!r}: names no word that must be there")
        return found


class _Reader:
    def __init__(self, pattern: str, language: Language, depth: int = 0) -> None:
        if depth > 8:
            raise PatternError(f"{pattern!r}: brackets or lists nested too deeply")
        self.pattern = pattern
        self.language = language
        self.depth = depth

    def phrase(self) -> list[Sequence]:
        parts = [self._item(item) for item in _split(self.pattern, " ")]
        count = 1
        for part in parts:
            count *= len(part)
        if count > MOST_SEQUENCES:
            raise PatternError(f"{self.pattern!r}: unrolls into {count} sequences; write it as several")
        return [tuple(slot for piece in chosen for slot in piece) for chosen in product(*parts)]

    def _item(self, item: str) -> list[Sequence]:
        if item.startswith("~"):
            return [(Slot(frozenset(), least=0, most=int(item[1:] or 3)),)]
        if item == "_":
            return [(Slot(frozenset()),)]
        if item in "<>":
            return [(Slot(frozenset({FIRST if item == "<" else LAST})),)]
        if not item.endswith("?"):
            return self._choice(item)
        found = self._choice(item[:-1])
        if all(len(one) == 1 and one[0].needed for one in found):
            return [(replace(one[0], least=0),) for one in found]
        return [*found, ()]

    def _choice(self, item: str) -> list[Sequence]:
        """What may stand in one place; patterns share most of it, so that it is worth keeping."""
        if item not in self.language.choices:
            self.language.choices[item] = self._alternatives(item)
        return self.language.choices[item]

    def _alternatives(self, item: str) -> list[Sequence]:
        other = item.startswith("!")
        found = _merged(one for part in _split(item.removeprefix("!"), "|") for one in self._words(part))
        if not other:
            return found
        if len(found) != 1 or len(found[0]) != 1:
            raise PatternError(f"{self.pattern!r}: only single words can be ruled out")
        return [(Slot(found[0][0].words, other=True),)]

    def _bracket(self, item: str) -> list[Sequence]:
        if not item.endswith(")") or ")(" in item:
            raise PatternError(f"{self.pattern!r}: something hangs on a bracket without a blank")
        return [
            one
            for phrase in _split(item[1:-1], "|")
            for one in _Reader(phrase, self.language, self.depth + 1).phrase()
        ]

    def _words(self, word: str) -> list[Sequence]:
        if word.startswith("("):
            return self._bracket(word)
        if word.startswith("$"):
            if word[1:] not in self.language.lists:
                raise PatternError(f"{self.pattern!r}: there is no list {word!r}")
            return self.language.entries(word[1:])
        if word.endswith("^"):
            return [(Slot(frozenset(inflected(word[:-1], self.language))),)]
        if word == NUMBER:
            return [(Slot(frozenset({NUMBER})),)]
        plain = _plain(word)
        if not plain:
            raise PatternError(f"{self.pattern!r}: {word!r} is no word")
        return [plain]


@lru_cache(maxsize=8192)
def _plain(word: str) -> Sequence:
    """The slots of a word as it is written; none where it is no word."""
    found = (TAILS[word],) if word in TAILS else words_of(word)
    return tuple(Slot(frozenset({one})) for one in found)


def _trimmed(sequence: Sequence) -> Sequence:
    """Without gaps at its ends: they decide nothing."""
    kept = list(sequence)
    while kept and not kept[-1].words and not kept[-1].least:
        kept.pop()
    while kept and not kept[0].words and not kept[0].least:
        kept.pop(0)
    return tuple(kept)


def _merged(phrases: Iterable[Sequence]) -> list[Sequence]:
    """The phrases, those of one plain word as a single set of words."""
    singles: set[str] = set()
    longer: list[Sequence] = []
    for phrase in phrases:
        if len(phrase) == 1 and phrase[0].needed and phrase[0].most == 1:
            singles |= phrase[0].words
        else:
            longer.append(phrase)
    return [*([(Slot(frozenset(singles)),)] if singles else []), *longer]


def _split(text: str, by: str) -> list[str]:
    """`text` cut at `by` outside brackets, without empty parts."""
    parts, depth, start = [], 0, 0
    for sign in _CUTS[by].finditer(text):
        depth += {"(": 1, ")": -1}.get(sign.group(), 0)
        if depth < 0:
            raise PatternError(f"{text!r}: a bracket is closed that was not opened")
        if depth == 0 and sign.group() == by:
            parts.append(text[start : sign.start()])
            start = sign.end()
    if depth:
        raise PatternError(f"{text!r}: a bracket is not closed")
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def inflected(word: str, language: Language) -> tuple[str, ...]:
    """The forms of a verb or noun: the irregular ones from the list, else by the rules of spelling."""
    return (word, *language.forms.get(word, _regular(word)))


@lru_cache(maxsize=4096)
def _regular(word: str) -> tuple[str, ...]:
    vowel = word[-2:-1] in set("aeiou")
    if word.endswith("e"):
        return (f"{word}s", f"{word}d", f"{word[:-1]}ing")
    if word.endswith("y") and not vowel:
        return (f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing")
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return (f"{word}es", f"{word}ed", f"{word}ing")
    doubled = (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing") if vowel and word[-1] not in "wy" else ()
    return (f"{word}s", f"{word}ed", f"{word}ing", *doubled)
