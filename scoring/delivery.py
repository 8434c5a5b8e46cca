"""How a reply was delivered, as plain counts: they coach and never gate."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from scoring.clauses import Clause
from scoring.tokens import tokens
from scoring.transcript import Transcript, Word

PAUSE = 0.5
"""Seconds of silence between words that count as a pause (Goldman-Eisler counted from 0.25 s; below 0.5 s
Whisper's word times are too rough)."""

_SOUNDS = frozenset({"um", "mm"})
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


def delivery(transcript: Transcript, clauses: Sequence[Clause]) -> dict[str, Any]:
    """Counts and times of one reply, ready for JSON; None where there are no times to count from.

    Pace is words a minute over the time from the first word to the last, pauses taken out.
    """
    timed = [word for word in transcript.words if word.start is not None and word.end is not None]
    fillers = filler_words(transcript.text)
    words = len(transcript.words)
    return {
        "words": words,
        "pace_wpm": _pace(timed),
        "fillers": {"count": len(fillers), "per_100_words": _per_100(len(fillers), words), "items": fillers},
        "pauses": _pauses(timed),
        "response_latency": _rounded(timed[0].start) if timed else None,
        "talk_time": _rounded(_speaking(timed)) if timed else None,
        "questions": {
            "open": sum(clause.act in ("open", "invitation") for clause in clauses),
            "closed": sum(clause.act == "closed" for clause in clauses),
        },
        "repetitions": _repetitions(transcript.text),
        "longest_without_question": _monologue(clauses),
    }


def filler_words(text: str) -> list[str]:
    """Filled pauses and filler phrases in order, where the words around do not make them content."""
    plain = [token.word for token in tokens(text)[0]]
    found = []
    for at, word in enumerate(plain):
        if word in _SOUNDS:
            found.append(word)
        pair = (word, plain[at + 1] if at + 1 < len(plain) else "")
        if pair in _PHRASES and not _content(pair, plain, at):
            found.append(" ".join(pair))
    return found


def _content(pair: tuple[str, str], plain: Sequence[str], at: int) -> bool:
    before = plain[at - 1] if at else ""
    after = plain[at + 2] if at + 2 < len(plain) else ""
    return before in _NOT_FILLER_BEFORE[pair] or after in _NOT_FILLER_AFTER.get(pair, ())


def _speaking(timed: Sequence[Word]) -> float:
    if not timed:
        return 0.0
    whole = (timed[-1].end or 0.0) - (timed[0].start or 0.0)
    return max(0.0, whole - sum(gap for gap in _gaps(timed) if gap >= PAUSE))


def _gaps(timed: Sequence[Word]) -> list[float]:
    return [max(0.0, (after.start or 0.0) - (before.end or 0.0)) for before, after in pairwise(timed)]


def _pace(timed: Sequence[Word]) -> int | None:
    seconds = _speaking(timed)
    return round(60 * len(timed) / seconds) if len(timed) >= 5 and seconds > 0 else None


def _pauses(timed: Sequence[Word]) -> dict[str, Any]:
    if len(timed) < 2:
        return {"count": None, "longest": None}
    found = [gap for gap in _gaps(timed) if gap >= PAUSE]
    return {"count": len(found), "longest": _rounded(max(found, default=0.0))}


def _repetitions(text: str) -> int:
    plain = [token for token in tokens(text)[0] if token.word not in _SOUNDS]
    return sum(one.word == two.word and not two.mark for one, two in pairwise(plain))


def _monologue(clauses: Sequence[Clause]) -> int:
    """The most words in a row without a question put to the prospect."""
    longest = run = 0
    for clause in clauses:
        run = 0 if clause.live else run + len(clause.tokens)
        longest = max(longest, run)
    return longest


def _per_100(count: int, words: int) -> float | None:
    return round(100 * count / words, 1) if words else None


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 2)
