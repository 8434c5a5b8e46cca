"""`trainer forget` of a member: what others have of them goes first, as far as this machine can reach it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Trainer
from tests.team.hall import Hall
from tests.team.machines import ANA, MARA, TEAM, machine
from tests.team.test_recordings import Desk, desk, lying
from trainer.config import Config, load, save
from trainer.paths import Paths
from trainer.store import Store
from trainer.team.exchange import sync
from trainer.team.place import SIGN, Place

TEAMS = "postgresql://rt_x@db.example.org/team"


@dataclass
class Scene:
    hall: Hall
    shared: Path
    managers: Desk
    copy: Path


@pytest.fixture
def scene(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Ana's profile belongs to a team; one recording of hers lies at its place and on Mara's machine."""
    paths, shared, hall = Paths.of_user(), tmp_path / "shared", Hall(*TEAM)
    Place.of(str(shared)).prepare()
    hall.recordings = str(shared)
    monkeypatch.setattr("trainer.team.parting.server_of", lambda _config: hall.visit(ANA))
    monkeypatch.setattr("trainer.team.membership.forget_password", lambda _address: None)
    save(Config(name=ANA.name, role="rep", team=TEAMS, recordings=str(shared)), paths.settings)
    paths.data.mkdir(parents=True)
    managers = desk(tmp_path, MARA, shared)
    with machine(paths.data, ANA, "trainer") as store, managers.store:
        hers = Desk(ANA, store, paths.takes, Place.of(str(shared)))
        hers.agrees()
        spoken = hers.records()
        with hall.visit(ANA) as server:
            sync(store, server)
        hers.sends_all()
        with hall.visit(ANA) as server:
            sync(store, server)
        with hall.visit(MARA) as server:
            sync(managers.store, server)
        yield Scene(hall, shared, managers, managers.post.fetch(spoken.id))


def test_a_member_who_is_erased_is_out_of_the_team_and_off_its_place(scene: Scene, trainer: Trainer) -> None:
    code, out, err = trainer("forget", "Ana Ruiz", "--yes")
    assert code == 0, err
    assert "Ana Ruiz is erased: 1 recording" in out
    assert "team admin remove NAME --erase" in err
    assert lying(scene.shared) == []
    assert load(Paths.of_user().settings).team == ""
    with Store.open(Paths.of_user().database) as store:
        assert [one.name for one in store.people()] == ["Mara Holt"]
    with scene.hall.visit(MARA) as server:
        sync(scene.managers.store, server)
    scene.managers.post.tidy()
    assert not scene.copy.exists()


@pytest.mark.parametrize("which", ["place", "server"])
def test_what_is_not_reached_erases_nothing_and_is_done_again(
    scene: Scene, trainer: Trainer, which: str
) -> None:
    sign = scene.shared / SIGN
    if which == "place":
        sign.rename(sign.with_suffix(".away"))
    scene.hall.closed = which == "server"
    code, out, err = trainer("forget", "Ana Ruiz", "--yes")
    assert (code, out) == (1, "")
    assert "connect the folder" in err or "can't be reached" in err
    with Store.open(Paths.of_user().database) as store:
        assert store.person("Ana Ruiz") is not None
    if which == "place":
        sign.with_suffix(".away").rename(sign)
    scene.hall.closed = False
    assert trainer("forget", "Ana Ruiz", "--yes")[0] == 0
    assert lying(scene.shared) == []


def test_a_manager_who_erases_a_rep_is_told_that_the_team_still_has_them(
    scene: Scene, trainer: Trainer, tmp_path: Path
) -> None:
    with Store.open(Paths.of_user().database) as store:
        store.add_person("Ben Okoro", "rep")
    code, _, err = trainer("forget", "Ben Okoro", "--yes")
    assert code == 0
    assert "until then a sync brings back" in err
    assert len(lying(scene.shared)) == 1
    assert load(Paths.of_user().settings).team == TEAMS
