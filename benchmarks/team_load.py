"""A team that was a week away and comes back at once: `python -m benchmarks.team_load [--reps 10 100 1000]`.

Every rep has a machine (a store of their own) with a week's practice that nobody has yet: five assessed
attempts a day, three replies of sixty words each. All of them share at the same moment, as the app does in
the background, through a line that cuts, holds back, falls silent, half-closes and says things twice
(`tests/team/proxy.py`); afterwards all managers (ten reps each) do. Then every record is looked for on the
server, on its rep's machine and on its manager's. The server is a PostgreSQL of the run's own, with the
settings it comes with; here all the machines' programs run on its cores too.

The app's seconds between two tries are shortened by --haste, and a program gives a silent server up after
20 seconds already.
"""

import argparse
import asyncio
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from benchmarks.store_scale import Entries, begun, ended, replied
from tests.team.cluster import Cluster, running
from tests.team.proxy import ALL_OF_IT, Mischief, between
from tests.team.test_records import facts_about
from trainer.app.sharing import LOOK, Sharing
from trainer.store import Store, rows
from trainer.store.connection import connect
from trainer.store.exchange import outgoing
from trainer.store.exchange.record import Member, Record
from trainer.store.ids import new_id
from trainer.store.records import Person
from trainer.store.times import to_text
from trainer.team import admin, patience, server

DAYS = 5
A_DAY = 5
REPLIES = 3
A_MANAGER = 10
"""Reps who report to one manager."""

PROCESSES = 4
PATIENCE = 20.0
FREE_OF_TROUBLE = Mischief()
Result = TypeVar("Result")

SETTINGS = {
    "fsync": "on",
    "autovacuum": "on",
    "max_connections": "100",
    "shared_buffers": "'128MB'",
    "max_wal_senders": "10",
}
"""What PostgreSQL comes with; the tests' clusters have less."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Somebody's store and the way to the team's server."""

    me: Member
    store: Path
    url: str
    password: str


@dataclass(frozen=True, slots=True)
class Shared:
    """How it went on one machine: seconds until all was exchanged, and of the exchange that ended it."""

    until: float
    exchange: float
    tries: int


@dataclass(frozen=True, slots=True)
class Line:
    """What the proxy counted."""

    befell: Counter[str]
    bytes: Counter[str]


@dataclass(frozen=True, slots=True)
class Phase:
    """What one half took: seconds, the server's seconds of CPU, bytes, and how it went on each machine."""

    wall: float
    cpu: float
    line: Line
    machines: list[Shared]


@dataclass(frozen=True, slots=True)
class Figures:
    reps: int
    records: int
    pushed: Phase
    pulled: Phase
    alone: float
    database: int


# A week on a machine ------------------------------------------------------------------------------------


def practised(machine: Machine, template: Path, seed: int) -> dict[str, str]:
    """A store with a week's practice; the fingerprint of every record it has to send, by id."""
    shutil.copy(template, machine.store)
    with Store.open(machine.store) as store:
        store.exchange.join(machine.me)
    db = connect(machine.store)
    try:
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        _week(db, machine.me, random.Random(seed))  # noqa: S311
        db.execute("COMMIT")
        return fingerprints(db, machine.me.id)
    finally:
        db.close()


def _week(db: sqlite3.Connection, me: Member, dice: random.Random) -> None:
    rep, ledger = Person(me.id, me.name, "rep", datetime.now(UTC)), Entries()
    monday = datetime.now(UTC) - timedelta(days=7)
    for number in range(DAYS * A_DAY + dice.randrange(11)):
        day = monday + timedelta(days=number % DAYS, minutes=10 * number)
        attempt = replace(begun(rep, dice, 0, 1), kind="assessed", started_at=day)
        rows.insert(db, "attempts", rows.attempt_row(attempt))
        for said in dice.choices(_spoken(), k=REPLIES):
            take, reply = new_id(), new_id()
            of = {"attempt_id": attempt.id, "take_id": take}
            file = f"{attempt.id}/{take}.flac"
            rows.insert(db, "takes", {**said.take, "id": take, "attempt_id": attempt.id, "file": file})
            rows.insert(db, "replies", {**said.reply, **of, "id": reply})
        result = ended(attempt, dice)
        rows.insert(db, "results", rows.result_row(result))
        ledger.write(db, attempt, result.score.score or 0)
        if number % 5 == 0:
            note = {"id": new_id(), "reply_id": reply, "author_id": me.id, "kind": "reflection"}
            told = {"at_second": None, "text": "I asked too late.", "written_at": to_text(day)}
            rows.insert(db, "notes", {**note, **told})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A reply and its take as rows; their ids and those of the attempt are put in anew."""

    take: dict[str, object]
    reply: dict[str, object]


@cache
def _spoken() -> tuple[Spoken, ...]:
    """Replies of sixty words with their scorecards: no query looks into them, so a few are enough."""
    dice = random.Random(5)  # noqa: S311
    attempt = begun(Person(new_id(), "Nobody", "rep", datetime.now(UTC)), dice, 0, 1)
    made = [replied(attempt, position, dice) for position in range(12)]
    return tuple(Spoken(rows.take_row(take), rows.reply_row(reply)) for take, reply in made)


def fingerprints(db: sqlite3.Connection, rep_id: str) -> dict[str, str]:
    """Of all records by a rep that this store would send if it were the rep's and had sent nothing."""
    return {one.id: fingerprint(one) for one in outgoing.unsent(db, rep_id, 100_000)}


def fingerprint(record: Record) -> str:
    told = [record.kind, record.author, record.rep, dict(record.body)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


# Sharing as the app does --------------------------------------------------------------------------------


def share_all(machines: Sequence[Machine], haste: float, start: float) -> list[Shared]:
    """These machines' apps, at once from `start` on, until each has exchanged everything."""
    patience.SECONDS = PATIENCE

    async def together() -> list[Shared]:
        await asyncio.sleep(max(0.0, start - time.time()))
        return list(await asyncio.gather(*(_share(one, haste) for one in machines)))

    return asyncio.run(together())


async def _share(machine: Machine, haste: float) -> Shared:
    tries, begin = 0, time.monotonic()
    opened = 0.0

    @contextmanager
    def visit() -> Iterator[server.Server]:
        nonlocal tries, opened
        tries, opened = tries + 1, time.monotonic()
        with server.connect(machine.url, machine.password) as connection:
            yield connection

    with Store.open(machine.store) as store:
        sharing = Sharing(store, visit, lambda: time.monotonic() * haste)
        while True:
            await sharing.look()
            now = time.monotonic()
            if store.exchange.synced_at() and not store.exchange.waiting():
                return Shared(now - begin, now - opened, tries)
            await asyncio.sleep(LOOK / haste)


# The round ----------------------------------------------------------------------------------------------


class Team:
    """A team of `reps` on a server of its own, behind a bad line."""

    def __init__(self, cluster: Cluster, folder: Path, proxy: "Remote", pool: ProcessPoolExecutor) -> None:
        self._cluster = cluster
        self._folder = folder
        self._proxy = proxy
        self._pool = pool
        self._url = cluster.new_database("team")
        self._template = folder / "template.db"
        Store.open(self._template).close()

    def made(self, reps: int) -> tuple[list[Machine], list[Machine]]:
        """The machines of all reps and managers, empty."""
        with admin.connect(self._url) as boss:
            boss.init(public=f"127.0.0.1:{self._proxy.port}")
            names = [f"Manager {number:03}" for number in range(-(-reps // A_MANAGER))]
            managers = [self._machine(boss.add(name, "manager"), None) for name in names]
            machines = [
                self._machine(boss.add(f"Rep {number:04}", "rep", over.me.name), over.me.id)
                for number in range(reps)
                for over in [managers[number // A_MANAGER]]
            ]
        return machines, managers

    def _machine(self, invited: admin.Invitation, manager_id: str | None) -> Machine:
        one = invited.person
        me = Member(one.id, one.name, one.role, manager_id)
        return Machine(me, self._folder / f"{one.id}.db", invited.url, invited.password or "")

    def practised(self, machines: Sequence[Machine]) -> dict[str, dict[str, str]]:
        """By rep the fingerprints of what waits on their machine."""
        work = [self._pool.submit(practised, one, self._template, seed) for seed, one in enumerate(machines)]
        return {one.me.id: done.result() for one, done in zip(machines, work, strict=True)}

    def empty(self, machines: Sequence[Machine]) -> None:
        for one in machines:
            shutil.copy(self._template, one.store)
            with Store.open(one.store) as store:
                store.exchange.join(one.me)

    def share(self, machines: Sequence[Machine], haste: float) -> Phase:
        before, cpu, start = self._proxy.told(), cpu_of(self._cluster), time.time() + 1.0
        shares = [machines[at::PROCESSES] for at in range(PROCESSES)]
        work = [self._pool.submit(share_all, share, haste, start) for share in shares if share]
        done = [one for part in work for one in part.result()]
        wall = time.time() - start
        after = self._proxy.told()
        line = Line(after.befell - before.befell, after.bytes - before.bytes)
        return Phase(wall, cpu_of(self._cluster) - cpu, line, done)

    def database(self) -> int:
        """Bytes of the database."""
        with psycopg.connect(self._url) as db:
            return int(db.execute("SELECT pg_database_size(current_database())").fetchall()[0][0])

    def kept(self) -> Iterator[Record]:
        """Everything on the server."""
        with psycopg.connect(self._url) as db, db.cursor("all") as found:
            found.execute("SELECT id, kind, author, rep, body FROM team.record")
            yield from (Record(*row) for row in found)


class Remote:
    """The bad line, in a process of its own."""

    def __init__(self, upstream: int, mischief: Mischief, seed: int) -> None:
        self._here, there = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=_line, args=(there, upstream, mischief, seed))
        self._process.start()
        self.port: int = self._here.recv()

    def told(self) -> Line:
        self._here.send("told")
        befell, passed = self._here.recv()
        return Line(Counter(befell), Counter(passed))

    def becomes(self, mischief: Mischief) -> None:
        self._here.send(mischief)
        self._here.recv()

    def __enter__(self) -> "Remote":
        return self

    def __exit__(self, *_error: object) -> None:
        self._here.send(None)
        self._process.join()


def _line(asked: "Connection[Any, Any]", upstream: int, mischief: Mischief, seed: int) -> None:
    with between(upstream, mischief, seed) as proxy:
        asked.send(proxy.port)
        while (wish := asked.recv()) is not None:
            if isinstance(wish, Mischief):
                proxy.mischief = wish
            asked.send((dict(proxy.befell), dict(proxy.bytes)))


def cpu_of(cluster: Cluster) -> float:
    """Seconds of CPU that the server has taken: its first process, those that ended, those that are there."""
    first = int((cluster.data / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(stat.parent.name) == first:
            ticks += sum(int(one) for one in told[11:15])
        elif int(told[1]) == first:
            ticks += sum(int(one) for one in told[11:13])
    return ticks / float(os.sysconf("SC_CLK_TCK"))


# Every record once --------------------------------------------------------------------------------------


def differing(machine: Machine, expected: dict[str, dict[str, str]]) -> list[str]:
    """What is not on a machine as it was written, of these reps: a line each."""
    wrong = []
    db = connect(machine.store)
    try:
        db.execute("DELETE FROM sent")
        for rep, wanted in expected.items():
            if (found := fingerprints(db, rep)) != wanted:
                wrong.append(f"{machine.me.name}: {len(found)} of {len(wanted)} records, or other ones")
    finally:
        db.close()
    with Store.open(machine.store) as store:
        waiting, refused = store.exchange.held_back(), store.exchange.refused()
        if waiting or refused:
            why = refused[0].why if refused else "what it belongs to is missing"
            wrong.append(f"{machine.me.name}: {len(waiting)} wait, {len(refused)} were refused ({why})")
    return wrong


def derived_alike(rep: Machine, manager: Machine) -> bool:
    """Whether both machines' screens are made from the same."""
    with Store.open(rep.store) as one, Store.open(manager.store) as other:
        return facts_about(rep.me, one) == facts_about(rep.me, other)


def check(
    team: Team,
    reps: Sequence[Machine],
    managers: Sequence[Machine],
    expected: dict[str, dict[str, str]],
    pool: ProcessPoolExecutor,
) -> None:
    """Raises where a record is missing, twice, or another one."""
    wanted = {(rep, name): print_ for rep, of in expected.items() for name, print_ in of.items()}
    kept = [((one.author, one.id), fingerprint(one)) for one in team.kept()]
    assert len(kept) == len(wanted) and dict(kept) == wanted, f"{len(kept)} on the server, not {len(wanted)}"
    of = {boss.me.id: [one for one in reps if one.me.manager_id == boss.me.id] for boss in managers}
    sample = [(of[boss.me.id][0], boss) for boss in managers[:20]]
    alike = list(pool.map(derived_alike, *zip(*sample, strict=True)))
    asked = [(one, {one.me.id: expected[one.me.id]}) for one in reps]
    asked += [(boss, {one.me.id: expected[one.me.id] for one in of[boss.me.id]}) for boss in managers]
    wrong = [line for lines in pool.map(differing, *zip(*asked, strict=True)) for line in lines]
    assert not wrong, "\n".join(wrong)
    assert all(alike), "the same facts look different on two machines"


def measured(reps: int, seed: int, haste: float, mischief: Mischief) -> Figures:
    with (
        tempfile.TemporaryDirectory() as folder,
        running() as cluster,
        ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool,
    ):
        with cluster.as_boss() as db:
            for name, value in SETTINGS.items():
                db.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
        cluster.stop()
        cluster.start()
        with Remote(cluster.port, mischief, seed) as proxy:
            team = Team(cluster, Path(folder), proxy, pool)
            machines, managers = told("invited", lambda: team.made(reps))
            expected = told("practised", lambda: team.practised(machines))
            team.empty(managers)
            pushed = told("reps have shared", lambda: team.share(machines, haste))
            pulled = told("managers have shared", lambda: team.share(managers, haste))
            told("looked through", lambda: check(team, machines, managers, expected, pool))
            proxy.becomes(FREE_OF_TROUBLE)
            again = replace(managers[0], store=Path(folder) / "again.db")
            team.empty([again])
            alone = team.share([again], haste)
            records = sum(map(len, expected.values()))
            return Figures(reps, records, pushed, pulled, alone.machines[0].exchange, team.database())


def told(what: str, work: Callable[[], Result]) -> Result:
    begin = time.monotonic()
    done = work()
    print(f"  {what}: {time.monotonic() - begin:.1f} s", flush=True)
    return done


def rows_of(one: Figures) -> dict[str, float]:
    """What is printed of a round, by name."""
    trouble = one.pushed.line.befell + one.pulled.line.befell
    reps, managers = one.pushed.machines, one.pulled.machines
    return {
        "reps": one.reps,
        "records": one.records,
        "connections cut or half-closed": trouble["cut"] + trouble["halved"],
        "held back": trouble["held"],
        "fallen silent": trouble["forgotten"],
        "doubled": trouble["doubled"],
        "tries of a rep, mean": statistics.fmean(one.tries for one in reps),
        "until all reps have shared, s": one.pushed.wall,
        "records a second": one.records / one.pushed.wall,
        "one rep's exchange, p50, s": at(50, [one.exchange for one in reps]),
        "one rep's exchange, p95, s": at(95, [one.exchange for one in reps]),
        "server's CPU meanwhile, % of a core": 100 * one.pushed.cpu / one.pushed.wall,
        "server's CPU a record, ms": 1000 * one.pushed.cpu / one.records,
        "bytes a record up, kB": one.pushed.line.bytes["up"] / one.records / 1000,
        "bytes a record down, kB": one.pushed.line.bytes["down"] / one.records / 1000,
        "until all managers have caught up, s": one.pulled.wall,
        "one manager's, all at once, p50, s": at(50, [one.until for one in managers]),
        "one manager's, all at once, p95, s": at(95, [one.until for one in managers]),
        "one manager's, alone on a good line, s": one.alone,
        "server's CPU a record read, ms": 1000 * one.pulled.cpu / one.records,
        "bytes a record read, kB": one.pulled.line.bytes["down"] / one.records / 1000,
        "database, MB": one.database / 1e6,
    }


def at(percent: int, values: Sequence[float]) -> float:
    """The value that so many in a hundred do not exceed."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]


def print_table(rounds: Sequence[Figures]) -> None:
    columns = [rows_of(one) for one in rounds]
    grown = len(columns) > 1
    head = ["", *(f"{one.reps:,} reps" for one in rounds), *(["grown"] if grown else [])]
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join(["---", *["---:"] * (len(head) - 1)]) + "|")
    for name in list(columns[0])[1:]:
        values = [one[name] for one in columns]
        cells = [f"{one:,.0f}" if one >= 100 or one == int(one) else f"{one:.3g}" for one in values]
        if grown:
            growth = values[-1] / values[0] if values[0] else None
            cells.append("–" if growth is None else f"{growth:.0f}×" if growth >= 10 else f"{growth:.1f}×")
        print("| " + " | ".join([name, *cells]) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--reps", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--haste", type=float, default=60.0, help="how much shorter the app waits")
    parser.add_argument("--calm", action="store_true", help="a line without mischief")
    asked = parser.parse_args()
    rounds = []
    for reps in asked.reps:
        print(f"{reps} reps", flush=True)
        rounds.append(measured(reps, asked.seed, asked.haste, FREE_OF_TROUBLE if asked.calm else ALL_OF_IT))
    print("Every record once on the server, on its rep's machine and on its manager's.")
    print_table(rounds)


if __name__ == "__main__":
    main()
