"""Kills a practising process at moments nobody chose, and looks at what is left as the next start does."""

import hashlib
import multiprocessing
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import get_args

import numpy as np
import soundfile

from tests.lost.practising import RATE, REP, Said, Stage, Told, practise, sound_of
from trainer.app import recording
from trainer.practice.leftovers import keep_left_behind
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.records import Attempt, AttemptDetail, Reply, Result, Take
from trainer.store.rows import reply_row

Processes = SpawnContext | ForkServerContext
STAGES: tuple[Stage, ...] = get_args(Stage)
MAY_BE_LOST = 0.5
"""Seconds of the take that is being spoken."""
FADES = 0.8
"""How fast the longest time that a stage took is forgotten."""
SILENCE = 30.0
"""Seconds without a word after which a practising process counts as stuck."""


@dataclass(slots=True)
class Life:
    """What one process told, from its start to its end."""

    stage: Stage = "starting"
    attempt: Attempt | None = None
    finished: bool = False
    speaking: Said | None = None
    takes: list[Take] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    def hear(self, told: Told) -> None:
        match told:
            case Said():
                self.speaking = told
            case Attempt():
                self.attempt, self.finished = told, False
            case Take():
                self.takes.append(told)
            case Reply():
                self.replies.append(told)
                self.speaking = None
            case Result():
                self.results.append(told)
                self.finished = True
            case _:
                self.stage = told


@dataclass(frozen=True, slots=True)
class Found:
    """What the next start found after one kill. `lost`: seconds of the take that was being spoken."""

    stage: Stage
    replies: int
    takes: int
    lost: float | None
    offered: bool


class Rep:
    """One rep and their folder, killed again and again; each life goes on where the last one ended."""

    def __init__(self, home: Path, seed: int) -> None:
        self._home, self._chance, self._lives = home, random.Random(seed), 0  # noqa: S311
        self._lasted: dict[Stage, float] = {}
        self._attempt: Attempt | None = None
        self._all: list[Reply] = []
        self._processes = processes()

    def killed(self) -> Found:
        """One life: killed somewhere in a stage drawn by lot, so that the short ones are met as often."""
        wanted = self._chance.choice(STAGES)
        number = 1 if wanted == "starting" else self._chance.randint(1, 2)
        life = self._lived(wanted, number)
        self._attempt = None if life.finished else life.attempt
        self._all += life.replies
        return self._found(life)

    def _lived(self, wanted: Stage, number: int) -> Life:
        life = Life(attempt=self._attempt)
        ours, theirs = self._processes.Pipe(duplex=False)
        seed = self._chance.randrange(1 << 30)
        process = self._processes.Process(target=practise, args=(theirs, self._home, seed))
        process.start()
        theirs.close()
        try:
            self._listen(ours, life, wanted, number)
        finally:
            process.kill()
        for told in rest(ours):
            life.hear(told)
        process.join()
        process.close()
        ours.close()
        return life

    def _listen(self, line: Connection, life: Life, wanted: Stage, number: int) -> None:
        """Until some moment of the `number`-th time that a stage is reached."""
        since, end = time.perf_counter(), float("inf")
        while (now := time.perf_counter()) < end:
            if not line.poll(min(end - now, SILENCE)):
                assert end < float("inf"), f"nothing was told for {SILENCE:.0f} s after {life.stage}"
                return
            told = line.recv()
            if isinstance(told, str):
                took = time.perf_counter() - since
                self._lasted[life.stage] = max(took, self._lasted.get(life.stage, 0.0) * FADES)
                since = time.perf_counter()
                number -= told == wanted
                if not number and end == float("inf"):
                    end = since + self._chance.uniform(0, self._lasted.get(wanted, 0.02))
            life.hear(told)

    def _found(self, life: Life) -> Found:
        """AssertionError if anything is not as it was told."""
        file = self._home / "trainer.db"
        with closing(sqlite3.connect(file)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        takes_folder = self._home / "takes"
        with Store.open(file) as store:
            keep_left_behind(store, takes_folder, now=lambda: datetime.now(UTC))
            logged = {one.id: store.attempt(one.id) for one in self._attempts(store)}
            whole(self._all, life, logged, takes_folder)
            lost = lost_of(life, logged, takes_folder)
            offered = self._offered(store, life, takes_folder)
        assert {one.suffix for one in takes_folder.rglob("*") if one.is_file() and one.stat().st_size} <= {
            ".flac"
        }
        return Found(life.stage, len(life.replies), len(life.takes), lost, offered)

    def _attempts(self, store: Store) -> list[Attempt]:
        rep = store.person(REP)
        return [one.attempt for one in store.attempts(rep.id)] if rep else []

    def _offered(self, store: Store, life: Life, takes_folder: Path) -> bool:
        """Whether the way back leads to what was being said, or else to the turn after the last reply."""
        rep = store.person(REP)
        left = store.unfinished(rep.id) if rep else None
        if self._attempt is None:
            return left is None or left.replies == 0  # begun in the very moment of the kill
        if store.result(self._attempt.id):
            return True  # ended in the very moment of the kill
        assert left
        if left.attempt.id != self._attempt.id:
            assert life.stage == "starting"
            return True
        session = Session.resume(store, left.attempt.id, takes_folder=takes_folder)
        answered = [reply for reply in self._all if reply.attempt_id == left.attempt.id]
        if session.result is None and (take := recording.left_behind(session)):
            spoken_before = any(take.id == one.id for one in life.takes)
            assert spoken_before or life.speaking is None or take.id == life.speaking.take_id
            return True
        speaking = life.speaking
        if speaking and speaking.samples > MAY_BE_LOST * RATE:
            replied = {one.take_id for one in store.attempt(left.attempt.id).all_replies}
            assert speaking.take_id in replied, "the take is not offered"
        told = 1 + max((reply.position for reply in answered), default=-1)
        assert session.result is not None or session.position >= told
        return True


def processes() -> Processes:
    """How to start one quickly: forked, where that is safe, from one that has loaded everything."""
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    forked = multiprocessing.get_context("forkserver")
    forked.set_forkserver_preload([practise.__module__])
    return forked


def rest(line: Connection) -> Iterator[Told]:
    """What a killed process had told that nobody had heard yet."""
    while True:
        try:
            yield line.recv()
        except (EOFError, OSError):
            return


def whole(replies: list[Reply], life: Life, logged: dict[str, AttemptDetail], takes_folder: Path) -> None:
    """Every reply, take and result that was ever told is there, word for word and byte for byte."""
    for reply in replies:
        there = {one.id: one for one in logged[reply.attempt_id].all_replies}
        assert reply_row(there[reply.id]) == reply_row(reply)
    for take in life.takes:
        assert take in logged[take.attempt_id].takes
    for result in life.results:
        assert logged[result.attempt_id].result == result
    for detail in logged.values():
        for take in detail.takes:
            assert hashlib.sha256((takes_folder / take.file).read_bytes()).hexdigest() == take.sha256


def lost_of(life: Life, logged: dict[str, AttemptDetail], takes_folder: Path) -> float | None:
    """Seconds that are missing at the end of the take that was being spoken; None where there was none."""
    said = life.speaking
    if said is None:
        return None
    takes = {take.id: take for detail in logged.values() for take in detail.takes}
    if said.take_id not in takes:
        assert said.samples <= MAY_BE_LOST * RATE, f"{said.samples / RATE:.2f} s are gone"
        return said.samples / RATE
    found = soundfile.read(takes_folder / takes[said.take_id].file, dtype="int16")[0]
    assert np.array_equal(found, sound_of(said.clip)[: len(found)])
    missing = max(0, said.samples - len(found)) / RATE
    assert missing <= MAY_BE_LOST, f"{missing:.2f} s are gone"
    return missing
