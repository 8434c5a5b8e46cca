"""A rep who has practised and been coached, made through the real session, scorer and ledger."""

from datetime import datetime, timedelta
from itertools import chain

import numpy as np

from scenarios.loader import load
from scoring.transcript import Transcript, Word
from tests.app.conftest import NOW, House
from trainer.audio.takes import TakeWriter
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.ids import new_id
from trainer.store.records import Kind, Person

PRICE, BUDGET = "price-objection", "qualify-budget"
SCENARIO = "price-20-percent"
READY = ((12, "A"), (11, "B"), (10, "A"), (2, "B"))
"""Days ago and form of the passes that make a rep ready for sign-off."""


class Then:
    """The time in the past at which something is logged."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at


def opened(house: House, then: Then) -> Store:
    """The store, which dates what it adds by `then`."""
    return Store.open(house.paths.database, now=then)


def person(store: Store, name: str = "Ana Ruiz") -> Person:
    """Somebody by name, added if need be."""
    return store.person(name) or store.add_person(name, "manager" if name == "Mara Voss" else "rep")


def practise(
    house: House,
    ago: int,
    how: str,
    *,
    name: str = "Ana Ruiz",
    form: str = "A",
    kind: Kind = "assessed",
    scenario: str = SCENARIO,
    says_met: bool | None = None,
) -> str:
    """One attempt so many days ago, turn by turn a good reply (+) or a poor one (-); its id."""
    then = Then()
    then.at = NOW - timedelta(days=ago)
    with opened(house, then) as store:
        session = Session.start(
            store, load(scenario), form, person(store, name), kind, takes_folder=house.paths.takes, now=then
        )
        for which, good in enumerate(chain(how, how[-1] * 9)):
            examples = session.turn.exemplars if good == "+" else session.turn.counter_examples
            words = [
                Word(word, 0.5 * at, 0.5 * at + 0.4, 0.9)
                for at, word in enumerate(examples[which % len(examples)].split())
            ]
            heard = Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=20.0)
            writer = TakeWriter(house.paths.takes / session.attempt.id, new_id())
            writer.write(np.ones(16_000, np.int16))
            session.judge(heard, session.keep(writer.finish()))
            if says_met is not None and session.reply is not None:
                criteria = session.reply.scorecard.criteria
                store.notes.mark_self(session.reply.id, {one.id: says_met for one in criteria})
            if session.go_on() is None:
                return session.attempt.id
    raise AssertionError("the scenario has more than ten turns")


def make_ready(house: House, *, says_met: bool | None = None) -> list[str]:
    """Ana is ready for sign-off; the ids of her attempts."""
    return [practise(house, ago, "++++", form=form, says_met=says_met) for ago, form in READY]


def plan(house: House) -> None:
    """Ana's plan, made by Mara long ago: price first, then the budget."""
    then = Then()
    then.at = NOW - timedelta(days=40)
    with opened(house, then) as store:
        steps = [Step(PRICE, 80, 4), Step(BUDGET, 80, 3)]
        store.plans.make(person(store).id, person(store, "Mara Voss").id, steps)


def session_in(house: House, days: float) -> None:
    """A session of Ana and Mara so many days from now."""
    with house.store as store:
        at = NOW + timedelta(days=days)
        store.sessions.plan(person(store).id, person(store, "Mara Voss").id, at)
