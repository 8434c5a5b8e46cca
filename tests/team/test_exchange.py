"""Machines that share through a real server."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.store.records import attempt, finished
from tests.team.machines import managed, practised
from tests.team.served import Served
from tests.team.test_records import facts_about
from trainer.store import Store
from trainer.store.exchange.record import Member, Record
from trainer.team import admin
from trainer.team.errors import UnreachableError
from trainer.team.exchange import Synced, sync
from trainer.team.server import Pushed, Server


class Team:
    """A served team with a machine for whoever needs one."""

    def __init__(self, served: Served, folder: Path, closing: ExitStack) -> None:
        self.served = served
        self._folder = folder
        self._closing = closing

    def member(self, name: str) -> Member:
        with self.served.connect(name) as server:
            return server.hello().me

    def machine(self, name: str, number: int = 1) -> Store:
        store = self._closing.enter_context(Store.open(self._folder / f"{name}{number}.db"))
        store.exchange.join(self.member(name))
        return store

    def sync(self, name: str, store: Store) -> Synced:
        with self.served.connect(name) as server:
            return sync(store, server)


@pytest.fixture
def team(served: Served, tmp_path: Path) -> Iterator[Team]:
    with ExitStack() as closing:
        yield Team(served, tmp_path, closing)


def test_what_is_assessed_reaches_the_manager_and_what_she_writes_comes_back(team: Team) -> None:
    hers, managers, other = team.machine("ana"), team.machine("mara"), team.machine("jon")
    ana, mara = team.member("ana"), team.member("mara")
    begun = practised(hers, ana)
    finished(hers, attempt(hers.people("rep")[0], kind="warm-up"))
    assert team.sync("ana", hers).sent == 5
    assert team.sync("mara", managers).got == 5
    managed(managers, begun, rep=ana, manager=mara)
    team.sync("mara", managers)
    team.sync("ana", hers)
    assert facts_about(ana, hers) == facts_about(ana, managers)
    assert managers.attempts(ana.id, kind="warm-up") == []
    assert team.sync("jon", other).got == 0
    quiet = team.sync("ana", hers)
    assert (quiet.sent, quiet.got, quiet.waiting, quiet.refused) == (0, 0, 0, 0)
    assert hers.exchange.synced_at() is not None


def test_two_machines_of_one_rep_end_alike(team: Team) -> None:
    one, two, managers = team.machine("ana", 1), team.machine("ana", 2), team.machine("mara")
    ana = team.member("ana")
    practised(one, ana)
    practised(two, ana, form="B")
    for _ in range(2):
        team.sync("ana", one)
        team.sync("ana", two)
    team.sync("mara", managers)
    assert facts_about(ana, one) == facts_about(ana, two) == facts_about(ana, managers)
    assert len(managers.team_attempts(ana.id)) == 2
    assert managers.ledger.breaks() == []


def test_the_new_manager_sees_from_then_on_and_the_old_one_no_longer(team: Team) -> None:
    hers, old, new = team.machine("ana"), team.machine("mara"), team.machine("jon")
    ana, mara = team.member("ana"), team.member("mara")
    begun = practised(hers, ana)
    team.sync("ana", hers)
    team.sync("mara", old)
    managed(old, begun, rep=ana, manager=mara)
    team.sync("mara", old)
    with admin.connect(team.served.url) as boss:
        boss.move("Ana Ruiz", "Jon Vale")
    practised(hers, ana, form="B")
    team.sync("ana", hers)
    assert team.sync("mara", old).forgotten == ("Ana Ruiz",)
    assert old.team_attempts() == []
    team.sync("jon", new)
    assert len(new.team_attempts(ana.id)) == 2
    assert facts_about(ana, new) == facts_about(ana, hers)
    with admin.connect(team.served.url) as boss:
        boss.move("Ana Ruiz", "Mara Holt")
    team.sync("mara", old)
    assert facts_about(ana, old) == facts_about(ana, hers)


class Cut(Server):
    """A connection that breaks after the server has done it and before it could say so."""

    def __init__(self, real: Server) -> None:
        self.__dict__.update({name: getattr(real, name) for name in ("_connection", "_address", "warnings")})

    def push(self, records: list[Record]) -> Pushed:  # type: ignore[override]
        super().push(records)
        raise UnreachableError("cut")


def test_an_answer_that_gets_lost_makes_nothing_twice(team: Team) -> None:
    hers, managers = team.machine("ana"), team.machine("mara")
    practised(hers, team.member("ana"))
    with team.served.connect("ana") as server, pytest.raises(UnreachableError):
        sync(hers, Cut(server))
    assert hers.exchange.waiting() == 5
    assert team.sync("ana", hers).sent == 0
    assert hers.exchange.waiting() == 0
    assert team.sync("mara", managers).got == 5
    with team.served.boss() as db:
        counted = db.execute("SELECT count(*), count(DISTINCT (author, id)) FROM team.record").fetchone()
    assert counted == (5, 5)


def test_what_the_server_lost_is_sent_again(team: Team) -> None:
    hers, managers = team.machine("ana"), team.machine("mara")
    ana = team.member("ana")
    practised(hers, ana)
    team.sync("ana", hers)
    practised(hers, ana, form="B")
    team.sync("ana", hers)
    team.sync("mara", managers)
    with team.served.boss() as db:  # as a backup from before the second one would
        db.execute("ALTER TABLE team.record DISABLE TRIGGER ALL")
        db.execute(
            "DELETE FROM team.record WHERE seq IN (SELECT seq FROM team.record ORDER BY seq DESC LIMIT 3)"
        )
        db.execute("ALTER TABLE team.record ENABLE TRIGGER ALL")
    assert team.sync("ana", hers).sent == 3
    team.sync("mara", managers)
    assert facts_about(ana, managers) == facts_about(ana, hers)
    assert managers.exchange.refused() == []


def test_what_a_clock_dates_into_the_future_is_refused_and_said(team: Team, tmp_path: Path) -> None:
    ahead = datetime.now(UTC) + timedelta(days=3)
    with Store.open(tmp_path / "ahead.db", now=lambda: ahead) as hers:
        hers.exchange.join(ana := team.member("ana"))
        practised(hers, ana)
        done = team.sync("ana", hers)
        assert (done.sent, done.refused) == (0, 5)
        assert {one.kind for one in hers.exchange.refused()} == {
            "attempt",
            "entry",
            "agreement",
            "reflection",
            "recording_gone",
        }
        assert all("clock" in one.why for one in hers.exchange.refused())
        assert hers.exchange.waiting() == 0, "they are not sent without an end"
