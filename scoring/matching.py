"""Finds which patterns hold in a clause: an index of words picks the few that can, spaCy says which do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from scoring.patterns import FIRST, LAST, NUMBER
from scoring.patterns import Sequence as Pattern
from scoring.spacy_parts import parts
from scoring.wording import LITTLE

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_EVERYDAY = LITTLE | {FIRST, LAST}
_WEIGHT = 40
"""How much likelier a clause holds a given little word than a given other one, roughly."""

_OTHER = "<?>"
"""Stands for every word no pattern names, so that spaCy's string store can't grow with what people say."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern held: positions of words in the clause, the end excluded."""

    start: int
    end: int


@dataclass(slots=True)
class _Entry:
    group: int
    pattern: Pattern
    needs: tuple[frozenset[str], ...]
    matcher: "Matcher | None" = None


@dataclass(slots=True)
class Patterns:
    """Groups of patterns (numbered as they were added) that are looked for together."""

    entries: list[_Entry] = field(default_factory=list)
    by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    known: set[str] = field(default_factory=lambda: {FIRST, LAST})
    groups: int = 0
    _vocab: "Vocab | None" = None

    def add(self, patterns: Iterable[Pattern]) -> int:
        """Adds a group; its number."""
        number = self.groups
        self.groups += 1
        for pattern in patterns:
            needs = tuple(slot.words for slot in pattern if slot.needed)
            key = min(needs, key=_likelihood)
            self.known.update(*(slot.words for slot in pattern))
            for word in sorted(key):
                self.by_word[word].append(len(self.entries))
            self.entries.append(_Entry(number, pattern, needs))
        return number

    def find(self, words: Sequence[str], wanted: Set[int] | None = None) -> dict[int, tuple[Hit, ...]]:
        """The `wanted` groups that hold in a clause, each with its hits, leftmost and longest first."""
        plain = [FIRST, *(self._plain(word) for word in words), LAST]
        held = set(plain)
        candidates = sorted({at for word in held for at in self.by_word.get(word, ())})
        places = _Places(plain, held)
        doc: Doc | None = None
        found: dict[int, list[Hit]] = defaultdict(list)
        for at in candidates:
            entry = self.entries[at]
            if (wanted is not None and entry.group not in wanted) or not places.in_order(entry.needs):
                continue
            if doc is None:
                doc = self._doc(plain)
            found[entry.group] += self._hits(entry, doc, len(words))
        return {
            group: tuple(sorted(set(hits), key=lambda hit: (hit.start, -hit.end)))
            for group, hits in sorted(found.items())
            if hits
        }

    def _doc(self, words: list[str]) -> "Doc":
        doc: Doc = parts().Doc(self.vocab, words=words)
        return doc

    def _plain(self, word: str) -> str:
        if word[0].isdigit():
            return NUMBER
        return word if word in self.known else _OTHER

    @property
    def vocab(self) -> "Vocab":
        """spaCy's vocabulary, made when it is first needed."""
        if self._vocab is None:
            self._vocab = parts().Vocab()
        return self._vocab

    def _hits(self, entry: _Entry, doc: "Doc", length: int) -> list[Hit]:
        if entry.matcher is None:
            entry.matcher = parts().Matcher(self.vocab)
            entry.matcher.add("p", [[item for slot in entry.pattern for item in slot.spacy()]])
        return [
            Hit(max(0, start - 1), min(length, end - 1))
            for _, start, end in entry.matcher(doc)
            if end > start
        ]


@cache
def _likelihood(words: frozenset[str]) -> tuple[int, tuple[str, ...]]:
    """Orders sets of words by how likely a clause is to hold one of them; ties by the words themselves."""
    return sum(_WEIGHT if word in _EVERYDAY else 1 for word in words), tuple(sorted(words))


@dataclass(slots=True)
class _Places:
    """Where in a clause the words of a set stand; each set is looked up once."""

    words: Sequence[str]
    held: Set[str]
    known: dict[frozenset[str], list[int]] = field(default_factory=dict)

    def in_order(self, needs: Sequence[frozenset[str]]) -> bool:
        """Whether a word of each set comes after one of the set before: a cheap sieve before spaCy looks."""
        at = -1
        for need in needs:
            places = self.known.get(need)
            if places is None:
                absent = need.isdisjoint(self.held)
                places = [] if absent else [n for n, word in enumerate(self.words) if word in need]
                self.known[need] = places
            for place in places:
                if place > at:
                    at = place
                    break
            else:
                return False
        return True
