"""Finds which patterns hold in a clause: an index of words picks the few that can, spaCy says which do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scoring.patterns import FIRST, LAST, NUMBER
from scoring.patterns import Sequence as Pattern

if TYPE_CHECKING:
    from spacy.matcher import Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_COMMON = frozenset(
    "the a an to of in on and or but is are am was were be been it that this you i we they your our my 's "
    "for with do does did not have has had can could would will so if at as what how me us them there <s> "
    "</s> about just from by like get that's 'd he she his her their than more one who when any all".split()
)


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
            key = min(
                needs, key=lambda words: (sum(20 if word in _COMMON else 1 for word in words), sorted(words))
            )
            self.known.update(*(slot.words for slot in pattern))
            for word in sorted(key):
                self.by_word[word].append(len(self.entries))
            self.entries.append(_Entry(number, pattern, needs))
        return number

    def find(self, words: Sequence[str]) -> dict[int, tuple[Hit, ...]]:
        """The groups that hold in a clause of these words, each with its hits, leftmost and longest first."""
        words = [self._plain(word) for word in words]
        known = {FIRST, LAST, *words}
        candidates = sorted({at for word in known for at in self.by_word.get(word, ())})
        doc: Doc | None = None
        found: dict[int, list[Hit]] = defaultdict(list)
        for at in candidates:
            entry = self.entries[at]
            if not all(not need.isdisjoint(known) for need in entry.needs):
                continue
            if doc is None:
                doc = self._doc(words)
            found[entry.group] += self._hits(entry, doc, len(words))
        return {
            group: tuple(sorted(set(hits), key=lambda hit: (hit.start, -hit.end)))
            for group, hits in sorted(found.items())
            if hits
        }

    def _doc(self, words: Sequence[str]) -> "Doc":
        from spacy.tokens import Doc  # noqa: PLC0415

        return Doc(self.vocab, words=[FIRST, *words, LAST])

    def _plain(self, word: str) -> str:
        if word[0].isdigit():
            return NUMBER
        return word if word in self.known else _OTHER

    @property
    def vocab(self) -> "Vocab":
        """spaCy's vocabulary, made when it is first needed."""
        if self._vocab is None:
            from spacy.vocab import Vocab  # noqa: PLC0415

            self._vocab = Vocab()
        return self._vocab

    def _hits(self, entry: _Entry, doc: "Doc", length: int) -> list[Hit]:
        if entry.matcher is None:
            from spacy.matcher import Matcher  # noqa: PLC0415

            entry.matcher = Matcher(self.vocab)
            entry.matcher.add("p", [[item for slot in entry.pattern for item in slot.spacy()]])
        return [
            Hit(max(0, start - 1), min(length, end - 1))
            for _, start, end in entry.matcher(doc)
            if end > start
        ]
