"""The one thing that holds a rep back, where it can be heard, and what to ask about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.scorecard import CriterionResult
from scoring.transcript import Transcript
from trainer.coaching.changes import Change, Judged, Tally
from trainer.coaching.questions import End, about
from trainer.store.records import AttemptDetail, Reply

QUOTES = 2
SHORTEST_QUOTE, USUAL_QUOTE, LONGEST_QUOTE = 12, 24, 34
"""Words; 24 are about nine seconds of talk. Where a sentence ends in between, the quote does."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Where to hear it: which attempt and turn (`number` counts from 1), from which second of the recording.

    `text` is what was said there, with an ellipsis where the reply goes on. `second` and `file` (below the
    folder of takes) are None for a typed reply. `why` is the verdict's own sentence.
    """

    attempt_id: str
    reply_id: str
    scenario: str
    form: str
    said_at: datetime
    turn: str
    number: int
    text: str
    second: float | None
    take_id: str | None
    file: str | None
    why: str


@dataclass(frozen=True, slots=True)
class HoldingBack:
    """The criterion that costs most, how often it was met, and one open question for the talk."""

    criterion: str
    move: str
    says: str
    tally: Tally
    quotes: tuple[Quote, ...]
    question: str


Open = Callable[[str], AttemptDetail]
"""Opens an attempt that the manager may see."""


def holding_back(
    found: Sequence[Change], attempts: Sequence[Judged], opened: Open, *, talks: int
) -> HoldingBack | None:
    """The criterion with the largest missed share of weight; `attempts` newest first, `talks` held so far.

    None where nothing was missed. Of two that cost the same, the one that was missed more often.
    """
    missed = [one for one in found if one.now.missed]
    if not missed:
        return None
    worst = max(missed, key=_cost)
    asked = about(worst.move)
    return HoldingBack(
        criterion=worst.criterion,
        move=worst.move,
        says=worst.says,
        tally=worst.now,
        quotes=_quotes(worst, attempts, opened, asked.look_at),
        question=asked.turn(talks),
    )


def _cost(change: Change) -> tuple[bool, float, int]:
    # Once is an accident: a criterion that could be judged twice goes before one that couldn't.
    now = change.now
    return now.judged > 1, change.weight * (1 - now.share), now.missed


def _quotes(change: Change, attempts: Sequence[Judged], opened: Open, end: End) -> tuple[Quote, ...]:
    """The newest places, from different attempts if there are."""
    firsts: list[Quote] = []
    more: list[Quote] = []
    for judged in attempts:
        met, of = judged.score.tally.get(change.criterion, (0, 0))
        if met == of:
            continue
        there = _in_attempt(change, opened(judged.attempt.id), end)
        firsts += there[:1]
        more += there[1:]
        if len(firsts) == QUOTES:
            break
    return tuple([*firsts, *more][:QUOTES])


def _in_attempt(change: Change, detail: AttemptDetail, end: End) -> list[Quote]:
    found = [
        _quote(detail, number, reply, result, end)
        for number, reply in enumerate(detail.replies, 1)
        for result in reply.scorecard.criteria
        if result.id == change.criterion and result.met is False and reply.transcript.text
    ]
    return found or list(_over_attempt(change, detail, end))


def _over_attempt(change: Change, detail: AttemptDetail, end: End) -> Iterator[Quote]:
    """A criterion of the whole attempt: the fault where it was made, what was left out at the end."""
    results = detail.result.score.criteria if detail.result else ()
    result = next((one for one in results if one.id == change.criterion), None)
    spoken = [(number, one) for number, one in enumerate(detail.replies, 1) if one.transcript.text]
    if result is None or not spoken:
        return
    made = [(number, one) for number, one in spoken if one.scorecard.moves.get(change.move)]
    number, reply = made[0] if made else spoken[-1]
    evidence = reply.scorecard.move_evidence.get(change.move, ())
    own = CriterionResult(result.id, result.move, result.met, result.weight, evidence, result.why)
    yield _quote(detail, number, reply, own, end)


def _quote(detail: AttemptDetail, number: int, reply: Reply, result: CriterionResult, end: End) -> Quote:
    take = next((one for one in detail.takes if one.id == reply.take_id), None)
    text, second = _said(reply.transcript, end)
    if result.evidence:
        text, second = result.evidence[0].quote, result.evidence[0].start
    return Quote(
        attempt_id=detail.attempt.id,
        reply_id=reply.id,
        scenario=detail.attempt.scenario,
        form=detail.attempt.form,
        said_at=reply.said_at,
        turn=reply.turn,
        number=number,
        text=text,
        second=(second or 0.0) if take else None,
        take_id=take.id if take else None,
        file=take.file if take else None,
        why=result.why,
    )


def _said(transcript: Transcript, end: End) -> tuple[str, float | None]:
    """The first or the last words of a reply, and when they begin."""
    words = transcript.words
    if len(words) <= LONGEST_QUOTE:
        return transcript.text, words[0].start if words else None
    ends = [at for at, word in enumerate(words, 1) if word.text.endswith((".", "?", "!"))]
    if end == "opening":
        text = " ".join(word.text for word in words[: _nearest(ends, USUAL_QUOTE)])
        return f"{text} …", words[0].start
    begin = len(words) - _nearest([len(words) - at for at in ends], USUAL_QUOTE)
    return f"… {' '.join(word.text for word in words[begin:])}", words[begin].start


def _nearest(lengths: Iterable[int], usual: int) -> int:
    """The length at a sentence's end that is nearest to the usual one, else the usual one."""
    fit = [one for one in lengths if SHORTEST_QUOTE <= one <= LONGEST_QUOTE]
    return min(fit, key=lambda one: abs(one - usual), default=usual)
