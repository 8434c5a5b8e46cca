"""A rep's path through the skills: which one is in focus, who agreed to its target, what comes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trainer.coaching.agreed import STILL_ON
from trainer.coaching.mastery import Rule, Standing, standing
from trainer.coaching.rules import rubric_of, rule_of
from trainer.store import Store
from trainer.store.coaching.ledger import Entry
from trainer.store.coaching.plans import Agreement, Plan, Step
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.records import Person

DONE = ("mastered", "to refresh")
"""States in which the plan has moved on: a failed review reopens a skill, it doesn't throw the plan over."""


@dataclass(frozen=True, slots=True)
class Yes:
    """What rep and manager said of a target last, None where one has said nothing yet."""

    rep: int | None = None
    manager: int | None = None

    @property
    def target(self) -> int | None:
        """The target that both said yes to."""
        return self.rep if self.rep == self.manager else None

    def missing(self, target: int) -> tuple[str, ...]:
        """Whose yes to `target` is missing: "rep", "manager"."""
        said = (("rep", self.rep), ("manager", self.manager))
        return tuple(who for who, to in said if to != target)


@dataclass(frozen=True, slots=True)
class Waypoint:
    """One step of a plan as it is now. `target` is what both agreed on, else what the plan proposes."""

    step: Step
    title: str
    target: int
    yes: Yes
    rule: Rule
    standing: Standing

    @property
    def done(self) -> bool:
        """Whether the plan has moved on."""
        return self.standing.state in DONE


@dataclass(frozen=True, slots=True)
class Path:
    """A plan and where the rep is on it; `focus` is None when all of it is mastered."""

    plan: Plan
    waypoints: tuple[Waypoint, ...]
    focus: Waypoint | None


def path(store: Store, rep: Person) -> Path | None:
    """The plan that stands, None before there is one."""
    plan = store.plans.of_rep(rep.id)
    if plan is None:
        return None
    ledger = store.ledger.of_rep(rep.id)
    found = tuple(waypoint(store, rep, step, ledger) for step in plan.steps)
    focus = focus_step(plan, {one.step.skill: one.standing for one in found})
    return Path(plan, found, next((one for one in found if one.step == focus), None))


def waypoint(store: Store, rep: Person, step: Step, ledger: Iterable[Entry]) -> Waypoint:
    """One step; `ledger` may hold other skills too."""
    said = yes(store.plans.agreements(rep.id, step.skill), rep.id)
    rule = rule_of(step.skill, said.target or step.target)
    rubric = rubric_of(step.skill)
    return Waypoint(
        step=step,
        title=rubric.title if rubric else step.skill.replace("-", " ").capitalize(),
        target=rule.score,
        yes=said,
        rule=rule,
        standing=standing([entry for entry in ledger if entry.skill == step.skill], rule),
    )


def focus_step(plan: Plan, standings: Mapping[str, Standing]) -> Step | None:
    """The one focus skill: the first step that is not mastered; None when there is none left."""
    open_steps = (step for step in plan.steps if standings.get(step.skill, Standing()).state not in DONE)
    return next(open_steps, None)


def yes(agreements: Sequence[Agreement], rep_id: str) -> Yes:
    """Of each of the two the newest word about one skill; `agreements` are oldest first."""
    own = [one.target for one in agreements if one.person_id == rep_id]
    others = [one.target for one in agreements if one.person_id != rep_id]
    return Yes(own[-1] if own else None, others[-1] if others else None)


def next_session(sessions: Iterable[CoachingSession], now: datetime) -> CoachingSession | None:
    """The earliest that has no end and is not long over."""
    return next((one for one in sessions if not one.end and one.starts_at > now - STILL_ON), None)
