"""Figures as they are read aloud."""

import re

_BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ONES = _BELOW_TWENTY.split()
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_LARGE = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_MOST = 10**12


def read_aloud(figures: str) -> list[str]:
    """'1,250' as one thousand two hundred fifty, '3.5' as three point five, '21st' as twenty first.

    Four figures from 1100 to 2099 without a comma are read as a year; twelve and more figure by figure.
    """
    number = re.match(r"[\d,]+", figures)
    if number is None:
        return []
    rest = figures[number.end() :]
    whole = number.group().replace(",", "")
    if not whole:
        return []
    if re.fullmatch(r"1[1-9]\d\d|20[1-9]\d", number.group()) and not rest:
        words = _year(int(whole))
    elif len(whole) > 1 and whole.startswith("0"):
        words = [_ONES[int(figure)] for figure in whole]
    else:
        words = _cardinal(int(whole)) if int(whole) < _MOST else [_ONES[int(figure)] for figure in whole]
    if rest.startswith("."):
        return [*words, "point", *(_ONES[int(figure)] for figure in rest[1:])]
    return [*words[:-1], _ordinal(words[-1])] if rest else words


def _year(year: int) -> list[str]:
    century, rest = divmod(year, 100)
    after = _cardinal(rest) if rest > 9 else ["oh", *_cardinal(rest)] if rest else ["hundred"]
    return [*_cardinal(century), *after]


def _cardinal(number: int) -> list[str]:
    for size, name in _LARGE:
        if number >= size:
            rest = _cardinal(number % size) if number % size else []
            return [*_cardinal(number // size), name, *rest]
    if number >= 100:
        rest = _cardinal(number % 100) if number % 100 else []
        return [_ONES[number // 100], "hundred", *rest]
    if number >= 20:
        return [_TENS[number // 10], *([_ONES[number % 10]] if number % 10 else [])]
    return [_ONES[number]]


def _ordinal(word: str) -> str:
    if word in _ORDINALS:
        return _ORDINALS[word]
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"
