"""A transcript and a rubric make a scorecard: pure, and the same on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from scoring.clauses import Clause, clauses
from scoring.delivery import delivery
from scoring.detectors import MOVES, Found
from scoring.evidence import Heard
from scoring.gaming import flags
from scoring.hashes import content_hash, scorer_hash, transcript_hash
from scoring.quoting import span
from scoring.rubric import AUTHORED, Criterion, Rubric
from scoring.scorecard import CriterionResult, Evidence, Scorecard
from scoring.tokens import words_of
from scoring.transcript import Transcript

if TYPE_CHECKING:
    from scoring.embedder import Embedder
    from scoring.layer import Judged

ROUGH_CONFIDENCE = 0.6
ROUGH_WORDS = 8
"""Below either, what a rough recogniser heard can't be judged (pocketsphinx on 32 minutes of people: at
a mean of 0.6 and more about 25 % of the words are wrong, below it most)."""

_FLAG_WHY = {
    "nothing_heard": "Nothing was heard.",
    "stuffing": "Not counted: this lists what a grader wants instead of saying it to the prospect.",
    "recital": "Not counted: this is a memorised script, not an answer to what the prospect said.",
    "off_topic": "Not counted: this does not answer what the prospect said.",
}
OWN_WORDS = "Answer what the prospect said, in your own words."
NOTHING_MISSED = "Nothing missed: take the next form, or a harder scenario."
_ROUGH_WHY = "Not assessable: the rough recogniser is not sure enough of these words. Correct or type them."
_NOT_COMPARED_WHY = "Not assessable: there is nothing here to compare the reply with the examples by."
_UNCLEAR_WHY = "Not assessable: too much of the recording is unclear to say that it is not there."
_UNSURE_WHY = "Not assessable: the recording is unclear where this was said."


@dataclass(frozen=True, slots=True)
class TurnContext:
    """The turn that was answered: its id, what the prospect said (may be empty), the ids of its criteria.

    `earlier` holds the rep's own earlier replies in other turns and takes.
    """

    id: str
    prompt: str
    criteria: tuple[str, ...]
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One move: made, not made or (None) not assessable, with the words and a sentence that say why."""

    made: bool | None
    evidence: tuple[Evidence, ...]
    why: str


def warm_up(embedder: "Embedder | None" = None) -> None:
    """Loads spaCy, the detectors and the weights, so that the first reply need not wait (two seconds)."""
    parts = clauses("Warm up. What would you like to change by Friday?")
    _judged(parts, "")
    if embedder:
        embedder.embed(["warm up"])


def score(
    transcript: Transcript,
    turn: TurnContext,
    rubric: Rubric | None,
    *,
    scenario_hash: str = "",
    embedder: "Embedder | None" = None,
) -> Scorecard:
    """The scorecard of one reply. Without a rubric there are moves and delivery, but no score.

    The `embedder` compares the reply with the criteria that are given by examples, which are not assessable
    without one. On those, two scorecards are comparable only if the same one was used.
    """
    parts = clauses(transcript.text)
    judged = _judged(parts, turn.prompt)
    flagged = _flagged(transcript.text, parts, judged, turn)
    verdicts = _verdicts(transcript, parts, judged.found, flagged)
    wanted = [rubric.criterion(one) for one in turn.criteria] if rubric else []
    wanted = [one for one in wanted if one.scope == "turn"]
    authored = [one for one in wanted if one.move == AUTHORED]
    by_examples = {one.id: _by_examples(one, transcript, parts, flagged, embedder) for one in authored}
    results = tuple(
        result_of(one, by_examples[one.id] if one in authored else verdicts[one.move], flagged)
        for one in wanted
    )
    return Scorecard(
        turn=turn.id,
        score=met_share(results),
        criteria=results,
        moves={move: verdicts[move].made for move in MOVES},
        move_evidence={move: verdicts[move].evidence for move in MOVES if verdicts[move].evidence},
        delivery=delivery(transcript, parts),
        next_step=_next_step(results, rubric, flagged),
        flags=flagged,
        hashes={
            "scenario": scenario_hash,
            "rubric": _rubric_hash(rubric) if rubric else "",
            "scorer": scorer_hash(),
            "transcript": transcript_hash(transcript),
            **({"embedder": embedder.fingerprint} if embedder else {}),
        },
    )


@lru_cache(maxsize=16)
def _rubric_hash(rubric: Rubric) -> str:
    """Made once a rubric: it would be a tenth of the work on a reply."""
    return content_hash(rubric)


def met_share(results: Sequence[CriterionResult]) -> int | None:
    """The met share of the assessable weight, 0 to 100; None where under half of the weight is assessable."""
    whole = sum(one.weight for one in results)
    judged = sum(one.weight for one in results if one.met is not None)
    met = sum(one.weight for one in results if one.met)
    if not judged or 2 * judged < whole:
        return None
    return (200 * met + judged) // (2 * judged)


def _verdicts(
    transcript: Transcript,
    parts: Sequence[Clause],
    found: dict[str, tuple[Found, ...]],
    flagged: tuple[str, ...],
) -> dict[str, Verdict]:
    if blanket := _blanket(transcript, flagged):
        return dict.fromkeys((str(move) for move in MOVES), blanket)
    heard = Heard(transcript)
    return {move: _verdict(heard, parts, found.get(move, ())) for move in MOVES}


def _blanket(transcript: Transcript, flagged: tuple[str, ...]) -> Verdict | None:
    """The verdict on everything, where the reply can't be judged or does not count."""
    if "nothing_heard" in flagged:
        return Verdict(None, (), _FLAG_WHY["nothing_heard"])
    if _too_rough(transcript):
        return Verdict(None, (), _ROUGH_WHY)
    return Verdict(False, (), _FLAG_WHY[flagged[0]]) if flagged else None


def _flagged(text: str, parts: Sequence[Clause], judged: "Judged", turn: TurnContext) -> tuple[str, ...]:
    return flags(text, parts, judged, turn.prompt, turn.earlier) if words_of(text) else ("nothing_heard",)


def _judged(parts: Sequence[Clause], prompt: str) -> "Judged":
    from scoring.layer import layer  # noqa: PLC0415  (numpy)

    return layer().judge(parts, prompt)


def _by_examples(
    criterion: Criterion,
    transcript: Transcript,
    parts: Sequence[Clause],
    flagged: tuple[str, ...],
    embedder: "Embedder | None",
) -> Verdict:
    if blanket := _blanket(transcript, flagged):
        return blanket
    if embedder is None:
        return Verdict(None, (), _NOT_COMPARED_WHY)
    from scoring.authored import of_criterion  # noqa: PLC0415  (numpy)

    authored = of_criterion(criterion, embedder)
    if not authored.worth.told_apart:
        return Verdict(None, (), authored.worth.warning)
    return _verdict(Heard(transcript), parts, authored.find(parts, embedder))


def _too_rough(transcript: Transcript) -> bool:
    mean = transcript.mean_confidence
    return transcript.rough and (
        mean is None or mean < ROUGH_CONFIDENCE or len(transcript.words) < ROUGH_WORDS
    )


def _verdict(heard: Heard, parts: Sequence[Clause], places: Sequence[Found]) -> Verdict:
    spans = [span(parts[place.clause].tokens, place.hit) for place in places]
    sure = tuple(heard.quote(*span) for span in spans if not heard.unsure(*span))
    if sure:
        return Verdict(True, sure, f"Heard: \u201c{sure[0].quote}\u201d.")
    if spans:
        return Verdict(None, tuple(heard.quote(*span) for span in spans), _UNSURE_WHY)
    if heard.unsure(0, len(heard.transcript.text)):
        return Verdict(None, (), _UNCLEAR_WHY)
    return Verdict(False, (), "Nothing in the reply does it.")


def result_of(criterion: Criterion, verdict: Verdict, flagged: tuple[str, ...]) -> CriterionResult:
    """A move's verdict as a criterion takes it: a fault the other way round, and no credit for cheating."""
    met = verdict.made
    if met is not None and not criterion.wanted:
        met = not met and not flagged
    why = verdict.why
    if not criterion.wanted and met:
        why = "Nothing of the kind was heard."
    return CriterionResult(criterion.id, criterion.move, met, criterion.weight, verdict.evidence, why)


def _next_step(results: Sequence[CriterionResult], rubric: Rubric | None, flagged: tuple[str, ...]) -> str:
    if "nothing_heard" in flagged:
        return "Nothing was heard: check the microphone, or type the reply."
    if flagged:
        return OWN_WORDS
    missed = [one for one in results if one.met is False]
    if rubric and missed:
        return rubric.criterion(max(missed, key=lambda one: one.weight).id).tip
    if any(one.met is None for one in results):
        return "Some of it could not be judged: listen again, and correct the words."
    return NOTHING_MISSED if results else ""
