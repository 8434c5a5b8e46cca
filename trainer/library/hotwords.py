"""Names and terms that a recogniser should be told of, found in a playbook."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from trainer.library.playbook import Playbook

MOST, LONGEST = 200, 60
"""What `trainer.team_names` takes."""

_NAME = re.compile(r"\b(?:[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*|[A-Z][a-z]{2,})(?: [A-Z][A-Za-z0-9]+){0,2}")
_SENTENCE = re.compile(r"[.!?:;“”\"–—]\s*")
_FIRST = re.compile(
    r"(?:a|after|all|an|and|any|as|ask|at|avoid|before|but|by|can|check|do|does|every|for|from|give|has|have|how"
    r"|if|in|is|it|let|many|most|my|never|no|not|of|old|on|one|only|or|our|response|say|set|show|so|some|take|tell"
    r"|that|the|their|then|there|these|they|this|those|to|two|use|was|we|what|when|where|which|while|who|why|will"
    r"|with|you|your)",
    re.IGNORECASE,
)
"""Words that begin a sentence and no name."""


def names_in(book: Playbook) -> tuple[str, ...]:
    """The playbook's own list of names, then what it writes with a capital in the middle of a sentence."""
    listed = [part.strip(" .") for one in book.names for part in re.split(r"[,;/]", one.text)]
    texts = (one.text for play in book.plays for items in play.parts.values() for one in items)
    found = Counter(_of(texts))
    known = {one.lower() for one in listed}
    others = [name for name, _ in found.most_common() if name.lower() not in known]
    fitting = [one for one in dict.fromkeys((*listed, *others)) if 1 < len(one) <= LONGEST]
    return tuple(fitting[:MOST])


def _of(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for sentence in _SENTENCE.split(text):
            for found in _NAME.finditer(sentence):
                words = found.group().split()
                begins = not any(letter.isalnum() for letter in sentence[: found.start()])
                if begins and (len(words) == 1 or _FIRST.fullmatch(words[0])) and not words[0].isupper():
                    words = words[1:]  # any sentence begins with a capital
                if words and words != ["I"]:
                    yield " ".join(words)
