"""Who needs the manager this week, in what order and why, within the minutes that the manager has.

Worked out from assessed attempts, the ledger, sessions and assignments; warm-ups have no part in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from trainer.coaching import reviews, standings, wording
from trainer.coaching.mastery import Rule, Standing
from trainer.coaching.rules import rule_of
from trainer.coaching.standings import WEEK, RuleOf, TeamStandings
from trainer.store import Store
from trainer.store.coaching.ledger import Entry
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Person, TeamRow

Reason = Literal[
    "ready for sign-off",
    "nothing practised",
    "session without an end",
    "review failed",
    "stuck",
    "late",
    "review due",
    "on track",
]

MINUTES: Mapping[Reason, int] = {
    "ready for sign-off": 10,  # the ledger, one recording, a word to the rep
    "nothing practised": 10,  # a call before the session, or moving it
    "session without an end": 5,  # noting how it went and the next step
    "review failed": 10,  # the attempt that failed, and a practice
    "stuck": 15,  # two or three of the replies heard, one shown how
    "late": 5,  # a word, or another day
    "review due": 5,  # asking for it
    "on track": 0,
}
"""What a reason usually takes of the manager's week, most pressing first: a starting point by judgement,
not a measurement. The weekly session itself is not in it, for it is fixed."""

TRIES = 3
"""Assessed attempts in a row that miss the same criterion before somebody is stuck."""


@dataclass(frozen=True, slots=True)
class Priority:
    """One rep in the manager's week.

    `why` is the reason in a few words. `minutes` is what it takes, `fits` whether that is within the
    manager's week after everything more pressing. `skill` is what the reason is about, mostly the focus;
    `missing` a criterion that the last attempts of the focus did not meet. `session` is the next one, or
    one that has begun and has no end yet.
    """

    rep: Person
    focus: str | None
    skill: str | None
    target: int
    reason: Reason
    why: str
    minutes: int
    fits: bool
    missing: str | None
    standing: Standing
    session: CoachingSession | None
    last_score: int | None
    trend: tuple[int, ...]

    @property
    def needs(self) -> bool:
        """Whether the manager has something to do here."""
        return self.reason != "on track"


@dataclass(frozen=True, slots=True)
class Week:
    """The whole team: those to see this week first, then those who would need more time, then the rest."""

    minutes: int
    team: tuple[Priority, ...]

    @property
    def needing(self) -> int:
        """How many need the manager."""
        return sum(one.needs for one in self.team)


def week(store: Store, now: datetime, minutes: int, rule: RuleOf = rule_of) -> Week:
    """The team as its manager goes through it. `now` is in the manager's time zone."""
    team = standings.of_team(store, now, rule)
    return Week(minutes, tuple(_within(minutes, [_priority(row, team) for row in team.rows])))


def missing_longest(attempts: Sequence[Entry]) -> tuple[str | None, int]:
    """The criterion that was missed in the most attempts in a row up to the newest, and in how many."""
    found: dict[str, int] = {}
    still: list[str] = []
    for number, entry in enumerate(reversed(attempts)):
        missed = entry.facts.get("missed", ())
        still = [one for one in missed if number == 0 or one in still]
        if not still:
            break
        for one in still:
            found[one] = number + 1
    longest = max(found, key=lambda one: found[one], default=None)
    return longest, found[longest] if longest else 0


def _priority(row: TeamRow, team: TeamStandings) -> Priority:
    focus = team.focus[row.rep.id]
    rule = team.rule(focus.skill, focus.target) if focus.skill else Rule()
    now = team.standing(row.rep.id, focus.skill, rule) if focus.skill else Standing()
    missing, tries = missing_longest([one.entry for one in now.attempts])
    quiet = Priority(
        rep=row.rep,
        focus=focus.skill,
        skill=focus.skill,
        target=rule.score,
        reason="on track",
        why="on track" if row.attempts else "nothing practised yet",
        minutes=0,
        fits=False,
        missing=missing,
        standing=now,
        session=team.sessions.get(row.rep.id),
        last_score=row.last_score,
        trend=row.trend,
    )
    found = _reason(row, quiet, tries, team)
    if found is None:
        return quiet
    reason, why, skill = found
    return replace(quiet, reason=reason, why=why, skill=skill, minutes=MINUTES[reason])


def _reason(
    row: TeamRow, one: Priority, tries: int, team: TeamStandings
) -> tuple[Reason, str, str | None] | None:
    """The most pressing reason, in words, and the skill it is about."""
    if one.standing.state == "ready for sign-off":
        return "ready for sign-off", "ready for sign-off", one.focus
    if one.session and (found := _of_session(row, one.session, team.now)):
        return *found, one.focus
    if failed := _failed_review(row.rep.id, team):
        return "review failed", f"review failed{_named(failed, one.focus)}", failed
    if one.missing and tries >= TRIES:
        return "stuck", f"{tries} tries, {_plain(one.missing)} still missing", one.focus
    if late := team.late.get(row.rep.id):
        return "late", f"assignment {wording.due(late.due, team.now.date())}", late.skill
    if due := _due_review(row.rep.id, team):
        return "review due", f"review due{_named(due, one.focus)}", due
    return None


def _of_session(row: TeamRow, session: CoachingSession, now: datetime) -> tuple[Reason, str] | None:
    starts = session.starts_at.astimezone(now.tzinfo)
    if starts + timedelta(minutes=session.minutes) <= now:
        return "session without an end", f"session {wording.past(starts.date(), now.date())} not closed yet"
    practised = row.last_practice is not None and row.last_practice >= session.starts_at - WEEK
    if practised or (starts.date() - now.date()).days > 1:
        return None
    return "nothing practised", f"session {wording.coming(starts.date(), now.date())}, nothing practised"


def _failed_review(rep_id: str, team: TeamStandings) -> str | None:
    for skill in team.mastered.get(rep_id, ()):
        if team.standing(rep_id, skill, team.rule(skill, 0)).state == "to refresh":
            return skill
    return None


def _due_review(rep_id: str, team: TeamStandings) -> str | None:
    for skill in team.mastered.get(rep_id, ()):
        rule = team.rule(skill, 0)
        due = reviews.due(team.standing(rep_id, skill, rule), rule)
        if due is not None and due <= team.now:
            return skill
    return None


def _within(minutes: int, team: Iterable[Priority]) -> list[Priority]:
    """In order of need; what fits into the minutes first, then what does not, then who is on track."""
    order = list(MINUTES)
    ranked = sorted(team, key=lambda one: (order.index(one.reason), _soon(one), one.rep.name.casefold()))
    left, found = minutes, []
    for one in ranked:
        fits = one.needs and one.minutes <= left
        left -= one.minutes if fits else 0
        found.append(replace(one, fits=fits))
    return sorted(found, key=lambda one: (not one.fits, not one.needs))


def _soon(one: Priority) -> float:
    return one.session.starts_at.timestamp() if one.session else float("inf")


def _named(skill: str, focus: str | None) -> str:
    return "" if skill == focus else f": {_plain(skill)}"


def _plain(slug: str) -> str:
    return slug.replace("-", " ")
