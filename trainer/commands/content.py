"""What the practice on this machine says about scenarios: for `check`, and how hard they are, for lists."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.schema import Scenario
    from trainer.coaching.content import Health
    from trainer.coaching.difficulty import Difficulty
    from trainer.config import Config
    from trainer.store import Store


def health_of(scenarios: "Sequence[Scenario]") -> "Health | None":
    """What practice says of them; None where nobody has practised on this machine.

    A rep's own machine tells them what they practise, warm-ups included; figures about scenarios rest on the
    assessed attempts of many people, and those are where the manager is.
    """
    from datetime import UTC, datetime

    from scenarios.headings import ids
    from trainer.coaching.content import QUIET, health, own

    now = datetime.now(UTC)
    with _store() as (store, me):
        if store is None:
            return None
        if me.role == "rep":
            rep = store.person(me.name)
            firsts, practised = [], own(store.attempts(rep.id, finished=True) if rep else [], now - QUIET)
        else:
            firsts, practised = store.firsts.all(verdicts=True), store.firsts.practised(now - QUIET)
    return health(scenarios, firsts, practised, now, of_library=len(ids())) if practised else None


def difficulties(scenarios: "Sequence[Scenario]") -> "dict[str, Difficulty]":
    """How hard the scenarios are that ten people met, by id; nothing on a rep's own machine."""
    from trainer.coaching.difficulty import measured

    with _store() as (store, me):
        return measured(scenarios, store.firsts.all()) if store and me.role != "rep" else {}


def lines(found: "Health") -> Iterator[str]:
    """The section of `check`."""
    from trainer.commands.output import counted

    yield f"\nFrom {counted(found.attempts, 'attempt')} on this machine:"
    if found.unpractised:
        yield f"  Nobody practised for 90 days: {', '.join(found.unpractised)}."
    for scenario, remarks in groupby(found.remarks, key=lambda one: one.scenario):
        yield f"  {scenario}"
        for one in remarks:
            yield f"    {f'{one.about} ' if one.about else ''}{one.says}."
    if not found.unpractised and not found.remarks:
        yield "  Nothing stands out."
    if found.enough < found.of:
        yield f"  {found.enough} of {found.of} have the ten first attempts it takes to say how hard they are."
    if found.outdated:
        were = "attempt was" if found.outdated == 1 else "attempts were"
        yield f"  {found.outdated} first {were} at other words or another rubric than now, and left out."


def as_json(found: "Difficulty | None") -> dict[str, Any] | None:
    """For `list` and `show`: None where fewer than ten people met it."""
    if found is None:
        return None
    return {
        "people": found.people,
        "passed": found.passed,
        "share": [round(one, 3) for one in found.share],
        "mean_score": round(found.mean, 1),
        "mean_score_interval": [round(one, 1) for one in found.mean_score],
    }


@contextmanager
def _store() -> "Iterator[tuple[Store | None, Config]]":
    """The store and whose it is; None where there is none, or where it can't be read, which is said."""
    from trainer.commands import options
    from trainer.commands.output import note
    from trainer.store import Store, StoreError

    me = options.config()
    if not options.paths().database.exists():
        yield None, me
        return
    try:
        store = Store.open(options.paths().database)
    except StoreError as error:
        note(f"Nothing of what was practised: {error}")
        yield None, me
        return
    with store:
        yield store, me
