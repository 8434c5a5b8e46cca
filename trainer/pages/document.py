"""The brief as JSON-ready values; their shape is a promise to other programs."""

from dataclasses import asdict
from typing import Any

from trainer.coaching.brief import Brief
from trainer.coaching.business import Series
from trainer.coaching.changes import Change, Tally
from trainer.coaching.holding_back import HoldingBack
from trainer.store.records import Assignment


def document(brief: Brief) -> dict[str, Any]:
    """Times in ISO 8601 with their zone; null where there is nothing to say."""
    step, session, focus = brief.last_step, brief.session, brief.focus
    return {
        "rep": brief.rep.name,
        "made_at": brief.made_at.isoformat(),
        "since": brief.since.isoformat(),
        "first": brief.first,
        "session": session and {"starts_at": session.starts_at.isoformat(), "minutes": session.minutes},
        "sessions": asdict(brief.cadence),
        "focus": focus
        and {
            "skill": focus.skill,
            "title": focus.title,
            "target": focus.target,
            "agreed": focus.agreed,
            "state": focus.standing.state,
            "missing": list(focus.standing.missing),
        },
        "last_step": step and {**asdict(step), "agreed_at": step.agreed_at.isoformat()},
        "practice": {
            "attempts": brief.practice.attempts,
            "days": brief.practice.days,
            "best": brief.practice.best,
            "asked": len(brief.practice.asked),
            "reached": len(brief.practice.reached),
        },
        "scores": [
            {"attempt": one.attempt_id, "at": one.at.isoformat(), "score": one.score} for one in brief.points
        ],
        "criteria": [_change(one) for one in brief.changes],
        "holding_back": brief.holding_back and _holding_back(brief.holding_back),
        "awareness": brief.awareness and asdict(brief.awareness),
        "awareness_before": brief.awareness_before and asdict(brief.awareness_before),
        "thoughts": [{**asdict(one), "written_at": one.written_at.isoformat()} for one in brief.thoughts],
        "business": [business(one) for one in brief.business],
        "reviews": [{**asdict(one), "day": one.day.isoformat()} for one in brief.reviews],
        "open": [_assignment(one) for one in brief.open],
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"met": tally.met, "judged": tally.judged}


def _change(one: Change) -> dict[str, Any]:
    return {
        "criterion": one.criterion,
        "move": one.move,
        "says": one.says,
        "before": _tally(one.before),
        "now": _tally(one.now),
        "better": one.better,
    }


def _holding_back(one: HoldingBack) -> dict[str, Any]:
    quotes = [{**asdict(quote), "said_at": quote.said_at.isoformat()} for quote in one.quotes]
    return {
        "criterion": one.criterion,
        "move": one.move,
        "says": one.says,
        **_tally(one.tally),
        "quotes": quotes,
        "question": one.question,
    }


def business(one: Series) -> dict[str, Any]:
    """One measure week by week."""
    return {
        "measure": one.measure,
        "weeks": one.weeks,
        "too_early": one.too_early,
        "by_week": [{**asdict(week), "monday": week.monday.isoformat()} for week in one.by_week],
    }


def _assignment(one: Assignment) -> dict[str, Any]:
    due = one.due.isoformat() if one.due else None
    return {"scenario": one.scenario, "skill": one.skill, "target": one.target, "due": due}
