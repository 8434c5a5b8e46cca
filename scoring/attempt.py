"""All replies of an attempt judged together."""

from collections.abc import Mapping, Sequence

from scoring.measures import figure
from scoring.rubric import Criterion, Rubric
from scoring.score import NOTHING_MISSED, OWN_WORDS, Verdict, met_share, result_of
from scoring.scorecard import AttemptScore, CriterionResult, Scorecard


def score_attempt(
    cards: Sequence[Scorecard], rubric: Rubric, lines: Mapping[str, str] | None = None
) -> AttemptScore:
    """The met share of the assessable weight over all replies; `lines` is what the prospect said, by turn.

    A criterion of a turn counts in every reply that was judged by it, and is met in the attempt when it was
    met more often than not. A criterion of the attempt counts once: the move was made in some reply, the
    fault in none, the measure kept its line (not assessable where the lines are needed and not given).
    """
    results: list[CriterionResult] = []
    weighed: list[CriterionResult] = []
    tally: dict[str, tuple[int, int]] = {}
    figures: dict[str, float] = {}
    for criterion in rubric.criteria:
        if criterion.measure and cards:
            result, value = _measured(criterion, cards, lines or {})
            tally[criterion.id] = (int(result.met is True), int(result.met is not None))
            results.append(result)
            weighed.append(result)
            if value is not None:
                figures[criterion.id] = value
        elif own := _own(cards, criterion):
            judged = [one for one in own if one.met is not None]
            met = sum(one.met is True for one in judged)
            tally[criterion.id] = (met, len(judged))
            result = _over_attempt(criterion, judged, met)
            results.append(result)
            weighed += own if criterion.scope == "turn" else [result]
    flagged = tuple(sorted({flag for card in cards for flag in card.flags}))
    return AttemptScore(
        score=met_share(weighed),
        criteria=tuple(results),
        tally=tally,
        next_step=_next_step(rubric, tally, flagged),
        flags=flagged,
        figures=figures,
    )


def _measured(
    criterion: Criterion, cards: Sequence[Scorecard], lines: Mapping[str, str]
) -> tuple[CriterionResult, float | None]:
    """A measure against its line. A reply that does not count as skill keeps no upper line either."""
    assert criterion.measure is not None  # noqa: S101 -- asked for those only
    found = figure(criterion.measure, cards, lines)
    met: bool | None = None
    if found.value is not None and criterion.at_least is not None:
        met = found.value >= criterion.at_least
    elif found.value is not None and criterion.at_most is not None:
        counts = not any(flag != "nothing_heard" for card in cards for flag in card.flags)
        met = found.value <= criterion.at_most and counts
    return CriterionResult(criterion.id, criterion.move, met, criterion.weight, (), found.why), found.value


def _own(cards: Sequence[Scorecard], criterion: Criterion) -> list[CriterionResult]:
    """The results of a criterion, one a reply; those of an attempt's criterion come from the moves."""
    if criterion.scope == "turn":
        return [one for card in cards for one in card.criteria if one.id == criterion.id]
    return [
        result_of(
            criterion,
            Verdict(card.moves[criterion.move], card.move_evidence.get(criterion.move, ()), ""),
            card.flags,
        )
        for card in cards
    ]


def _over_attempt(criterion: Criterion, judged: Sequence[CriterionResult], met: int) -> CriterionResult:
    verdict: bool | None = None
    if judged and criterion.scope == "turn":
        verdict = 2 * met > len(judged)
    elif judged:
        verdict = met > 0 if criterion.wanted else met == len(judged)
    evidence = tuple(quote for one in judged for quote in one.evidence)
    why = f"Met in {met} of {len(judged)} replies." if judged else "Not assessable in any reply."
    return CriterionResult(criterion.id, criterion.move, verdict, criterion.weight, evidence, why)


def _next_step(rubric: Rubric, tally: dict[str, tuple[int, int]], flagged: tuple[str, ...]) -> str:
    """The tip of the criterion that cost most weight over the attempt."""
    for flag in flagged:
        if flag != "nothing_heard":
            return OWN_WORDS
    lost = {key: rubric.criterion(key).weight * (judged - met) for key, (met, judged) in tally.items()}
    if not lost:
        return ""
    worst = max(lost, key=lambda key: lost[key])
    return rubric.criterion(worst).tip if lost[worst] else NOTHING_MISSED
