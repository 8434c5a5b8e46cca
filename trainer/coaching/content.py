"""What practice says about the content: what nobody practises, what is too easy or hard, what judges nothing.

It is about scenarios and never about people: a figure rests on the first assessed attempts of at least ten
people, one on how a criterion judges on twenty, and who they are is not in what comes in here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from scenarios.schema import Scenario
from trainer.coaching.difficulty import FEWEST, Content, content_of, unequal
from trainer.coaching.intervals import correlation, of_correlation, wilson
from trainer.store.coaching.firsts import First, Practised
from trainer.store.records import AttemptSummary

QUIET = timedelta(days=90)
"""What nobody practised in a quarter of a year, nobody will soon."""

FEWEST_JUDGED = 20
"""Attempts under which nothing is said of a criterion: of twenty that were all met, the interval still begins
at 84 %; of ten, at 72 %, which is no more than an easy one has."""

UNRELATED = 0.2
"""A corrected item-total correlation under which an item tells little of what the others measure (Ebel and
Frisbie 1991, Essentials of Educational Measurement: under 0.19 poor, to be rejected or revised)."""

Kind = Literal["all passed", "none passed", "always met", "never met", "unrelated", "not assessable", "forms"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What to look at in a scenario; `about` is the criterion where it is one, `figures` are for programs."""

    scenario: str
    kind: Kind
    says: str
    about: str = ""
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """What practice says of some scenarios.

    `unpractised` are those nobody practised for ninety days, `enough` how many have ten first attempts,
    `of` how many were looked at, `outdated` how many first attempts were at words or rubrics of before.
    """

    attempts: int
    unpractised: tuple[str, ...]
    remarks: tuple[Remark, ...]
    enough: int
    of: int
    outdated: int


def health(
    scenarios: Sequence[Scenario],
    firsts: Iterable[First],
    practised: Sequence[Practised],
    now: datetime,
    *,
    of_library: int,
) -> Health:
    """Looks at scenarios; `practised` counts from 90 days ago, `of_library` is how many there are."""
    by_scenario: dict[str, list[First]] = {one.id: [] for one in scenarios}
    for first in firsts:
        by_scenario.get(first.scenario, []).append(first)
    remarks: list[Remark] = []
    enough = outdated = 0
    for one in scenarios:
        met = by_scenario[one.id]
        if not met:
            continue
        content = content_of(one)
        now_met = [first for first in met if content.has(first)]
        outdated += len(met) - len(now_met)
        enough += len(_scored(now_met)) >= FEWEST
        remarks += remarks_on(content, now_met)
    wanted = {one.id for one in scenarios}
    return Health(
        attempts=sum(one.attempts for one in practised if one.scenario in wanted),
        unpractised=tuple(unpractised(scenarios, practised, now, of_library=of_library)),
        remarks=tuple(remarks),
        enough=enough,
        of=len(scenarios),
        outdated=outdated,
    )


def unpractised(
    scenarios: Iterable[Scenario], practised: Sequence[Practised], now: datetime, *, of_library: int
) -> Iterator[str]:
    """The scenarios that nobody practised for ninety days although they were there to be practised.

    Nothing is said before people have practised for that long, nor where they did less than once a scenario:
    then most are left out, and none for what it is.
    """
    since = now - QUIET
    if not practised or min(one.first for one in practised) > since:
        return
    if sum(one.lately for one in practised) < of_library:
        return
    lately = {one.scenario for one in practised if one.lately}
    for one in scenarios:
        if one.id not in lately and one.file and one.file.stat().st_mtime < since.timestamp():
            yield one.id


def own(attempts: Iterable[AttemptSummary], since: datetime) -> list[Practised]:
    """The same from one person's own attempts, warm-ups included: for nobody's eyes but theirs."""
    found: dict[str, list[datetime]] = {}
    for one in attempts:
        found.setdefault(one.attempt.scenario, []).append(one.attempt.started_at)
    return [
        Practised(scenario, min(at), max(at), len(at), sum(moment >= since for moment in at))
        for scenario, at in sorted(found.items())
    ]


def remarks_on(content: Content, firsts: Sequence[First]) -> Iterator[Remark]:
    """What the first attempts at a scenario, all made with what it is now, say of it."""
    scored = _scored(firsts)
    if len(scored) >= FEWEST:
        yield from _of_passes(content, scored)
        for pair in unequal(content, scored):
            yield Remark(content.id, "forms", pair.says, figures=asdict(pair))
    if len(firsts) >= FEWEST_JUDGED:
        for criterion in content.criteria:
            yield from _of_criterion(content, criterion, [dict(one.verdicts) for one in firsts])


def _scored(firsts: Iterable[First]) -> list[First]:
    return [one for one in firsts if one.score is not None]


def _of_passes(content: Content, scored: Sequence[First]) -> Iterator[Remark]:
    people = len(scored)
    passed = sum((one.score or 0) >= content.pass_mark for one in scored)
    if passed == people:
        low = wilson(passed, people)[0]
        says = f"all {people} passed the first time, and of others at least {round(low * 100)} % would"
        yield Remark(content.id, "all passed", says, figures={"people": people, "at_least": low})
    if all((one.best or 0) < content.pass_mark for one in scored):
        tried = sum(one.tried for one in scored)
        says = f"nobody has passed yet, {people} people in {tried} attempts"
        yield Remark(content.id, "none passed", says, figures={"people": people, "attempts": tried})


def _of_criterion(
    content: Content, criterion: str, attempts: Sequence[Mapping[str, bool | None]]
) -> Iterator[Remark]:
    came_up = [one for one in attempts if criterion in one]
    if len(came_up) < FEWEST_JUDGED:
        return
    counts = Counter(one[criterion] for one in came_up)
    judged = counts[True] + counts[False]
    if wilson(counts[None], len(came_up))[0] > 0.5:
        says = f"could not be judged in {counts[None]} of {len(came_up)} first attempts"
        figures: dict[str, Any] = {"attempts": len(came_up), "not_assessable": counts[None]}
        yield Remark(content.id, "not assessable", says, criterion, figures)
    if judged < FEWEST_JUDGED:
        return
    if not counts[True] or not counts[False]:
        how: Kind = "always met" if counts[True] else "never met"
        says = f"was {how.replace('always ', '')} in all {judged} first attempts"
        if not counts[True]:
            says = f"was met in none of {judged} first attempts"
        yield Remark(content.id, how, says, criterion, {"attempts": judged})
        return
    yield from _unrelated(content, criterion, came_up)


def _unrelated(
    content: Content, criterion: str, attempts: Sequence[Mapping[str, bool | None]]
) -> Iterator[Remark]:
    """Pearson's correlation of met (1) or not (0) with the met share of the other criteria's weight.

    It is the corrected item-total correlation, point-biserial: the item is left out of the total, else it
    would agree with itself. It is said only where the whole interval is under what is worth having.
    """
    pairs = [
        (float(verdict), rest)
        for one in attempts
        if (verdict := one[criterion]) is not None and (rest := _rest(content, criterion, one)) is not None
    ]
    value = correlation([one for one, _ in pairs], [rest for _, rest in pairs])
    if value is None or len(pairs) < FEWEST_JUDGED:
        return
    low, high = of_correlation(value, len(pairs))
    if high < UNRELATED:
        says = (
            f"goes with no other criterion: correlation {_signed(value)} with the rest of the score"
            f" ({_signed(low)} to {_signed(high)}, {len(pairs)} first attempts)"
        )
        figures = {"correlation": value, "low": low, "high": high, "attempts": len(pairs)}
        yield Remark(content.id, "unrelated", says, criterion, figures)


def _rest(content: Content, criterion: str, verdicts: Mapping[str, bool | None]) -> float | None:
    """The met share of the weight of all other criteria that could be judged; None where none could."""
    others = [
        (content.criteria[one][1], met)
        for one, met in verdicts.items()
        if one != criterion and one in content.criteria and met is not None
    ]
    whole = sum(weight for weight, _ in others)
    return sum(weight for weight, met in others if met) / whole if whole else None


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
