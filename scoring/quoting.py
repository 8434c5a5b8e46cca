"""What of a clause to quote as evidence: all of it, or whole phrases around the words that decided."""

from collections.abc import Sequence

from scoring.matching import Hit
from scoring.tokens import Token

QUOTED_WORDS = 25
"""A clause up to this long is quoted whole: 19 of 20 are (190 replies, with and without punctuation)."""

_JOINTS = frozenset(
    {"and", "but", "because", "so", "that", "which", "who", "whose", "if", "when", "where", "while"}
    | {"or", "than", "as", "until", "unless", "what", "how", "why"}
)
_LEADS = frozenset(
    {"at", "in", "on", "by", "for", "with", "from", "to", "without", "before", "after", "about", "into"}
)


def span(tokens: Sequence[Token], hit: Hit) -> tuple[int, int]:
    """The characters to quote for what was found at `hit`, a range of the clause's tokens."""
    first, last = (0, len(tokens)) if len(tokens) <= QUOTED_WORDS else _phrases(tokens, hit)
    return tokens[first].start, tokens[last - 1].end


def _phrases(tokens: Sequence[Token], hit: Hit) -> tuple[int, int]:
    """From where the clause or a part of it begins before the hit, to where a phrase ends behind it."""
    stop = max(hit.end, hit.start + 1)
    joints = [0, *(at for at in range(1, len(tokens)) if _joint(tokens, at)), len(tokens)]
    seams = sorted({*joints, *(at for at in range(1, len(tokens)) if tokens[at].word in _LEADS)})
    before = [at for at in joints if at <= hit.start]
    near = [at for at in before if stop - at <= QUOTED_WORDS]
    first = near[0] if near else before[-1]
    behind = [at for at in joints if at >= stop and at - first <= QUOTED_WORDS]
    within = behind or [at for at in seams if at >= stop and at - first <= QUOTED_WORDS]
    last = within[-1] if within else next(at for at in seams if at >= stop)
    while last > stop and tokens[last - 1].word in _JOINTS | _LEADS:
        last -= 1
    return first, last


def _joint(tokens: Sequence[Token], at: int) -> bool:
    return bool(tokens[at].mark) or tokens[at].word in _JOINTS
