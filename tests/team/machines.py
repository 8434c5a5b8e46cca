"""Machines of one team, each with its own store, and what passes between them."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.store.records import NOON, attempt, reply, result, take
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.exchange.incoming import Fate
from trainer.store.exchange.record import Member, Record
from trainer.store.records import Attempt
from trainer.team.bodies import NotTakenError, UnknownKindError, parse

ANA = Member(
    "019a7800-0000-7000-8000-00000000000a", "Ana Ruiz", "rep", "019a7800-0000-7000-8000-00000000000b"
)
MARA = Member("019a7800-0000-7000-8000-00000000000b", "Mara Holt", "manager", None)
TEAM = (ANA, MARA)


def machine(folder: Path, me: Member, name: str = "", team: Sequence[Member] = TEAM) -> Store:
    """A machine that has joined."""
    store = Store.open(folder / f"{name or me.name}.db", now=lambda: NOON)
    store.exchange.join(me)
    store.exchange.meet(team)
    return store


def facts(of: Attempt) -> dict[str, object]:
    """What an entry rests on."""
    return {
        "score": 75,
        "scenario": of.scenario,
        "form": of.form,
        "new_form": True,
        "day": "2025-11-12",
        "missed": [],
        "not_assessable": [],
        "replies": [{"scorer": "c0de"}],
    }


def practised(store: Store, rep: Member = ANA, *, form: str = "A") -> Attempt:
    """An assessed practice, spoken and finished, with its entry, a mark and a reflection."""
    person = store.person(rep.name)
    assert person is not None
    begun = attempt(person, form=form)
    store.add_attempt(begun)
    store.add_take(spoken := take(begun))
    store.add_reply(said := reply(begun, take_id=spoken.id))
    store.notes.mark_self(said.id, {"acknowledge": True})
    store.finish(result(begun))
    store.ledger.write(rep.id, begun.skill, "attempt", rep.id, attempt_id=begun.id, facts=facts(begun))
    store.notes.write(said.id, rep.id, "reflection", "I asked too late.")
    store.plans.agree(rep.id, begun.skill, 80, rep.id)
    store.privacy.gone(spoken.id, "asked")
    return begun


def managed(store: Store, begun: Attempt, *, rep: Member = ANA, manager: Member = MARA) -> None:
    """All that a manager writes about a rep."""
    said = store.attempt(begun.id).replies[0]
    store.notes.write(said.id, manager.id, "comment", "Good question.", at_second=3.5)
    store.notes.mark_exemplary(said.id, manager.id)
    asked = store.assign(rep.id, "price-20-percent", skill="price-objection", manager_id=manager.id)
    store.plans.make(rep.id, manager.id, [Step("price-objection", 80, 3)])
    store.plans.agree(rep.id, "price-objection", 80, manager.id)
    held = store.sessions.plan(rep.id, manager.id, NOON)
    store.sessions.finish(held.id, "kept", manager.id, next_step="Again.", assignment_id=asked.id)
    taken_back = store.assign(rep.id, "just-send-a-quote", skill="qualify-budget", manager_id=manager.id)
    store.withdraw(taken_back, manager.id, "Too early.")
    store.ledger.write(rep.id, "price-objection", "signed off", manager.id, reason="Three times well.")
    store.privacy.look(manager.id, rep.id, "attempt", begun.id)


def sends(store: Store) -> list[Record]:
    """What a machine sends, as it arrives: through JSON."""
    records = store.exchange.unsent(10_000)
    store.exchange.sent(records)
    return [
        Record(one.id, one.kind, one.author, one.rep, json.loads(json.dumps(dict(one.body))))
        for one in records
    ]


def receives(store: Store, records: Iterable[Record]) -> Counter[Fate]:
    """A machine takes them in, and what waited for one of them after that."""
    fates: Counter[Fate] = Counter()
    for record in [*records, *store.exchange.held_back()]:
        fates += receives_one(store, record)
    while any(receives_one(store, record)["new"] for record in store.exchange.held_back()):
        pass
    return fates


def receives_one(store: Store, record: Record) -> Counter[Fate]:
    try:
        return store.exchange.take_in([parse(record)], {})
    except NotTakenError as error:
        return store.exchange.take_in([], {}, refused=[(record, str(error))])
    except UnknownKindError as error:
        return store.exchange.take_in([], {}, unreadable=[(record, str(error))])
