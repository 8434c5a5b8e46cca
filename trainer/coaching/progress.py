"""How a rep has been doing, as their manager sees it: from assessed attempts alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.rubric import Rubric
from trainer.coaching.agreed import Cadence, LastStep, cadence, last_step
from trainer.coaching.awareness import Awareness, awareness
from trainer.coaching.plan import Path, Waypoint, next_session, path, waypoint
from trainer.coaching.priorities import missing_longest
from trainer.coaching.rules import rubric_of
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Assignment, AttemptSummary, Person, Result

PLOTTED = 16
"""Attempts of the focus skill that are plotted."""

LISTED = 60
"""Attempts that are listed."""


@dataclass(frozen=True, slots=True)
class Course:
    """One criterion over the attempts that are plotted, oldest first.

    `shares` says in which share of its turns it was met, None where it could not be judged. `attempt_id` is
    the newest attempt that missed it, or else the newest that was judged on it.
    """

    criterion: str
    says: str
    shares: tuple[float | None, ...]
    attempt_id: str | None

    @property
    def now(self) -> bool | None:
        """Whether it was met throughout the newest attempt that was judged on it."""
        judged = [one for one in self.shares if one is not None]
        return judged[-1] == 1 if judged else None


@dataclass(frozen=True, slots=True)
class Plotted:
    """One attempt of the focus skill in the plot."""

    attempt_id: str
    at: datetime
    score: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A rep's page. `focus` is the skill of the plan that is worked on, or what was practised last.

    `missing` is a criterion that the last attempts lack, `awareness` that of the focus skill. `asked` are all
    practices ever asked for, `open` those not yet reached. `comments` says by attempt how many there are.
    """

    rep: Person
    focus: Waypoint | None
    path: Path | None
    plotted: tuple[Plotted, ...]
    courses: tuple[Course, ...]
    missing: str | None
    awareness: Awareness | None
    asked: tuple[Assignment, ...]
    open: tuple[Assignment, ...]
    cadence: Cadence
    session: CoachingSession | None
    last_step: LastStep | None
    attempts: tuple[AttemptSummary, ...]
    comments: Mapping[str, int]


def progress(store: Store, rep: Person, now: datetime) -> Progress:
    """As things are at `now`."""
    sessions = store.sessions.of_rep(rep.id)
    asked, still_open = store.assignments(rep.id, open_only=False), store.assignments(rep.id)
    seen = store.team_attempts(rep.id, limit=LISTED)
    assessed = [one for one in seen if one.attempt.kind == "assessed"]
    way = path(store, rep)
    focus = (way.focus if way else None) or _without_plan(store, rep, still_open, assessed)
    skill = focus.step.skill if focus else None
    shown = [one for one in assessed if one.attempt.skill == skill][:PLOTTED][::-1]
    results = [result for one in shown if (result := store.result(one.attempt.id))]
    held = [one for one in sessions if one.end and one.end.outcome == "kept" and one.starts_at <= now]
    return Progress(
        rep=rep,
        focus=focus,
        path=way,
        plotted=tuple(Plotted(one.attempt.id, one.attempt.started_at, one.score) for one in shown),
        courses=_courses(results, rubric_of(skill) if skill else None),
        missing=missing_longest([one.entry for one in focus.standing.attempts])[0] if focus else None,
        awareness=awareness(store.notes.self_marks(rep.id, skill=skill, assessed_only=True)),
        asked=tuple(asked),
        open=tuple(still_open),
        cadence=cadence(sessions, now),
        session=next_session(sessions, now),
        last_step=last_step(held[-1] if held else None, assessed, asked, still_open),
        attempts=tuple(seen),
        comments=store.notes.comments(rep.id),
    )


def _without_plan(
    store: Store, rep: Person, still_open: Sequence[Assignment], seen: Sequence[AttemptSummary]
) -> Waypoint | None:
    """What is asked for first, or what was practised last."""
    skills = [*(one.skill for one in still_open), *(one.attempt.skill for one in seen)]
    if not skills:
        return None
    return waypoint(store, rep, Step(skills[0], 0, 1), store.ledger.of_rep(rep.id, skills[0]))


def _courses(results: Sequence[Result], rubric: Rubric | None) -> tuple[Course, ...]:
    """In the order of the rubric; what never came up is left out."""
    came_up = {one.id for result in results for one in result.score.criteria}
    criteria = rubric.criteria if rubric else ()
    return tuple(
        Course(
            criterion=one.id,
            says=one.says,
            shares=tuple(_share(result, one.id) for result in results),
            attempt_id=_worth_opening(results, one.id),
        )
        for one in criteria
        if one.id in came_up
    )


def _share(result: Result, criterion: str) -> float | None:
    met, judged = result.score.tally.get(criterion, (0, 0))
    if judged:
        return met / judged
    verdict = next((one.met for one in result.score.criteria if one.id == criterion), None)
    return None if verdict is None else float(verdict)


def _worth_opening(results: Sequence[Result], criterion: str) -> str | None:
    judged = [one for one in reversed(results) if _share(one, criterion) is not None]
    missed = [one for one in judged if _share(one, criterion) != 1]
    return (missed or judged)[0].attempt_id if judged else None
