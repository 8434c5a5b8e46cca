"""Where a rep stands with a skill: derived from the ledger, never kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from scoring.rubric import Rubric
from trainer.store.coaching.ledger import Entry

State = Literal[
    "not begun", "practising", "waiting for the retest", "ready for sign-off", "mastered", "to refresh"
]

DECISIONS = ("signed off", "sent back", "declared mastered", "declared not mastered")
OVERRIDES = ("declared mastered", "declared not mastered")


@dataclass(frozen=True, slots=True)
class Rule:
    """What mastering a skill takes: passes in a row of at least `score`, and how they must be spread.

    Over at least so many forms, so many of them new to the rep, and on so many days; then one more pass at
    least `retest_after` days later.
    """

    score: int = 80
    passes: int = 3
    forms: int = 2
    new_forms: int = 1
    days: int = 2
    retest_after: int = 5

    @classmethod
    def of(cls, rubric: Rubric, target: int = 0) -> "Rule":
        """What a rubric asks for; a higher target that rep and manager agreed on counts instead."""
        asked = rubric.mastery
        return cls(
            score=max(rubric.pass_mark, target),
            passes=asked.passes,
            forms=asked.forms,
            new_forms=asked.new_forms,
            days=asked.days,
            retest_after=asked.retest_after_days,
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """One assessed attempt of the skill as the ledger has it; `passed` is None where it had no score."""

    entry: Entry
    score: int | None
    passed: bool | None
    form: str
    new_form: bool
    day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """A rep and a skill.

    `row` are the passes that count towards mastery now, `retest` the one that came late enough, `missing`
    what is still to do, in words, `retest_from` the first day on which a pass is the retest. `decision` is
    the manager's last word. `reviews` are the attempts since the skill was mastered.
    """

    state: State = "not begun"
    row: tuple[Evidence, ...] = ()
    retest: Evidence | None = None
    retest_from: date | None = None
    missing: tuple[str, ...] = ()
    decision: Entry | None = None
    mastered_at: datetime | None = None
    reviews: tuple[Evidence, ...] = ()
    attempts: tuple[Evidence, ...] = ()


def standing(entries: Iterable[Entry], rule: Rule) -> Standing:
    """Where a rep stands, from the entries about one skill of theirs, oldest first."""
    course = _Course(rule)
    for entry in entries:
        if entry.kind in DECISIONS:
            course.decide(entry)
        else:
            course.attempt(evidence(entry, rule))
    return course.standing()


def evidence(entry: Entry, rule: Rule) -> Evidence:
    """The attempt that an entry is about."""
    score = entry.facts.get("score")
    return Evidence(
        entry=entry,
        score=score,
        passed=None if score is None else score >= rule.score,
        form=f"{entry.facts['scenario']} {entry.facts['form']}",
        new_form=entry.facts["new_form"],
        day=date.fromisoformat(entry.facts["day"]),
    )


def override_rate(entries: Iterable[Entry], manager_id: str) -> tuple[int, int]:
    """How many of a manager's decisions went past the rule, and of how many."""
    kinds = [entry.kind for entry in entries if entry.author_id == manager_id and entry.kind in DECISIONS]
    return sum(kind in OVERRIDES for kind in kinds), len(kinds)


class _Course:
    """The way through the entries; a team's takes thousands of steps, so they change it in place."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.state: State = "not begun"
        self.row: list[Evidence] = []
        self.retest: Evidence | None = None
        self.retest_from: date | None = None
        self.decision: Entry | None = None
        self.mastered_at: datetime | None = None
        self.reviews: list[Evidence] = []
        self.attempts: list[Evidence] = []

    def decide(self, entry: Entry) -> None:
        self.decision = entry
        if entry.kind in ("signed off", "declared mastered"):
            self.state, self.mastered_at, self.reviews = "mastered", entry.written_at, []
        else:
            self.mastered_at = None
            self.begin_anew()

    def attempt(self, one: Evidence) -> None:
        self.attempts.append(one)
        if one.passed is None:
            self.state = "practising" if self.state == "not begun" else self.state
        elif self.mastered_at is not None:
            self.reviews.append(one)
            self.state = "mastered" if one.passed else "to refresh"
        elif one.passed:
            self._pass(one)
        else:
            self.begin_anew()  # what was reached before is no longer in a row

    def begin_anew(self) -> None:
        self.state, self.row, self.retest, self.retest_from = "practising", [], None, None

    def _pass(self, one: Evidence) -> None:
        if self.retest_from is None:
            self.state = "practising"
            self.row.append(one)
            if len(self.row) >= self.rule.passes and not _short(self.row, self.rule):
                self.state = "waiting for the retest"
                self.retest_from = one.day + timedelta(days=self.rule.retest_after)
        elif self.retest is None and one.day >= self.retest_from:
            self.state, self.retest = "ready for sign-off", one

    def standing(self) -> Standing:
        return Standing(
            state=self.state,
            row=tuple(self.row),
            retest=self.retest,
            retest_from=self.retest_from,
            missing=self._missing(),
            decision=self.decision,
            mastered_at=self.mastered_at,
            reviews=tuple(self.reviews),
            attempts=tuple(self.attempts),
        )

    def _missing(self) -> tuple[str, ...]:
        match self.state:
            case "not begun" | "practising":
                return _short(self.row, self.rule)
            case "waiting for the retest":
                return ("a retest",)
            case "to refresh":
                return ("one pass",)
            case _:
                return ()


def _short(row: Sequence[Evidence], rule: Rule) -> tuple[str, ...]:
    """What a row of passes lacks, before any retest."""
    lacks = []
    if (left := rule.passes - len(row)) > 0:
        more = "more " if row else ""
        lacks.append(f"{left} {more}{'pass' if left == 1 else 'passes'} in a row")
    if (left := rule.forms - len({one.form for one in row})) > 0:
        lacks.append("another form" if row else f"in {rule.forms} forms")
    if len({one.form for one in row if one.new_form}) < rule.new_forms:
        lacks.append("a form that is new or unmet for 3 weeks")
    if (left := rule.days - len({one.day for one in row})) > 0:
        lacks.append("another day" if row else f"on {rule.days} days")
    return tuple(lacks)
