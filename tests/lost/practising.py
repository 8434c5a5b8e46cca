"""A rep who practises for ever, in a process of its own; the microphone plays clips, all else is real.

It tells each thing just before it does it and just after, so that whoever kills it knows what must be there.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, RLock
from typing import Literal

import numpy as np
import soundfile
from numpy.typing import NDArray
from tqdm import tqdm  # type: ignore[import-untyped]

from models.recogniser import Recogniser
from models.whisper import Whisper
from scenarios.loader import all_scenarios
from scoring.score import warm_up
from scoring.transcript import Transcript
from tests.audio.fakes import BLOCK, FakeMicrophone
from trainer.app import recording
from trainer.audio.recorder import Recorder
from trainer.practice.meaning import embedder
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.ids import new_id
from trainer.store.records import Attempt, Reply, Result, Take

Stage = Literal["starting", "recording", "keeping", "transcribing", "scoring", "saving"]

MODELS = Path(__file__).parents[1] / "models"
CLIPS = tuple(sorted((MODELS / "clips").glob("*.flac")))
MICRO = MODELS / "micro_whisper" / "whisper-micro.en"
REP = "Ana"
RATE = 16_000
FASTER = 8
"""Than people speak."""
AGAIN = 0.15
"""How often a take is spoken again."""

# Once, in the process that all of these are forked from.
warm_up(embedder())
tqdm.set_lock(RLock())  # its own would be left behind by every process that is killed


@dataclass(frozen=True, slots=True)
class Said:
    """Just before the microphone hands over samples of a clip up to `samples`."""

    take_id: str
    clip: Path
    samples: int


Told = Stage | Said | Attempt | Take | Reply | Result


class TellingStore(Store):
    """Tells what is about to be logged, and what has been."""

    tell: Callable[[Told], None]

    def add_attempt(self, attempt: Attempt) -> None:
        super().add_attempt(attempt)
        self.tell(attempt)

    def add_take(self, take: Take) -> None:
        super().add_take(take)
        self.tell(take)

    def add_reply(self, reply: Reply) -> None:
        self.tell("saving")
        super().add_reply(reply)
        self.tell(reply)

    def finish(self, result: Result) -> None:
        super().finish(result)
        self.tell(result)


def practise(line: Connection, home: Path, seed: int, attempts: int | None = None) -> None:
    """Goes on with what was left, as the app does, then begins one attempt after the other."""
    chance = random.Random(seed)  # noqa: S311
    recogniser = Whisper(MICRO)
    recogniser.warm_up()
    with TellingStore.open(home / "trainer.db") as store:
        store.tell = line.send
        rep = store.person(REP) or store.add_person(REP, "rep")
        if left := store.unfinished(rep.id):
            line.send(left.attempt)
            session = Session.resume(store, left.attempt.id, takes_folder=home / "takes")
            converse(session, recogniser, chance, line.send)
        while attempts is None or attempts:
            attempts = attempts and attempts - 1
            line.send("starting")
            scenario = chance.choice(all_scenarios())
            form = chance.choice(sorted(scenario.forms))
            session = Session.start(store, scenario, form, rep, "assessed", takes_folder=home / "takes")
            converse(session, recogniser, chance, line.send)


def converse(
    session: Session, recogniser: Recogniser, chance: random.Random, tell: Callable[[Told], None]
) -> None:
    """To the end of the conversation; now and then a reply is spoken again when its score is known."""
    while session.result is None:
        if left := recording.left_behind(session):
            tell("transcribing")
            words, take = session.hear(left, recogniser), left
        else:
            words, take = spoken(session, recogniser, chance, tell)
        tell("scoring")
        session.judge(words, take)
        while chance.random() < AGAIN:
            words, take = spoken(session, recogniser, chance, tell)
            tell("scoring")
            session.judge(words, take)
        tell("saving")
        session.go_on()


def spoken(
    session: Session, recogniser: Recogniser, chance: random.Random, tell: Callable[[Told], None]
) -> tuple[Transcript, Take]:
    """A take and its words, made while it is spoken; now and then the rep is not content with the first."""
    while True:
        live = session.listen(Lock())
        live.use(recogniser)
        microphone, take_id = FakeMicrophone(), new_id()
        recorder = Recorder("", recording.folder_of(session), take_id, opener=microphone)
        recorder.start(on_block=live.feed)
        tell("recording")
        speak(microphone, take_id, chance.choice(CLIPS), tell)
        tell("keeping")
        take = recording.keep(session, recorder)
        if chance.random() >= AGAIN:
            tell("transcribing")
            return live.finish(), take
        live.abandon()


def speak(microphone: FakeMicrophone, take_id: str, clip: Path, tell: Callable[[Told], None]) -> None:
    """Hands a clip over, block by block."""
    samples = sound_of(clip)
    for at in range(0, len(samples), BLOCK):
        block = samples[at : at + BLOCK]
        tell(Said(take_id, clip, at + len(block)))
        microphone.speak(block)
        time.sleep(len(block) / RATE / FASTER)


@cache
def sound_of(clip: Path) -> NDArray[np.int16]:
    """The samples of a clip."""
    samples: NDArray[np.int16] = soundfile.read(clip, dtype="int16")[0]
    return samples
