"""Text to tokens: lower case, contractions taken apart, numbers and signs as words, offsets into the text.

Punctuation is not a token but a mark on the token after it, so that a text with it and one without give the
same words. Written out by hand because spaCy's own tokenizer is not linear on hostile text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(
    r"(?P<short>(?:[^\W\d_]\.){2,})"  # p.m., i.t.
    r"|(?P<number>\d+(?:[.,:]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<sign>[%$€£&])"
    r"|(?P<mark>[.?!;:,\n…()\"“”—–]|-{2,}|\s-\s)"
)
_SIGNS = {"%": "percent", "$": "dollars", "€": "euros", "£": "pounds", "&": "and"}
_STRONG = frozenset(".?!;\n…")
_LONGEST_WORD = 40


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


TAILS = {"'s": "'s", "'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "'d", "'t": "not"}
_WHOLE = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "cannot": ("can", "not"),
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("got", "to"),
    "kinda": ("kind", "of"),
    "sorta": ("sort", "of"),
    "lemme": ("let", "me"),
    "gimme": ("give", "me"),
    "dunno": ("do", "not", "know"),
    "y'all": ("you",),
    "cause": ("because",),
    "'cause": ("because",),
    "ok": ("okay",),
    "yep": ("yeah",),
    "yup": ("yeah",),
    "alright": ("okay",),
    "till": ("until",),
    "im": ("i", "am"),
    "ive": ("i", "have"),
    "lets": ("let", "'s"),
    "mhm": ("mm",),
    "hmm": ("mm",),
    "uhm": ("um",),
    "erm": ("um",),
    "uh": ("um",),
    "er": ("um",),
    "ah": ("um",),
}
_NEGATED = _words("do does did is are was were would could should have has had")
_CALLED = _words("what that there here where how who")
_WITHOUT_MARK = {
    **{f"{stem}nt": (stem, "not") for stem in _NEGATED},
    "wont": ("will", "not"),
    "cant": ("can", "not"),
    **{f"{stem}s": (stem, "'s") for stem in _CALLED},
    "youre": ("you", "are"),
    "theyre": ("they", "are"),
    "youve": ("you", "have"),
    "theyve": ("they", "have"),
    "weve": ("we", "have"),
    "youll": ("you", "will"),
    "theyll": ("they", "will"),
    "youd": ("you", "'d"),
    "theyd": ("they", "'d"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word in its plain form. `mark` is what stood before it: "" | "," | "." | "?" | "!"."""

    word: str
    start: int
    end: int
    mark: str


@lru_cache(maxsize=8)
def tokens(text: str) -> tuple[tuple[Token, ...], str]:
    """The tokens of `text`, and the mark after the last one."""
    found: list[Token] = []
    mark = "."
    for piece in _PIECE.finditer(text):
        if piece.lastgroup == "mark":
            mark = _stronger(mark, piece.group())
            continue
        at = piece.start()
        parts = _parts(piece.group(), piece.lastgroup)
        for number, part in enumerate(parts):
            end = piece.end() if number == len(parts) - 1 else min(at + len(part), piece.end())
            found.append(Token(part, min(at, piece.end()), end, mark))
            at, mark = end, ""
    return tuple(found), mark


def words_of(text: str) -> tuple[str, ...]:
    """The plain forms alone, as patterns are written with."""
    return tuple(token.word for token in tokens(text)[0])


def _stronger(mark: str, sign: str) -> str:
    if sign == "?" or mark == "?":
        return "?"
    if mark == "." or sign in _STRONG:
        return "."
    return ","


def _parts(piece: str, kind: str | None) -> tuple[str, ...]:
    if kind == "sign":
        return (_SIGNS[piece],)
    plain = piece.lower().replace("’", "'")
    if kind == "short":
        plain = plain.replace(".", "")
    if kind == "number" or len(plain) > _LONGEST_WORD:
        return (plain[:_LONGEST_WORD],)
    if plain in _WHOLE:
        return _WHOLE[plain]
    if plain in _WITHOUT_MARK:
        return _WITHOUT_MARK[plain]
    return _contraction(plain)


def _contraction(plain: str) -> tuple[str, ...]:
    stem, mark, tail = plain.rpartition("'")
    if not mark or f"'{tail}" not in TAILS:
        return (plain.replace("'", ""),) if mark else (plain,)
    if tail == "t":
        return (stem[:-1], "not") if stem.endswith("n") and len(stem) > 1 else (plain,)
    return (*_contraction(stem), TAILS[f"'{tail}"])
