"""What the exchange survives: a bad line, a server that dies or goes back, wrong clocks, moves, versions."""

import itertools
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from uuid6 import uuid7

from tests.store.records import attempt, finished
from tests.team.cluster import Cluster
from tests.team.conftest import started_here
from tests.team.machines import managed, practised
from tests.team.proxy import Mischief, Proxy, between
from tests.team.served import AT, Served
from tests.team.test_exchange import Team
from tests.team.test_records import facts_about
from trainer.coaching.priorities import week
from trainer.store import Store
from trainer.store.exchange.record import Cursor, Record
from trainer.team import admin, bodies, patience, server
from trainer.team.address import Address
from trainer.team.errors import TeamError, UnreachableError, VersionError
from trainer.team.exchange import sync
from trainer.team.server import Pulled, Pushed, Server

BAD = Mischief(cut=35, held=10, halved=15, forgotten=5, doubled=20, seconds=0.2, latest=80_000)
MEMBERS = ("ana", "ben", "eve", "mara", "jon")
MANAGER = {"ana": "mara", "ben": "mara", "eve": "jon"}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One of these tests' own: they kill it and put old copies of it back."""
    yield from started_here()


@pytest.fixture
def team(served: Served, tmp_path: Path) -> Iterator[Team]:
    with ExitStack() as machines:
        yield Team(served, tmp_path, machines)


def through(line: Proxy, served: Served, name: str) -> Server:
    one = served.people[name]
    url = Address.of(one.url).of_login(one.person.login, f"127.0.0.1:{line.port}")
    return server.connect(f"{url}&connect_timeout=2", one.password)


def until_it_works(store: Store, connect: Callable[[], Server]) -> int:
    """Shares, again and again while the server can't be reached; how often that took."""
    for tries in range(1, 200):
        try:
            with connect() as connection:
                sync(store, connection)
        except UnreachableError:
            continue
        return tries
    raise AssertionError("never reached")


def on_the_server(served: Served) -> list[tuple[str, str]]:
    with served.boss() as db:
        return db.execute("SELECT author, id FROM team.record ORDER BY author, id").fetchall()


def settled(team: Team, machines: Mapping[str, Sequence[Store]]) -> None:
    """Everybody shares twice: what the last one sends comes to the first as well."""
    for _ in range(2):
        for name, stores in machines.items():
            for store in stores:
                team.sync(name, store)


def every_record_once(team: Team, machines: Mapping[str, Sequence[Store]]) -> None:
    """Each rep's machines and their manager's tell the same, and the server has what they have, once."""
    for rep, manager in MANAGER.items():
        if rep in machines:
            member = team.member(rep)
            first, *others = [facts_about(member, one) for one in (*machines[rep], *machines[manager])]
            assert all(one == first for one in others)
    for store in (one for stores in machines.values() for one in stores):
        assert store.exchange.held_back() == []
        assert store.exchange.refused() == []
        assert store.exchange.waiting() == 0
        assert store.ledger.breaks() == []
    before = on_the_server(team.served)
    for stores in machines.values():
        for store in stores:
            store.exchange.send_again()
    settled(team, machines)
    assert on_the_server(team.served) == before, "the server lacked something"


# A bad line ---------------------------------------------------------------------------------------------


def test_a_server_that_says_nothing_any_more_is_given_up(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.3)
    silent = Mischief(forgotten=100, earliest=6_000, latest=7_000)

    def talk(line: Proxy) -> None:
        with through(line, served, "ana") as hers:
            for _ in range(200):
                hers.hello()

    with between(served.cluster.port, silent, 1) as line:
        with pytest.raises(UnreachableError, match="no answer for"):
            talk(line)
        assert line.befell["forgotten"] == 1


@pytest.mark.parametrize("seed", [1, 2])
def test_five_machines_share_at_once_through_a_line_that_cuts_and_repeats(
    team: Team, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(patience, "SECONDS", 2.0)
    machines = {name: [team.machine(name)] for name in MEMBERS}
    for rep in MANAGER:
        for form in "ABC":
            practised(machines[rep][0], team.member(rep), form=form)

    def share(name: str) -> int:
        return until_it_works(machines[name][0], lambda: through(line, team.served, name))

    with between(team.served.cluster.port, BAD, seed) as line, ThreadPoolExecutor(5) as pool:
        while line.befell["cut"] < 3 or line.befell["halved"] < 1 or line.befell["doubled"] < 1:
            sum(pool.map(share, MEMBERS))
            for rep in MANAGER:
                practised(machines[rep][0], team.member(rep))
    settled(team, machines)
    every_record_once(team, machines)


def test_a_connection_that_is_said_twice_logs_nobody_in_twice(served: Served) -> None:
    doubled = Mischief(doubled=100, earliest=100_000, latest=200_000)
    said = [served.attempt("ana") for _ in range(5)]
    with between(served.cluster.port, doubled, 3) as line:
        sealed = served.people["ana"].url
        for url in (sealed, sealed.replace("sslmode=require", "sslmode=disable")):
            there = Address.of(url).of_login(served.login("ana"), f"127.0.0.1:{line.port}")
            with server.connect(there, served.people["ana"].password) as hers:
                hers.push(said)
                with served.boss() as db:
                    counted = db.execute(
                        "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND query <> ''",
                        (served.login("ana"),),
                    ).fetchone()
                assert counted == (1,), "the second one's answer to the challenge is the first one's"
    assert len(on_the_server(served)) == 5


# A server that dies, a server that goes back ------------------------------------------------------------


class Dying(Server):
    """A connection whose server is killed when half of what is pushed is there."""

    def __init__(self, real: Server, kill: Callable[[], None]) -> None:
        self.__dict__.update({name: getattr(real, name) for name in ("_connection", "_address", "warnings")})
        self._kill = kill

    def push(self, records: Sequence[Record]) -> Pushed:
        super().push(records[: len(records) // 2])
        self._kill()
        return super().push(records[len(records) // 2 :])


def test_a_server_that_is_killed_in_the_middle_gets_each_record_once(team: Team) -> None:
    machines = {name: [team.machine(name)] for name in MEMBERS}
    for form in "AB":
        practised(machines["ana"][0], team.member("ana"), form=form)
    cluster = team.served.cluster
    with team.served.connect("ana") as hers, pytest.raises(UnreachableError):
        sync(machines["ana"][0], Dying(hers, cluster.kill))
    with pytest.raises(UnreachableError):
        team.sync("mara", machines["mara"][0])
    cluster.start_again()
    assert len(on_the_server(team.served)) == 5, "what was answered stays"
    assert team.sync("ana", machines["ana"][0]).sent == 5
    settled(team, machines)
    every_record_once(team, machines)


def test_machines_send_again_what_an_hour_old_copy_lacks_while_they_go_on(team: Team, tmp_path: Path) -> None:
    machines = {name: [team.machine(name, number) for number in (1, 2)] for name in ("ana", "ben")}
    machines["mara"] = [team.machine("mara")]
    members = {name: team.member(name) for name in machines}
    ana, mara = members["ana"], members["mara"]
    begun = practised(machines["ana"][0], ana)
    settled(team, machines)
    cluster = team.served.cluster
    cluster.stop()
    copy = cluster.folder / "hour-old"
    cluster.copy_to(copy)
    cluster.start()
    practised(machines["ana"][1], ana, form="B")
    practised(machines["ben"][0], members["ben"])
    managed(machines["mara"][0], begun, rep=ana, manager=mara)
    settled(team, machines)
    after_the_copy = len(on_the_server(team.served))

    over, up = threading.Event(), threading.Event()
    up.set()

    def reached(name: str) -> Server:
        up.wait()
        return team.served.connect(name)

    def goes_on(name: str) -> None:
        for number in itertools.count():
            if over.is_set():
                return
            if name in MANAGER and number < 10:
                practised(machines[name][0], members[name])
            until_it_works(machines[name][0], lambda: reached(name))

    def until_there_are(records: int) -> None:
        while len(on_the_server(team.served)) < records:
            assert not any(one.done() for one in work), "none of them ends before it is over"

    with ThreadPoolExecutor(3) as pool:
        work = [pool.submit(goes_on, name) for name in machines]
        try:
            until_there_are(after_the_copy + 20)
            up.clear()
            cluster.stop("immediate")
            cluster.put_back(copy)
            cluster.start()
            up.set()
            until_there_are(after_the_copy)
        finally:
            over.set()
        for one in work:
            one.result()
    shutil.rmtree(copy)
    settled(team, machines)
    every_record_once(team, machines)


# Clocks, machines, moves --------------------------------------------------------------------------------


def test_clocks_a_day_ahead_and_a_day_behind_lose_nothing(team: Team, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    ahead, behind = now + timedelta(days=1), now - timedelta(days=1)
    ana, mara = team.member("ana"), team.member("mara")
    with (
        Store.open(tmp_path / "ahead.db", now=lambda: ahead) as hers,
        Store.open(tmp_path / "behind.db", now=lambda: behind) as managers,
    ):
        hers.exchange.join(ana)
        managers.exchange.join(mara)
        begun = practised(hers, ana)
        finished(hers, attempt(hers.people("rep")[0], started_at=ahead))
        machines = {"ana": [hers], "mara": [managers]}
        settled(team, machines)
        managed(managers, begun, rep=ana, manager=mara)
        settled(team, machines)
        every_record_once(team, machines)
        assert "Ana Ruiz" in [one.rep.name for one in week(managers, behind, 120).team]
        right = team.machine("ana", 3)
        machines["ana"].append(right)
        practised(right, ana, form="B")
        settled(team, machines)
        every_record_once(team, machines)


def test_a_machine_that_was_copied_ends_as_two_machines_of_one_rep(team: Team, tmp_path: Path) -> None:
    ana = team.member("ana")
    one, managers = team.machine("ana", 1), team.machine("mara")
    practised(one, ana)
    with (
        closing(sqlite3.connect(tmp_path / "copied.db")) as copy,
        closing(sqlite3.connect(tmp_path / "ana1.db")) as its,
    ):
        its.backup(copy)
    with Store.open(tmp_path / "copied.db") as two:
        practised(one, ana, form="B")
        practised(two, ana, form="C")
        machines = {"ana": [one, two], "mara": [managers]}
        settled(team, machines)
        every_record_once(team, machines)
        assert len(managers.team_attempts(ana.id)) == 3


class Moving(Server):
    """A connection during which something happens before the second portion is read."""

    def __init__(self, real: Server, happens: Callable[[], object]) -> None:
        self.__dict__.update({name: getattr(real, name) for name in ("_connection", "_address", "warnings")})
        self._happens = happens
        self._pulls = 0

    def pull(self, cursors: Mapping[str, Cursor | None], limit: int = 200) -> Pulled:
        self._pulls += 1
        if self._pulls == 2:
            self._happens()
        return super().pull(cursors, 3)


def test_a_rep_who_moves_in_the_middle_of_a_sync_is_the_new_managers_alone(team: Team) -> None:
    hers, old, new = team.machine("ana"), team.machine("mara"), team.machine("jon")
    ana, mara = team.member("ana"), team.member("mara")
    for form in "AB":
        practised(hers, ana, form=form)
    team.sync("ana", hers)

    def move() -> None:
        with admin.connect(team.served.url) as boss:
            boss.move("Ana Ruiz", "Jon Vale")

    with team.served.connect("mara") as connection, pytest.raises(TeamError, match="does not report to you"):
        sync(old, Moving(connection, move))
    managed(old, old.team_attempts(ana.id)[0].attempt, rep=ana, manager=mara)
    assert team.sync("mara", old).forgotten == ("Ana Ruiz",)
    assert old.team_attempts() == []
    assert (old.exchange.waiting(), old.exchange.refused()) == (0, [])
    settled(team, {"ana": [hers], "jon": [new]})
    assert facts_about(ana, hers) == facts_about(ana, new)
    assert hers.assignments(ana.id, open_only=False) == [], "what she wrote after that was never taken"


# Versions -----------------------------------------------------------------------------------------------


def test_what_a_newer_version_writes_is_kept_until_this_one_knows_it(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    managers, ana = team.machine("mara"), team.member("ana")
    one = str(uuid7())
    row = {"id": one, "rep_id": ana.id, "skill": "price-objection", "target": 90}
    row |= {"person_id": ana.id, "agreed_at": AT}
    newer = Record(one, "forecast", ana.id, ana.id, row)
    with team.served.connect("ana") as hers:
        assert hers.push([newer]).refused[0][1].startswith("The team's server does not know this kind")
        with team.served.boss() as db:
            db.execute("INSERT INTO team.kind VALUES ('forecast', 'rep', '{id}', '{rep_id}', '{person_id}')")
        assert hers.push([newer]).new == [newer]
    for _ in range(2):
        assert team.sync("mara", managers).waiting == 1
        assert managers.exchange.held_back() == [newer]
        assert managers.exchange.refused() == []
    monkeypatch.setitem(bodies._TABLES, "forecast", bodies._TABLES["agreement"])
    done = team.sync("mara", managers)
    assert (done.got, done.waiting) == (1, 0)
    assert managers.plans.agreements(ana.id, "price-objection")[0].target == 90


@pytest.mark.parametrize(
    ("spoken", "line"),
    [
        (server.EXCHANGE + 1, "is older than this program: its administrator runs `trainer team admin init`"),
        (server.EXCHANGE - 1, "is newer than this program: update rep-trainer"),
    ],
    ids=["the server is older", "the server is newer"],
)
def test_versions_too_far_apart_say_which_to_update_and_change_nothing(
    team: Team, monkeypatch: pytest.MonkeyPatch, spoken: int, line: str
) -> None:
    hers = team.machine("ana")
    practised(hers, team.member("ana"))
    with monkeypatch.context() as other:
        other.setattr(server, "EXCHANGE", spoken)
        with pytest.raises(VersionError, match=line):
            team.sync("ana", hers)
    assert hers.exchange.waiting() == 5
    assert team.sync("ana", hers).sent == 5
