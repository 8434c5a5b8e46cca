"""A reader misses nothing: not of slow writers, not after a restore."""

import random
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from tests.team.cluster import SUPERUSER, Cluster, running
from tests.team.conftest import made
from tests.team.served import Served, envelopes, read_all
from trainer.store.exchange.record import Cursor, Record
from trainer.team import admin, server
from trainer.team.errors import WentBackError
from trainer.team.server import Server


class Naive:
    """The plain cursor, for comparison: the highest number seen so far."""

    def __init__(self, db: "psycopg.Connection[Any]") -> None:
        self._db = db
        self._seen = 0
        self.found: list[str] = []

    def read(self) -> None:
        rows = self._db.execute(
            "SELECT seq, id FROM team.record WHERE seq > %s ORDER BY seq", (self._seen,)
        ).fetchall()
        self.found += [name for _, name in rows]
        self._seen = max([self._seen, *(seq for seq, _ in rows)])


class Ours:
    """A manager's machine, as far as its cursors go."""

    def __init__(self, served: Served, server: Server) -> None:
        self._server = server
        self._reps = [served.id("ana"), served.id("ben")]
        self.cursors: dict[str, Cursor] = {}
        self.found: list[str] = []

    def read(self) -> None:
        records, self.cursors = read_all(self._server, self._reps, self.cursors, limit=7)
        self.found += [one.id for one in records]


class Writer:
    """A transaction of a rep's that takes its time."""

    def __init__(self, db: "psycopg.Connection[Any]", served: Served, name: str) -> None:
        self._db = db
        self._served = served
        self._name = name
        self.written: list[str] = []

    def write(self) -> None:
        one = self._served.attempt(self._name)
        with self._db.cursor() as cursor:
            if self._db.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
                cursor.execute("BEGIN")
            cursor.execute("SELECT outcome FROM team.push(%s::jsonb)", (envelopes(one),))
            assert cursor.fetchone() == ("new",)
        self.written.append(one.id)

    def end(self, how: str) -> list[str]:
        """What stays of what was written."""
        self._db.execute(how.encode())
        stays = self.written if how == "COMMIT" else []
        self.written = []
        return stays


def test_what_a_slow_transaction_wrote_is_read_after_all(served: Served) -> None:
    """And a reader that goes by the highest number loses it: that is what this is about."""
    with ExitStack() as open_:
        slow = Writer(open_.enter_context(served.sql("ana")), served, "ana")
        quick = Writer(open_.enter_context(served.sql("ben")), served, "ben")
        naive = Naive(open_.enter_context(served.boss()))
        ours = Ours(served, open_.enter_context(served.connect("mara")))
        slow.write()
        quick.write()
        [late], [soon] = slow.written, quick.end("COMMIT")
        naive.read()
        ours.read()
        assert naive.found == [soon]
        assert ours.found == []  # held back: the slow one may still come before it
        slow.end("COMMIT")
        naive.read()
        ours.read()
        assert naive.found == [soon]
        assert sorted(ours.found) == sorted([late, soon])


@pytest.mark.parametrize("seed", range(4))
def test_many_slow_writers_and_readers_in_between(served: Served, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - for the order of events
    kept: list[str] = []
    with ExitStack() as open_:
        writers = [
            Writer(open_.enter_context(served.sql(name)), served, name)
            for name in ("ana", "ben", "ana", "ben", "ana", "ben")
        ]
        naive = Naive(open_.enter_context(served.boss()))
        ours = [Ours(served, open_.enter_context(served.connect("mara"))) for _ in range(2)]
        for _ in range(300):
            writer = chance.choice(writers)
            what = chance.random()
            if what < 0.5 or not writer.written:
                writer.write()
            else:
                kept += writer.end("COMMIT" if what < 0.9 else "ROLLBACK")
            if chance.random() < 0.4:
                naive.read()
                chance.choice(ours).read()
        for writer in writers:
            kept += writer.end("COMMIT")
        naive.read()
        for reader in ours:
            reader.read()
            assert len(reader.found) == len(kept)
            assert set(reader.found) == set(kept)
    assert len(kept) > 100
    assert set(naive.found) < set(kept), "the plain cursor was to lose some, or this shows nothing"


def test_records_that_are_held_up_are_told_to_the_administrator(served: Served) -> None:
    with served.sql("eve") as idle, served.connect("ana") as hers, served.connect("mara") as managers:
        idle.execute("BEGIN")
        idle.execute("SELECT pg_current_xact_id()")
        said = served.attempt("ana")
        assert hers.push([said]).new == [said]
        assert managers.pull({served.id("ana"): None}).records == ()
        with admin.connect(served.url) as boss:
            assert boss.held_up_since() is not None
            idle.execute("ROLLBACK")
            assert boss.held_up_since() is None
        assert managers.pull({served.id("ana"): None}).records == (said,)


@pytest.fixture
def old(cluster: Cluster) -> Iterator[Cluster]:
    """A cluster of the test's own, which is going to be restored."""
    with running() as started:
        yield started


@pytest.fixture
def new(cluster: Cluster) -> Iterator[Cluster]:
    with running() as started:
        yield started


def told(served: Served, *names: str) -> list[Record]:
    """An attempt of each, on the server."""
    found = []
    for name in names:
        with served.connect(name) as connection:
            found += connection.push([served.attempt(name)]).new
    return found


def progress(served: Served, transactions: int) -> None:
    """The server's transaction numbers go on."""
    with served.boss() as db:
        for _ in range(transactions):
            db.execute("SELECT pg_current_xact_id()")


def ids(records: list[Record]) -> list[str]:
    return [one.id for one in records]


def test_a_dump_goes_into_another_cluster_and_everything_goes_on(old: Cluster, new: Cluster) -> None:
    served = made(old)
    name = served.url.rpartition("/")[2].partition("?")[0]
    ana = served.id("ana")
    before = told(served, "ana", "ben", "ana")
    # Much went on in the old cluster: its transaction numbers are far beyond the new one's.
    progress(served, 3000)
    early = told(served, "ana")
    with served.connect("mara") as managers:
        records, stood = read_all(managers, [ana])
    assert ids(records) == ids([before[0], before[2], *early])
    dump = old.programs.run("pg_dump", "-h", "127.0.0.1", "-p", str(old.port), "-U", SUPERUSER, name).stdout
    lost = told(served, "ana", "ben")
    with served.connect("mara") as managers:
        records, behind = read_all(managers, [ana], stood)
        assert ids(records) == [lost[0].id]

    restored = made_from(new, name, dump, served)
    with admin.connect(restored.url) as boss:
        done = boss.init()
        assert "era 2" in done.did
        assert done.warnings
        assert [one.name for one in boss.people()] == [
            "Jon Vale",
            "Mara Holt",
            "Ana Ruiz",
            "Ben Okoro",
            "Eve Lind",
        ]
        assert sorted(done.without_login) == ["Ana Ruiz", "Ben Okoro", "Eve Lind", "Jon Vale", "Mara Holt"]
        people = {name.split()[0].lower(): boss.password(name) for name in done.without_login}
        assert boss.init().did == ()
    restored = Served(new, restored.url, people)

    with restored.connect("mara") as managers, restored.connect("ana") as hers:
        assert hers.hello().era == 2
        # What the dump has stands; what came after it is asked for again, and nothing else is.
        assert not managers.lost([], stood)
        assert managers.lost([], behind).reps == (ana,)
        with pytest.raises(WentBackError, match="restored from a backup"):
            managers.pull(behind)
        assert hers.lost([before[0].id, lost[0].id], {}).records == (lost[0].id,)
        # The new cluster's transaction numbers are lower; its records come behind all the same.
        later = restored.attempt("ana")
        assert hers.push([lost[0], before[0], later]).new == [lost[0], later]
        records, _ = read_all(managers, [ana], stood)
        assert records == [lost[0], later]
        assert ids(read_all(managers, [ana])[0]) == ids([before[0], before[2], *early, lost[0], later])


def made_from(cluster: Cluster, name: str, dump: str, served: Served) -> Served:
    """The dump in a cluster that knows none of its roles, as psql takes it."""
    url = cluster.new_database(name)
    done = cluster.programs.run("psql", "-q", "-d", url, input=dump)
    assert "trainer_owner" in done.stderr
    return Served(cluster, url, served.people)


def test_a_dump_with_its_roles_keeps_everybodys_password(old: Cluster, new: Cluster) -> None:
    served = made(old)
    name = served.url.rpartition("/")[2].partition("?")[0]
    said = told(served, "ana")
    here = ("-h", "127.0.0.1", "-p", str(old.port), "-U", SUPERUSER)
    roles = old.programs.run("pg_dumpall", *here, "--roles-only").stdout
    dump = old.programs.run("pg_dump", *here, name).stdout
    new.programs.run("psql", "-q", "-d", new.url("postgres"), input=roles)
    url = new.new_database(name)
    assert new.programs.run("psql", "-q", "-d", url, input=dump).stderr == ""
    with admin.connect(url) as boss:
        done = boss.init()
        # A dump of one database has no say in who may connect to it.
        assert (done.did, done.without_login) == (("rules", "era 2"), ())
    moved = served.people["ana"].url.replace(str(old.port), str(new.port))
    with server.connect(moved, served.people["ana"].password) as hers:
        assert hers.hello().era == 2
        assert hers.pull({served.id("ana"): None}).records == tuple(said)


def test_an_hour_old_copy_comes_back_and_nobody_misses_anything(old: Cluster) -> None:
    served = made(old)
    ana = served.id("ana")
    first = told(served, "ana", "ben")
    with served.connect("mara") as managers:
        _, stood = read_all(managers, [ana])
    old.stop()
    old.copy_to(old.folder / "copy")
    old.start()
    lost = told(served, "ana", "ana")
    with served.connect("mara") as managers:
        records, behind = read_all(managers, [ana], stood)
        assert records == lost
    old.stop("immediate")
    old.put_back(old.folder / "copy")
    old.start()

    with served.connect("mara") as managers, served.connect("ana") as hers, served.connect("ben") as his:
        assert managers.hello().era == 1
        # Others write first: the numbers that the lost records had are given again.
        others = [served.attempt("ana") for _ in range(5)]
        with served.sql("ana") as second_machine:
            for one in others:
                second_machine.execute("SELECT team.push(%s::jsonb)", (envelopes(one),))
        assert managers.lost([], behind).reps == (ana,)
        with pytest.raises(WentBackError):
            managers.pull(behind)
        assert not managers.lost([], stood)
        assert hers.lost(ids(lost), {ana: behind[ana]}).records == tuple(ids(lost))
        assert not his.lost([first[1].id], {})
        assert hers.push([first[0], *lost]).new == lost
        assert read_all(managers, [ana], stood)[0] == [*others, *lost]
        assert read_all(managers, [ana])[0] == [first[0], *others, *lost]
