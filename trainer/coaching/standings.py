"""Where everybody of a team stands, read from the store in a few queries however many they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.coaching.mastery import Rule, Standing, evidence, standing
from trainer.coaching.plan import yes
from trainer.store import Store
from trainer.store.coaching.ledger import Entry
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Assignment, TeamRow

WEEK = timedelta(days=7)
"""From one session to the next; how long a session may go without an end before it is forgotten."""

NEWEST, REVIEWS = 15, 50
"""Entries of the ledger that are read of a focus skill and of a mastered one."""

FEW = 5
"""Entries of a focus skill that are read of everybody; of most reps older ones have no say any more."""

RuleOf = Callable[[str, int], Rule]
"""What mastering a skill takes, for a target (0: the rubric's own)."""

Pair = tuple[str, str]
"""A rep's id and a skill."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What a rep works on; `target` is 0 where no plan names one."""

    skill: str | None
    target: int


@dataclass(frozen=True, slots=True)
class TeamStandings:
    """A whole team: a row a rep, and by rep what is asked about them."""

    now: datetime
    rows: Sequence[TeamRow]
    focus: Mapping[str, Focus]
    mastered: Mapping[str, Sequence[str]]
    sessions: Mapping[str, CoachingSession]
    late: Mapping[str, Assignment]
    rule: RuleOf
    _decisions: Mapping[Pair, Entry]
    _attempts: Mapping[Pair, Sequence[Entry]]

    def standing(self, rep_id: str, skill: str, rule: Rule) -> Standing:
        """Where a rep stands with their focus skill or a mastered one: from the last decision on."""
        decision = self._decisions.get((rep_id, skill))
        since = self._attempts.get((rep_id, skill), ())
        return standing([*([decision] if decision else []), *since], rule)


def of_team(store: Store, now: datetime, rule: RuleOf) -> TeamStandings:
    """As things are at `now`, which is in the manager's time zone."""
    decisions = {(one.rep_id, one.skill): one for one in store.ledger.decisions()}
    mastered: dict[str, list[str]] = {}
    for (rep_id, skill), entry in decisions.items():
        if _masters(entry):
            mastered.setdefault(rep_id, []).append(skill)
    rows = store.team()
    focus = _focuses(store, rows, mastered)
    return TeamStandings(
        now=now,
        rows=rows,
        focus=focus,
        mastered=mastered,
        sessions=store.sessions.next_of_all(now - WEEK),
        late=_first_of_each(store.late_assignments(now.date())),
        rule=rule,
        _decisions=decisions,
        _attempts=_attempts(store, focus, decisions, rule),
    )


def _focuses(
    store: Store, rows: Iterable[TeamRow], mastered: Mapping[str, Sequence[str]]
) -> dict[str, Focus]:
    """The plan's first skill that is not signed off; without a plan what is asked for or was practised."""
    plans, agreed = store.plans.of_all(), store.plans.agreements_of_all()
    found = {}
    for row in rows:
        plan, done = plans.get(row.rep.id), mastered.get(row.rep.id, ())
        step = next((one for one in (plan.steps if plan else ()) if one.skill not in done), None)
        if step is None:
            found[row.rep.id] = Focus(row.focus, 0)
            continue
        said = yes(agreed.get((row.rep.id, step.skill), ()), row.rep.id)
        found[row.rep.id] = Focus(step.skill, said.target or step.target)
    return found


def _masters(entry: Entry | None) -> bool:
    return entry is not None and entry.kind in ("signed off", "declared mastered")


def _attempts(
    store: Store, focus: Mapping[str, Focus], decisions: Mapping[Pair, Entry], rule: RuleOf
) -> dict[Pair, list[Entry]]:
    """The entries since the last decision: the newest of each focus skill, all reviews of mastered ones."""
    learning: list[tuple[str, str, Entry | None]] = []
    for rep_id, one in focus.items():
        if one.skill is None or _masters(decision := decisions.get((rep_id, one.skill))):
            continue
        learning.append((rep_id, one.skill, decision))
    mastered = [(*pair, entry) for pair, entry in decisions.items() if _masters(entry)]
    few = store.ledger.attempts_since(learning, FEW)
    more = [
        (rep_id, skill, decision)
        for rep_id, skill, decision in learning
        if _goes_on(few.get((rep_id, skill), ()), rule(skill, focus[rep_id].target))
    ]
    return {
        **few,
        **store.ledger.attempts_since(more, NEWEST),
        **store.ledger.attempts_since(mastered, REVIEWS),
    }


def _goes_on(attempts: Sequence[Entry], rule: Rule) -> bool:
    """Whether what older attempts say still counts: no fail ends the row, or one thing is missed in all."""
    if len(attempts) < FEW:
        return False
    missed = set.intersection(*(set(one.facts.get("missed", ())) for one in attempts))
    return bool(missed) or all(evidence(one, rule).passed is not False for one in attempts)


def _first_of_each(late: Iterable[Assignment]) -> dict[str, Assignment]:
    found: dict[str, Assignment] = {}
    for one in late:
        found.setdefault(one.rep_id, one)
    return found
