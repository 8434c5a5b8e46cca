"""Six weeks of Ana and her manager Mara, through the real session, scorer and store, with a clock of ours."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path

import numpy as np

from scenarios.loader import load
from scoring.transcript import Transcript, Word
from trainer.audio.takes import TakeWriter
from trainer.coaching.entering import enter
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.coaching.drills import Place
from trainer.store.coaching.figures import Figure
from trainer.store.coaching.plans import Step
from trainer.store.coaching.sessions import CoachingSession
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Kind, Person, Take

THURSDAY = datetime(2025, 11, 27, 14, 0, tzinfo=UTC)
"""When the next session is."""

NOW = THURSDAY - timedelta(hours=1)
SECRET = "Nobody but me is to hear about the parrot."
"""What is said in warm-ups, drills and their notes alone."""


@dataclass
class Clock:
    """A time that moves when it is told to, and by half a minute with every look."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=30)
        return self.at


def heard(text: str) -> Transcript:
    """As if it had been spoken, at about 150 words a minute."""
    words = [Word(word, 0.5 + 0.4 * at, 0.8 + 0.4 * at, 0.95) for at, word in enumerate(text.split())]
    seconds = 1.0 + 0.4 * len(words)
    return Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=seconds)


@dataclass
class SixWeeks:
    """Made by `lived`; a test adds to it what it is about."""

    store: Store
    clock: Clock
    takes: Path
    ana: Person
    mara: Person
    attempts: list[Attempt] = field(default_factory=list)

    def practised(
        self,
        at: datetime,
        how: str,
        *,
        kind: Kind = "assessed",
        scenario: str = "price-20-percent",
        form: str = "A",
        recorded: bool = False,
        said: str = "",
    ) -> Attempt:
        """One attempt, turn by turn a good reply (+) or a poor one (-); the rep marks all of it as met."""
        self.clock.at = at
        whole = load(scenario)
        session = Session.start(
            self.store, whole, form, self.ana, kind, takes_folder=self.takes, now=self.clock
        )
        for number, sign in enumerate(chain(how, how[-1] * 9)):
            examples = session.turn.exemplars if sign == "+" else session.turn.counter_examples
            transcript = heard(said or examples[(number + len(self.attempts)) % len(examples)])
            take = self._take(session, transcript.seconds) if recorded else None
            reply = session.judge(transcript, take)
            self.store.notes.mark_self(reply.id, {one.id: True for one in reply.scorecard.criteria})
            if session.go_on() is None:
                break
        enter(self.store, session.attempt.id, session.rubric, session.form.lines)
        self.attempts.append(session.attempt)
        return session.attempt

    def talked(self, at: datetime, next_step: str, *, assignment_id: str | None = None) -> CoachingSession:
        """A session that took place."""
        self.clock.at = at
        session = self.store.sessions.plan(self.ana.id, self.mara.id, at)
        self.clock.at = at + timedelta(minutes=25)
        self.store.sessions.finish(
            session.id, "kept", self.mara.id, next_step=next_step, assignment_id=assignment_id
        )
        return session

    def _take(self, session: Session, seconds: float) -> Take:
        writer = TakeWriter(session.takes_folder / session.attempt.id, new_id())
        at = np.arange(round(seconds * 16_000)) / 16_000
        hum = 6000 * np.sin(2 * np.pi * 180 * at) * (0.4 + 0.6 * np.abs(np.sin(2 * np.pi * 1.7 * at)))
        writer.write(hum.astype(np.int16))
        return session.keep(writer.finish())


def begun(path: Path, takes: Path) -> SixWeeks:
    """The two people and nothing else."""
    clock = Clock(THURSDAY - timedelta(weeks=7))
    store = Store.open(path, now=clock)
    return SixWeeks(
        store, clock, takes, store.add_person("Ana Ruiz", "rep"), store.add_person("Mara Voss", "manager")
    )


def lived(path: Path, takes: Path) -> SixWeeks:
    """All of it, up to an hour before the session of this week."""
    world = begun(path, takes)
    store, ana, mara = world.store, world.ana, world.mara
    steps = [Step("status-quo", 80, 3), Step("price-objection", 80, 4), Step("qualify-budget", 80, 4)]
    store.plans.make(ana.id, mara.id, steps)
    for person in (ana, mara):
        store.plans.agree(ana.id, "price-objection", 80, person.id)
    _first_skill(world)
    _second_skill(world)
    _warm_ups(world)
    store.figures.add(_figures(ana))
    world.clock.at = NOW
    store.sessions.plan(ana.id, mara.id, THURSDAY)
    return world


def _first_skill(world: SixWeeks) -> None:
    """Status quo: mastered in the second week."""
    for week, how in ((6, "+-"), (5, "++")):
        world.practised(THURSDAY - timedelta(weeks=week, days=2), how, scenario="happy-with-what-we-have")
        world.talked(THURSDAY - timedelta(weeks=week), "Ask what it would take to look at it again.")
    world.clock.at = THURSDAY - timedelta(weeks=4)
    world.store.ledger.write(
        world.ana.id, "status-quo", "declared mastered", world.mara.id, reason="heard it with a customer"
    )


def _second_skill(world: SixWeeks) -> None:
    """Price objection: two sessions, one of them missed, and three attempts since the last."""
    store, ana, mara = world.store, world.ana, world.mara
    for days, how in ((26, "--"), (22, "+---"), (16, "-+--"), (12, "+-+-")):
        world.practised(THURSDAY - timedelta(days=days), how)
    world.clock.at = THURSDAY - timedelta(weeks=2)
    missed = store.sessions.plan(ana.id, mara.id, THURSDAY - timedelta(weeks=2))
    store.sessions.finish(missed.id, "missed", mara.id)
    world.clock.at = THURSDAY - timedelta(weeks=1, minutes=-20)
    asked = store.assign(
        ana.id,
        "price-20-percent",
        skill="price-objection",
        target=80,
        due=date(2025, 11, 26),
        manager_id=mara.id,
    )
    world.talked(
        THURSDAY - timedelta(weeks=1),
        "Ask what they compared us with before you answer.",
        assignment_id=asked.id,
    )
    for days, how in ((5, "+-+-"), (3, "+--+"), (1, "++++")):
        done = world.practised(THURSDAY - timedelta(days=days), how, recorded=True)
    reply = store.attempt(done.id).replies[0]
    store.notes.write(reply.id, ana.id, "reflection", "I was glad to be through with the number.")


def _warm_ups(world: SixWeeks) -> None:
    for days in (6, 4, 2):
        private = world.practised(THURSDAY - timedelta(days=days), "-", kind="warm-up", said=SECRET)
        reply = world.store.attempt(private.id).replies[0]
        world.store.notes.write(reply.id, world.ana.id, "reflection", SECRET)
    place = Place("price-objection", "price-20-percent", "A", "objection")
    drill = world.store.drills.start(world.ana.id, place, "root-cause")
    world.store.drills.add_try(drill.id, SECRET, False)
    world.store.drills.take_example(world.ana.id, place, "heard")


def _figures(ana: Person) -> Iterable[Figure]:
    """Twelve weeks of a win rate, three of meetings."""
    rates = (18, 21, 17, 22, 20, 24, 19, 25, 27, 24, 28, 31)
    for week, rate in enumerate(rates):
        yield Figure(ana.id, "win rate (%)", date(2025, 9, 8) + timedelta(weeks=week), rate)
    for week, meetings in enumerate((4, 6, 5)):
        yield Figure(ana.id, "meetings booked", date(2025, 11, 10) + timedelta(weeks=week), meetings)
