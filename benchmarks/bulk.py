"""How bulk work grows: `python benchmarks/bulk.py [--attempts 200]`.

Makes a year of practice as the real session writes it, judged by "another scorer", and scores all of it
anew: in this process, in 1, 2 and 4 processes of this machine, and on a Dask cluster of 1, 2 and 4 workers
started here. Every run begins with the same store and ends with every attempt kept once. Then a worker is
killed in the middle of a run of each kind. Dask's workers have loaded the scorer before the clock runs; local
processes live as long as a run, so their start is in it. "to one" is how many times as fast as one worker of
the kind, "cpu ms" processor time an attempt, which a busy machine changes less than the wait. Quote the
ratios; the seconds are this machine's.
"""

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent.parent))

import multiprocessing

from distributed import Client, LocalCluster

from scenarios.loader import load
from scoring.transcript import Transcript, Word
from trainer.bulk.anew import Anew, Compared
from trainer.bulk.asking import Wish
from trainer.bulk.cluster import connected
from trainer.bulk.executor import Executor, Here
from trainer.bulk.processes import Processes
from trainer.bulk.task import Outcome, Task
from trainer.bulk.work import about
from trainer.practice.session import Session
from trainer.store import Store

SCENARIO = "price-20-percent"
MADE = 20
"""Attempts that differ; the rest of a year is as these."""


def practised(store: Store, takes: Path, attempts: int) -> list[str]:
    """So many attempts of one rep, with the replies that the scenario's own examples give."""
    rep = store.person("Ana Ruiz") or store.add_person("Ana Ruiz", "rep")
    with patch("scoring.score.scorer_hash", lambda: "0ld"):
        return [one(store, takes, rep, number % MADE) for number in range(attempts)]


def one(store: Store, takes: Path, rep: Any, number: int) -> str:
    session = Session.start(store, load(SCENARIO), "AB"[number % 2], rep, "assessed", takes_folder=takes)
    while True:
        said = (*session.turn.exemplars, *session.turn.counter_examples)
        text = " ".join(said[(number + more) % len(said)] for more in range(2))
        words = [Word(word, 0.4 * at, 0.4 * at + 0.3, 0.95) for at, word in enumerate(text.split())]
        session.judge(Transcript.from_words(words, engine="faster-whisper", model="base.en", seconds=30.0))
        if session.go_on() is None:
            return session.attempt.id


class Watched:
    """Another executor; when so many outcomes have come, something is done."""

    def __init__(self, executor: Executor, at: int, do: Any) -> None:
        self._executor, self._at, self._do = executor, at, do

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        for number, outcome in enumerate(self._executor.run(tasks), 1):
            yield outcome
            if number == self._at:
                self._do()


def used() -> float:
    """Processor seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def scored(
    database: Path, ids: list[str], executor: Executor, elsewhere: Callable[[], float] = lambda: 0.0
) -> tuple[float, float, int, int]:
    """Seconds, processor seconds (with those `elsewhere`), attempts kept and given up; on a copy."""
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        copy = Path(folder) / "trainer.db"
        shutil.copy(database, copy)
        with Store.open(copy) as store:
            work = Anew(store, Wish(about()), store.attempt, lambda: datetime.now(UTC))
            begin, used_before = time.perf_counter(), used() + elsewhere()
            found = list(work.run(ids, executor))
            seconds, processor = time.perf_counter() - begin, used() + elsewhere() - used_before
            kept = sum(len(store.rescores(of)) for of in ids)
    assert len(found) == len(ids)
    return seconds, processor, kept, sum(not isinstance(one, Compared) for one in found)


@contextmanager
def dask(workers: int) -> Iterator[tuple[Executor, LocalCluster, Callable[[], float]]]:
    with (
        LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=":0", silence_logs=50
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        client.wait_for_workers(workers, timeout=60)
        client.run(about)
        with connected(cluster.scheduler_address, about()) as executor:
            yield executor, cluster, lambda: sum(client.run(time.process_time).values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--attempts", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "trainer.db"
        with Store.open(database) as store:
            ids = practised(store, Path(folder) / "takes", asked.attempts)
            replies = sum(len(store.attempt(of).replies) for of in ids)
        print(f"{len(ids)} attempts, {replies} replies, {os.cpu_count()} cores")
        head = f"{'where':38}{'seconds':>9}{'attempts/s':>12}{'to one':>8}{'cpu ms':>8}"
        print(f"{head}{'kept':>7}{'given up':>10}")
        measure(database, ids)


def measure(database: Path, ids: list[str]) -> None:
    alone: dict[str, float] = {}

    def row(kind: str, name: str, found: tuple[float, float, int, int]) -> None:
        seconds, processor, kept, lost = found
        ratio = alone.setdefault(kind, seconds) / seconds
        each = processor / len(ids) * 1000
        figures = f"{seconds:9.1f}{len(ids) / seconds:12.1f}{ratio:8.2f}{each:8.0f}{kept:7}{lost:10}"
        print(f"{name:38}{figures}", flush=True)

    scored(database, ids[:MADE], Here())
    row("here", "this process", scored(database, ids, Here()))
    for workers in (1, 2, 4):
        row("processes", f"{workers} processes and their start", scored(database, ids, Processes(workers)))
    for workers in (1, 2, 4):
        with dask(workers) as (executor, _, elsewhere):
            scored(database, ids[:MADE], executor)
            row("dask", f"{workers} Dask workers, warm", scored(database, ids, executor, elsewhere))
    watched = Watched(Processes(2), len(ids) // 2, kill_a_process)
    row("processes", "2 processes, one killed half-way", scored(database, ids, watched))
    with dask(2) as (executor, cluster, _):
        scored(database, ids[:MADE], executor)
        watched = Watched(executor, len(ids) // 2, lambda: kill_a_worker(cluster))
        row("dask", "2 Dask workers, one killed half-way", scored(database, ids, watched))


def kill_a_process() -> None:
    victim = next(one for one in multiprocessing.active_children() if one.name == "bulk work")
    assert victim.pid
    os.kill(victim.pid, signal.SIGKILL)


def kill_a_worker(cluster: LocalCluster) -> None:
    nanny = next(iter(cluster.workers.values()))
    os.kill(nanny.process.process.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
