"""The page that rep and manager both read before they talk: its data, worked out anew from the facts.

Assessed attempts alone go into it: nothing in it comes from a warm-up or a drill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from trainer.coaching.agreed import STILL_ON, Cadence, LastStep, Practice, cadence, last_step, practice
from trainer.coaching.awareness import Awareness, awareness
from trainer.coaching.business import Series, beside_practice
from trainer.coaching.changes import Change, Judged, changes
from trainer.coaching.comeback import ReviewDue, reviews
from trainer.coaching.holding_back import HoldingBack, holding_back
from trainer.coaching.mastery import Rule, Standing
from trainer.coaching.plan import waypoint
from trainer.coaching.rules import rubric_of
from trainer.store import Store
from trainer.store.coaching.ledger import Entry
from trainer.store.coaching.plans import Step
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Assignment, AttemptSummary, Person

COMPARED = 5
"""Attempts before the last session that those since are set against."""

WITHOUT_SESSION = timedelta(weeks=4)
"""How far a first brief looks back."""

SHOWN_WEEKS = 12
"""Weeks of scores in the chart."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The skill worked on, with the target both agreed on (or the pass mark) and where the rep stands."""

    skill: str
    title: str
    target: int
    agreed: bool
    rule: Rule
    standing: Standing


@dataclass(frozen=True, slots=True)
class Point:
    """One attempt of the focus skill, for the chart."""

    attempt_id: str
    at: datetime
    score: int


@dataclass(frozen=True, slots=True)
class Thought:
    """What the rep wrote about one of their replies."""

    attempt_id: str
    scenario: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything on the page. Moments are in the time zone of `made_at`; `since` is where "since" begins.

    `first` says that there was no session yet, `fresh` that the focus skill was practised since then; else
    `holding_back` is about the attempts before. `awareness_before` is that of before `since`. `open` are the
    practices asked for and not yet reached.
    """

    rep: Person
    made_at: datetime
    since: datetime
    first: bool
    session: CoachingSession | None
    cadence: Cadence
    focus: Focus | None
    last_step: LastStep | None
    practice: Practice
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    holding_back: HoldingBack | None
    fresh: bool
    awareness: Awareness | None
    awareness_before: Awareness | None
    thoughts: tuple[Thought, ...]
    business: tuple[Series, ...]
    reviews: tuple[ReviewDue, ...]
    open: tuple[Assignment, ...]


def brief(store: Store, rep: Person, now: datetime) -> Brief:
    """The brief of one rep as things are at `now` (aware; its zone is the one that days are told in)."""
    sessions = store.sessions.of_rep(rep.id)
    held = [one for one in sessions if one.end and one.end.outcome == "kept" and one.starts_at <= now]
    last = held[-1] if held else None
    since = (last.starts_at if last else now - WITHOUT_SESSION).astimezone(now.tzinfo)
    seen = [one for one in store.team_attempts(rep.id) if one.attempt.kind == "assessed"]
    ledger = store.ledger.of_rep(rep.id)
    asked = store.assignments(rep.id, open_only=False)
    still_open = store.assignments(rep.id)
    focus = _focus(store, rep, seen, still_open, ledger)
    of_skill = [one for one in seen if focus and one.attempt.skill == focus.skill]
    rubric = rubric_of(focus.skill) if focus else None
    now_judged = _judged(store, [one for one in of_skill if one.attempt.started_at >= since])
    before = _judged(store, [one for one in of_skill if one.attempt.started_at < since][:COMPARED])
    found = changes(before, now_judged, rubric)
    # Where nothing was practised since, what held back before still does.
    recent = now_judged or before
    lately = found if now_judged else changes((), before, rubric)
    marks = store.notes.self_marks(rep.id, skill=focus.skill, assessed_only=True) if focus else []
    return Brief(
        rep=rep,
        made_at=now,
        since=since,
        first=last is None,
        session=next((one for one in sessions if not one.end and one.starts_at > now - STILL_ON), None),
        cadence=cadence(sessions, now),
        focus=focus,
        last_step=last_step(last, seen, asked, still_open),
        practice=practice(seen, asked, still_open, since),
        points=_points(of_skill, now),
        changes=found,
        holding_back=holding_back(lately, recent, store.team_attempt, talks=len(held)),
        fresh=bool(now_judged),
        awareness=awareness([one for one in marks if one.marked_at >= since]),
        awareness_before=awareness([one for one in marks if one.marked_at < since]),
        thoughts=_thoughts(store, rep, now_judged),
        business=beside_practice(
            store.figures.of_rep(rep.id),
            [one.attempt.started_at.astimezone(now.tzinfo).date() for one in seen],
        ),
        reviews=reviews(ledger, now),
        open=tuple(still_open),
    )


def _focus(
    store: Store,
    rep: Person,
    seen: Sequence[AttemptSummary],
    still_open: Sequence[Assignment],
    ledger: Sequence[Entry],
) -> Focus | None:
    """The first skill of the plan that is not mastered; without one, what is asked for and begun."""
    plan = store.plans.of_rep(rep.id)
    steps = {step.skill: step.target for step in plan.steps} if plan else {}
    for skill, target in steps.items():
        one = _standing_of(store, rep, skill, target, ledger)
        if one.standing.state not in ("mastered", "to refresh"):
            return one
    asked = [one.skill for one in still_open]
    practised = [one.attempt.skill for one in seen]
    # A skill that is asked for and was not begun has nothing to talk about yet.
    others = [*(skill for skill in asked if skill in practised), *practised, *asked]
    return _standing_of(store, rep, others[0], 0, ledger) if others else None


def _standing_of(store: Store, rep: Person, skill: str, target: int, ledger: Sequence[Entry]) -> Focus:
    one = waypoint(store, rep, Step(skill, target, 1), ledger)
    return Focus(
        skill=skill,
        title=one.title,
        target=one.target,
        agreed=one.yes.target is not None,
        rule=one.rule,
        standing=one.standing,
    )


def _judged(store: Store, found: Sequence[AttemptSummary]) -> list[Judged]:
    results = [(one, store.result(one.attempt.id)) for one in found]
    return [Judged(one.attempt, result.finished_at, result.score) for one, result in results if result]


def _points(found: Sequence[AttemptSummary], now: datetime) -> tuple[Point, ...]:
    """Oldest first."""
    start = now - timedelta(weeks=SHOWN_WEEKS)
    return tuple(
        Point(one.attempt.id, one.attempt.started_at.astimezone(now.tzinfo), one.score)
        for one in reversed(found)
        if one.score is not None and one.attempt.started_at >= start
    )


def _thoughts(store: Store, rep: Person, attempts: Sequence[Judged]) -> tuple[Thought, ...]:
    """The two newest, from the newest attempts."""
    found = [
        Thought(judged.attempt.id, judged.attempt.scenario, note.text, note.written_at)
        for judged in attempts[:COMPARED]
        for note in store.notes.of_attempt(judged.attempt.id)
        if note.kind == "reflection" and note.author_id == rep.id
    ]
    return tuple(sorted(found, key=lambda one: one.written_at, reverse=True)[:2])
