"""Little words and slips that speech is full of: fillers, hedges, words said twice, sentences begun anew."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scoring import wording as w
from scoring.tokens import Token, tokens

SOUNDS = frozenset({"um", "uh", "er", "erm", "uhm", "hmm", "mm"})
"""Filled pauses as recognisers write them; "mhm" and "ah" answer somebody."""

_PLAIN_SOUNDS = frozenset({"um", "mm"})  # as tokens have them, whatever was written
_PHRASES = (("you", "know"), ("i", "mean"), ("sort", "of"), ("kind", "of"))
_NOT_FILLER_BEFORE = {
    ("you", "know"): frozenset(
        {"do", "did", "if", "as", "what", "when", "before", "would", "let", "that", "how"}
    ),
    ("i", "mean"): frozenset({"what", "that", "do", "and", "know"}),
    ("sort", "of"): frozenset({"what", "some", "the", "a", "this", "that", "any", "which", "these", "those"}),
    ("kind", "of"): frozenset(
        {"what", "some", "the", "a", "this", "that", "any", "which", "these", "those", "one"}
    ),
}
_NOT_FILLER_AFTER = {
    ("you", "know"): frozenset(
        {"what", "how", "who", "why", "where", "when", "the", "that", "about", "if", "your"}
    ),
    ("i", "mean"): frozenset({"it", "by", "the"}),
}
_LIKENED_TO = (
    "feel feels felt look looks looked sound sounds sounded seem seems seemed smells tastes would 'd do not "
    "i you we they people who to something anything nothing things stuff more most much just exactly "
    "what is 's are was were be been work works worked act acts"
)
_LIKENED = frozenset(_LIKENED_TO.split())
"""After these, "like" is a verb or a comparison as often as not."""

_STRESSED = frozenset(
    {"really", "super", "totally", "so", "completely", "honestly", "literally", "seriously"}
)
_HEDGES = (
    ("maybe",), ("perhaps",), ("possibly",), ("probably",), ("hopefully",), ("somewhat",), ("might",),
    ("i", "think"), ("i", "guess"), ("i", "suppose"), ("i", "believe"), ("i", "feel", "like"),
    ("i", "hope"), ("i", "am", "not", "sure"), ("i", "would", "say"), ("i", "'d", "say"),
    ("a", "little", "bit"), ("just", "wondering"), ("if", "that", "makes", "sense"), ("or", "something"),
    ("or", "whatever"), ("more", "or", "less"), ("as", "far", "as", "i", "know"), ("to", "be", "honest"),
)  # fmt: skip
"""Those of Hyland's list of hedges (Metadiscourse, 2005, appendix) that are said in conversation."""

_LONGEST_REPEAT = 3  # words said twice in a row as a slip; more is emphasis, or a list
_SELF = frozenset({"i", "we", "you", "they", "he", "she", "it", "the"})


def filler_words(text: str) -> list[str]:
    """Filled pauses and filler words in order, as written, where those around do not make them content."""
    found, _ = tokens(text)
    plain = [token.word for token in found]
    fillers = []
    for at, token in enumerate(found):
        written = text[token.start : token.end].lower()
        pair = (token.word, plain[at + 1] if at + 1 < len(plain) else "")
        if token.word in _PLAIN_SOUNDS and written in SOUNDS:
            fillers.append(written)
        elif (pair in _PHRASES and not _content(pair, plain, at)) or _is_filler_like(at, found):
            fillers.append(" ".join(pair) if pair in _PHRASES else "like")
    return fillers


def hedges(text: str) -> list[str]:
    """Words that take back what is said with them, in order: maybe, I think, or something."""
    plain = [token.word for token in tokens(text)[0]]
    found, at = [], 0
    while at < len(plain):
        said = max((one for one in _HEDGES if tuple(plain[at : at + len(one)]) == one), key=len, default=())
        if said:
            found.append(" ".join(said).replace(" '", "'"))
        at += max(1, len(said))
    return found


def repetitions(text: str) -> int:
    """Words or phrases said twice in a row by slip ("we can we can"); "very very" is meant."""
    spoken = _spoken(text)
    count, at = 0, 0
    while at < len(spoken):
        size = next((size for size in range(_LONGEST_REPEAT, 0, -1) if _repeats(spoken, at, size)), 0)
        count += size > 0
        at += max(1, size)
    return count


def restarts(text: str) -> int:
    """Sentences broken off and begun anew, where words show it: "we were, we are", "the pri- the price"."""
    return sum(_cut_off(text)) + sum(
        _begun_anew(one, two, three) for one, two, three in _threes(_spoken(text))
    )


def _repeats(spoken: Sequence[Token], at: int, size: int) -> bool:
    first, second = spoken[at : at + size], spoken[at + size : at + 2 * size]
    if len(second) < size or [one.word for one in first] != [one.word for one in second]:
        return False
    if any(token.mark in (".", "?", "!") for token in (*first[1:], *second)):
        return False
    return first[0].word in w.REPEATED if size == 1 else not all(one.word in w.NUMBERS for one in first)


def _begun_anew(one: Token, two: Token, three: Token) -> bool:
    same = one.word == three.word and one.word in _SELF and two.word != one.word
    return same and three.mark == "," and two.mark == "" and two.word not in w.EMBEDDING


def _cut_off(text: str) -> Iterator[bool]:
    """For each written word whether it breaks off: "pri-" before another word."""
    for word, after in pairwise(text.split()):
        yield len(word) > 1 and word.endswith(("-", "—")) and word[-2].isalpha() and after[0].isalpha()


def _threes(spoken: Sequence[Token]) -> Iterator[tuple[Token, Token, Token]]:
    return zip(spoken, spoken[1:], spoken[2:], strict=False)


def _spoken(text: str) -> list[Token]:
    return [token for token in tokens(text)[0] if token.word not in _PLAIN_SOUNDS]


def _content(pair: tuple[str, str], plain: Sequence[str], at: int) -> bool:
    before = plain[at - 1] if at else ""
    after = plain[at + 2] if at + 2 < len(plain) else ""
    return before in _NOT_FILLER_BEFORE[pair] or after in _NOT_FILLER_AFTER.get(pair, ())


def _is_filler_like(at: int, found: Sequence[Token]) -> bool:
    """A "like" that is set off, or stands before a number or a stress; in doubt it is content."""
    if found[at].word != "like":
        return False
    before = found[at - 1].word if at else ""
    after = found[at + 1] if at + 1 < len(found) else None
    if before in _PLAIN_SOUNDS or (after and after.word in {*_PLAIN_SOUNDS, "like"}):
        return True
    if after and found[at].mark == "," and after.mark == ",":
        return True
    return (
        after is not None
        and before not in _LIKENED
        and (after.word in _STRESSED or after.word in w.NUMBERS or after.word[0].isdigit())
    )
