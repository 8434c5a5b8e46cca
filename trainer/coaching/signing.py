"""What a manager has in front of them when they sign a skill off: the ledger, not a number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.coaching.mastery import DECISIONS, Evidence, Standing, evidence, override_rate
from trainer.coaching.plan import Waypoint, path, waypoint
from trainer.store import Store
from trainer.store.coaching.ledger import Entry, EntryKind
from trainer.store.coaching.plans import Step
from trainer.store.records import Person

NEEDS_REASON: tuple[EntryKind, ...] = ("sent back", "declared mastered", "declared not mastered")


@dataclass(frozen=True, slots=True)
class Case:
    """The evidence for one rep's skill.

    `counted` are the passes that count now, with the retest; `others` every other assessed attempt, newest
    first. `not_assessable` says of the counted ones which criterion could not be judged and how often.
    `overrides` is how many of this manager's decisions went past the rule, and of how many.
    """

    rep: Person
    waypoint: Waypoint
    counted: tuple[Evidence, ...]
    others: tuple[Evidence, ...]
    decisions: tuple[tuple[Entry, str], ...]
    not_assessable: Mapping[str, int]
    overrides: tuple[int, int]

    @property
    def standing(self) -> Standing:
        """Where the rep stands."""
        return self.waypoint.standing

    @property
    def mastered(self) -> bool:
        """Whether the manager's word is that it is mastered."""
        return self.standing.mastered_at is not None

    @property
    def override(self) -> EntryKind:
        """What going past the rule would say."""
        return "declared not mastered" if self.mastered else "declared mastered"

    def open_to(self) -> tuple[EntryKind, ...]:
        """What can be decided now."""
        kinds: list[EntryKind] = [self.override]
        if self.standing.state == "ready for sign-off":
            kinds.append("signed off")
        if self.counted and not self.mastered:
            kinds.append("sent back")
        return tuple(kinds)


def case(store: Store, rep: Person, skill: str, manager: Person) -> Case:
    """As things are now."""
    ledger = store.ledger.of_rep(rep.id, skill)
    way = waypoint(store, rep, _step(store, rep, skill), ledger)
    now = way.standing
    tried = [evidence(one, way.rule) for one in ledger if one.kind == "attempt"]
    counted = (*now.row, *([now.retest] if now.retest else []), *now.reviews)
    kept = {one.entry.id for one in counted}
    names = {one.id: one.name for one in store.people()}
    return Case(
        rep=rep,
        waypoint=way,
        counted=counted,
        others=tuple(one for one in reversed(tried) if one.entry.id not in kept),
        decisions=tuple(
            (one, names.get(one.author_id, "")) for one in reversed(ledger) if one.kind in DECISIONS
        ),
        not_assessable=Counter(
            criterion for one in counted for criterion in one.entry.facts.get("not_assessable", ())
        ),
        overrides=override_rate(store.ledger.decisions(), manager.id),
    )


def decide(
    store: Store, found: Case, kind: EntryKind, manager: Person, *, reason: str, recomputed: str
) -> str | None:
    """Writes the manager's word into the ledger; the skill that the plan moves on to, None if it stays.

    The entry names the attempts it rests on and how recomputing their scores came out.
    """
    before = path(store, found.rep)
    store.ledger.write(
        found.rep.id,
        found.waypoint.step.skill,
        kind,
        manager.id,
        reason=reason,
        facts={
            "target": found.waypoint.target,
            "rests_on": [one.entry.hash for one in found.counted],
            "recomputed": recomputed,
        },
    )
    after = path(store, found.rep)
    moved_to = after.focus.step.skill if after and after.focus else None
    return moved_to if before and before.focus and before.focus.step.skill != moved_to else None


def _step(store: Store, rep: Person, skill: str) -> Step:
    """The plan's own step, or one for a skill that is in no plan."""
    plan = store.plans.of_rep(rep.id)
    return next((one for one in (plan.steps if plan else ()) if one.skill == skill), Step(skill, 0, 1))
