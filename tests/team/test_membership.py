"""Joining a team, leaving it, and where the password lies."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from tests.store.records import attempt, finished
from tests.team.served import Served
from trainer import config as settings
from trainer.config import Config
from trainer.errors import BadInputError
from trainer.store import Store
from trainer.team import membership
from trainer.team.errors import DeniedError, TeamError
from trainer.team.exchange import sync


class Kept(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    monkeypatch.delenv(membership.PASSWORD, raising=False)
    before, kept = keyring.get_keyring(), Kept()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(before)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "trainer.db") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_what_was_practised_before_becomes_the_members(
    served: Served, store: Store, file: Path, ring: Kept
) -> None:
    before = store.add_person("Ana R", "rep")
    done = finished(store, attempt(before))
    invited = served.people["ana"]
    joined = membership.join(invited.url, invited.password, store, Config(name="Ana R", role="rep"), file)
    assert (joined.me.id, joined.me.name, joined.renamed) == (before.id, "Ana Ruiz", None)
    assert [(one.attempt.id, one.rep) for one in store.team_attempts()] == [(done.id, "Ana Ruiz")]
    kept = settings.load(file)
    assert (kept.name, kept.role) == ("Ana Ruiz", "rep")
    assert invited.password
    assert invited.password not in file.read_text(encoding="utf-8")
    assert list(ring.kept.values()) == [invited.password]
    with membership.server_of(kept) as server:
        assert sync(store, server).sent == 1


def test_the_second_machine_gets_the_same_person_and_its_own_stay_apart(
    served: Served, tmp_path: Path, file: Path
) -> None:
    invited = served.people["ana"]
    with Store.open(tmp_path / "one.db") as one, Store.open(tmp_path / "two.db") as two:
        one.add_person("Ana Ruiz", "rep")
        membership.join(invited.url, invited.password, one, Config(name="Ana Ruiz", role="rep"), file)
        with membership.server_of(settings.load(file)) as server:
            finished(one, attempt(one.people()[0]))
            sync(one, server)
        finished(two, attempt(two.add_person("Ana Ruiz", "rep")))
        joined = membership.join(
            invited.url, invited.password, two, Config(name="Ana Ruiz", role="rep"), file
        )
        assert joined.renamed == "Ana Ruiz"
        assert joined.me.id == one.people()[0].id
        assert {one.name for one in two.people()} == {"Ana Ruiz", "Ana Ruiz (before the team)"}
        assert two.exchange.unsent(10) == []


def test_a_wrong_password_changes_nothing(served: Served, store: Store, file: Path, ring: Kept) -> None:
    with pytest.raises(DeniedError, match="password"):
        membership.join(served.people["ana"].url, "wrong", store, Config(), file)
    assert (file.exists(), ring.kept, store.exchange.me()) == (False, {}, None)


def test_leaving_takes_the_password_and_stops_the_exchange(
    served: Served, store: Store, file: Path, ring: Kept
) -> None:
    invited = served.people["ana"]
    membership.join(invited.url, invited.password, store, Config(), file)
    me = store.people()[0]
    finished(store, attempt(me))
    membership.leave(store, settings.load(file), file)
    assert (ring.kept, settings.load(file).team, store.exchange.waiting()) == ({}, "", 0)
    assert len(store.attempts(me.id)) == 1
    with pytest.raises(BadInputError, match="no team"):
        membership.leave(store, settings.load(file), file)
    with pytest.raises(BadInputError, match="team join"), membership.server_of(settings.load(file)):
        pass


def test_one_team_at_a_time(served: Served, store: Store, file: Path) -> None:
    one, other = served.people["ana"], served.people["ben"]
    membership.join(one.url, one.password, store, Config(), file)
    with pytest.raises(BadInputError, match="team leave"):
        membership.join(other.url, other.password, store, settings.load(file), file)
    membership.join(one.url, one.password, store, settings.load(file), file)  # again is no harm


def test_without_a_keyring_it_says_what_to_do(
    served: Served, store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    invited = served.people["ana"]
    with pytest.raises(TeamError, match=membership.PASSWORD):
        membership.join(invited.url, invited.password, store, Config(), file)
    assert not file.exists()
    assert invited.password
    monkeypatch.setenv(membership.PASSWORD, invited.password)
    membership.join(invited.url, None, store, Config(), file)
    with membership.server_of(settings.load(file)) as server:
        assert server.hello().me.name == "Ana Ruiz"


def test_a_manager_who_shares_a_name_with_a_rep_here_stays_apart(
    served: Served, store: Store, file: Path
) -> None:
    store.add_person("Mara Holt", "rep")
    invited = served.people["mara"]
    joined = membership.join(invited.url, invited.password, store, replace(Config(), name="Mara Holt"), file)
    assert (joined.me.role, joined.renamed) == ("manager", "Mara Holt")
