"""Finished attempts in a profile, for the commands that look at them again."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from scenarios.loader import load
from scoring.transcript import Transcript, Word
from tests.hearing.recordings import said
from trainer.audio.takes import KeptTake, TakeWriter
from trainer.config import Config, Role, save
from trainer.paths import Paths
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Kind

ASKS = "Twenty percent is a real gap. Before I answer, what are you comparing us with?"
PUSHES = "You are wrong about that, and honestly nobody serious looks at the price."


def profile(name: str, role: Role) -> None:
    """Whose profile this is."""
    save(Config(name=name, role=role), Paths.of_user().settings)


@contextmanager
def opened() -> Iterator[Store]:
    """The profile's store."""
    with Store.open(Paths.of_user().database) as store:
        yield store


def changed(sql: str, *values: object) -> None:
    """Somebody changes the database by hand."""
    db = sqlite3.connect(Paths.of_user().database)
    db.execute(sql, values)
    db.commit()
    db.close()


def heard(text: str) -> Transcript:
    """A text as a recogniser gives it."""
    words = [Word(word, 0.3 * at, 0.3 * at + 0.2, 0.95) for at, word in enumerate(text.split())]
    return Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=9.0)


def practised(
    texts: Sequence[str] = (ASKS, PUSHES),
    *,
    rep: str = "Ana Ruiz",
    kind: Kind = "assessed",
    recorded: bool = False,
    misjudged: str = "",
) -> Attempt:
    """A finished attempt; the last text is said until the end. `misjudged` names a criterion of the first
    reply that is stored as met, whatever the scorer found.
    """
    takes = Paths.of_user().takes
    with opened() as store:
        person = store.person(rep) or store.add_person(rep, "rep")
        session = Session.start(store, load("price-20-percent"), "A", person, kind, takes_folder=takes)
        more = iter(texts)
        text = next(more)
        while True:
            take = session.keep(_voice(takes / session.attempt.id)) if recorded else None
            session.judge(heard(text) if recorded else Transcript.typed(text), take)
            if misjudged and session.position == 0:
                _misjudge(store, session, misjudged)
            if session.go_on() is None:
                return session.attempt
            text = next(more, text)


def _voice(folder: Path) -> KeptTake:
    writer = TakeWriter(folder, new_id())
    writer.write(said("team"))
    return writer.finish()


def _misjudge(store: Store, session: Session, criterion: str) -> None:
    reply = session.replies[0]
    card = replace(
        reply.scorecard,
        criteria=tuple(
            replace(one, met=True) if one.id == criterion else one for one in reply.scorecard.criteria
        ),
    )
    wrong = replace(reply, id=new_id(), said_at=session.now(), scorecard=card)
    store.add_reply(wrong)
    session.replies[0] = wrong
