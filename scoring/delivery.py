"""How a reply was delivered, as plain counts: they coach and never gate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from scoring.clauses import Clause
from scoring.disfluency import SOUNDS, filler_words, hedges, repetitions, restarts
from scoring.transcript import Transcript, Word

PAUSE = 0.5
"""Seconds of silence between words that count as a pause. Goldman-Eisler (1968) counted from 0.25 s; below
0.5 s the times of words that could not be aligned are too rough."""

_FEWEST = 5  # words under which a pace says nothing


def delivery(transcript: Transcript, clauses: Sequence[Clause]) -> dict[str, Any]:
    """Counts and times of one reply, ready for JSON; None where there is nothing to count them from.

    Paces are words a minute over the time from the first word to the last, pauses taken out. Filled pauses
    are those among the words and, where they were looked for, in the sound: an estimate that misses some.
    """
    text, words = transcript.text, len(transcript.words)
    timed = _Timed(transcript, tuple(clauses))
    fillers, hedged = filler_words(text), hedges(text)
    return {
        "words": words,
        "pace_wpm": _pace(timed.words),
        "pace_by_clause": timed.paces,
        "fillers": {"count": len(fillers), "per_100_words": _per_100(len(fillers), words), "items": fillers},
        "filled_pauses": _filled_pauses(transcript, sum(one in SOUNDS for one in fillers)),
        "pauses": timed.pauses,
        "response_latency": _rounded(timed.words[0].start) if timed.words else None,
        "talk_time": _rounded(_speaking(timed.words)) if timed.words else None,
        "questions": {
            "open": sum(clause.act in ("open", "invitation") for clause in clauses),
            "closed": sum(clause.act == "closed" for clause in clauses),
        },
        "repetitions": repetitions(text),
        "restarts": restarts(text),
        "hedges": {"count": len(hedged), "per_100_words": _per_100(len(hedged), words), "items": hedged},
        "longest_without_question": _monologue(clauses),
        "longest_without_question_seconds": timed.longest_without_question,
        "pitch_range_semitones": transcript.sound and transcript.sound.pitch_range,
        "loudness_range_db": transcript.sound and transcript.sound.loudness_range,
    }


def _filled_pauses(transcript: Transcript, heard: int) -> dict[str, Any]:
    """`in_sound` is None where it was not looked for, or where wrong words would make it wrong."""
    found = transcript.sound.filled_pauses if transcript.sound else None
    if transcript.rough or transcript.source != "recognised":
        found = None
    count = heard + len(found or ())
    return {
        "count": count,
        "heard": heard,
        "in_sound": None if found is None else len(found),
        "estimated": bool(found),
        "per_100_words": _per_100(count, len(transcript.words)),
    }


@dataclass(frozen=True)
class _Timed:
    """The words that have times, each with the number of its clause."""

    transcript: Transcript
    clauses: tuple[Clause, ...]

    @cached_property
    def words(self) -> list[Word]:
        return [word for word in self.transcript.words if word.start is not None and word.end is not None]

    @cached_property
    def clause_of(self) -> list[int]:
        """The clause of each timed word; hesitations belong to the clause before, -1 before the first."""
        spans = self.transcript.spans()
        starts = [start for word, (start, _) in zip(self.transcript.words, spans, strict=True) if _has(word)]
        found, at = [], 0
        firsts = [clause.tokens[0].start for clause in self.clauses]
        for start in starts:
            while at < len(firsts) and firsts[at] <= start:
                at += 1
            found.append(at - 1)
        return found

    @cached_property
    def paces(self) -> list[int]:
        """The pace of each clause that is long enough."""
        paces = (_pace([word for word, _ in part]) for _, part in self._by_clause())
        return [pace for pace in paces if pace is not None]

    @cached_property
    def pauses(self) -> dict[str, Any]:
        """Pauses; those inside a clause are for want of words, those between leave time to think."""
        if len(self.words) < 2:
            return {"count": None, "longest": None, "inside": None, "between": None}
        inside_one = [one == after for one, after in zip(self.clause_of, self._next_clause(), strict=False)]
        gaps = zip(_gaps(self.words), inside_one, strict=True)
        found = [(gap, inside) for gap, inside in gaps if gap >= PAUSE]
        return {
            "count": len(found),
            "longest": _rounded(max((gap for gap, _ in found), default=0.0)),
            "inside": sum(inside for _, inside in found),
            "between": sum(not inside for _, inside in found),
        }

    @cached_property
    def longest_without_question(self) -> float | None:
        """Seconds from where a question ended, or the beginning, to where the next begins, at the most."""
        if not self.words or len(self.words) < len(self.transcript.words):
            return None
        longest, since = 0.0, self.words[0].start or 0.0
        for number, part in self._by_clause():
            said = [word for word, _ in part]
            asked = number >= 0 and self.clauses[number].live
            longest = max(longest, ((said[0].start if asked else said[-1].end) or 0.0) - since)
            since = (said[-1].end or 0.0) if asked else since
        return _rounded(longest)

    def _by_clause(self) -> Iterator[tuple[int, list[tuple[Word, int]]]]:
        told = zip(self.words, self.clause_of, strict=True)
        for number, part in groupby(told, key=lambda one: one[1]):
            yield number, list(part)

    def _next_clause(self) -> list[int]:
        """For each timed word but the last, the clause of the next one that is no hesitation."""
        found: list[int] = []
        following = -1
        for word, clause in zip(reversed(self.words[1:]), reversed(self.clause_of[1:]), strict=True):
            hesitates = bool(found) and word.text.lower().strip(",.?!") in SOUNDS
            following = following if hesitates else clause
            found.append(following)
        return found[::-1]


def _has(word: Word) -> bool:
    return word.start is not None and word.end is not None


def _speaking(timed: Sequence[Word]) -> float:
    if not timed:
        return 0.0
    whole = (timed[-1].end or 0.0) - (timed[0].start or 0.0)
    return max(0.0, whole - sum(gap for gap in _gaps(timed) if gap >= PAUSE))


def _gaps(timed: Sequence[Word]) -> list[float]:
    return [max(0.0, (after.start or 0.0) - (before.end or 0.0)) for before, after in pairwise(timed)]


def _pace(timed: Sequence[Word]) -> int | None:
    seconds = _speaking(timed)
    return round(60 * len(timed) / seconds) if len(timed) >= _FEWEST and seconds > 0 else None


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
