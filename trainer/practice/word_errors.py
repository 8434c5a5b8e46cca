"""How far two transcripts of the same recording are from each other."""

import re
from collections.abc import Sequence


def word_error_rate(heard: str, before: str) -> float:
    """Words to replace, leave out or put in, a word of `before`; case and punctuation do not count.

    Word error rate: the Levenshtein distance of the words over the length of the reference. Where there is
    nothing to compare with, 0 if nothing was heard and 1 otherwise.
    """
    ones, others = _words(heard), _words(before)
    return _distance(ones, others) / len(others) if others else float(bool(ones))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def _distance(ones: Sequence[str], others: Sequence[str]) -> int:
    above = list(range(len(others) + 1))
    for row, one in enumerate(ones, 1):
        line = [row]
        for column, other in enumerate(others, 1):
            line.append(min(above[column] + 1, line[-1] + 1, above[column - 1] + (one != other)))
        above = line
    return above[-1]
