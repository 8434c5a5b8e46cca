"""How hard a text is to follow: the Flesch-Kincaid grade."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)*")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[aeiou]le|[^aeiou]les|[^aeioutd]ed|[^aeiouycghsxz]es)$")
"""An ending whose e is not spoken: make, whole, miles, asked, makes; not table, wanted, boxes."""
_APART = re.compile(r"ia(?!l|n)|io(?!n|us)|eo|iu|(?<!q)ua(?!r)|[aeiou]ing|[^q]uou|uie(?!t)|ism$|thm$")
"""Vowels beside each other that are two syllables: diary, radio, video, doing; not nation, social."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's sentences, words and syllables, and the grade of school in which it is read with ease."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid: 0.39 words a sentence + 11.8 syllables a word - 15.59.

        Kincaid, Fishburne, Rogers and Chissom 1975, "Derivation of new readability formulas", Research Branch
        Report 8-75. 0 where there are no words.
        """
        if not self.words:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading(text: str) -> Reading:
    """Counts a text. Only words of letters count; a text without a full stop is one sentence."""
    words = _WORD.findall(text.lower())
    sentences = [one for one in _SENTENCE.split(text) if _WORD.search(one.lower())]
    return Reading(max(1, len(sentences)), len(words), sum(syllables(word) for word in words))


def syllables(word: str) -> int:
    """The syllables of an English word by its letters, at least one.

    As the CMU Pronouncing Dictionary counts them for 97 of 100 words of the library's text; one more nearly
    as often as one fewer.
    """
    word = word.lower().replace("’", "'")
    stem = word.split("'")[0] if len(word.split("'")[0]) > 1 else word
    count = len(_VOWELS.findall(stem)) + len(_APART.findall(stem))
    if count > 1 and _SILENT.search(stem):
        count -= 1
    return max(1, count)
