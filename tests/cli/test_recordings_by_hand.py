"""`trainer sync`, `team status` and `verify --audio` with recordings that lie elsewhere."""

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
from trainer.store.records import Take
from trainer.team.exchange import sync
from trainer.team.place import Place

TEAMS = "postgresql://rt_x@db.example.org/team"


@dataclass
class Scene:
    hall: Hall
    shared: Path
    managers: Desk
    spoken: Take


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Ana's profile, which has not heard of a place yet, and Mara's machine."""
    paths, shared, hall = Paths.of_user(), tmp_path / "shared", Hall(*TEAM)
    Place.of(str(shared)).prepare()
    hall.recordings = str(shared)
    monkeypatch.setattr("trainer.team.membership.server_of", lambda _config: hall.visit(ANA))
    save(Config(name=ANA.name, role="rep", team=TEAMS), paths.settings)
    paths.data.mkdir(parents=True)
    managers = desk(tmp_path, MARA, shared)
    with machine(paths.data, ANA, "trainer") as store, managers.store:
        hers = Desk(ANA, store, paths.takes, None)
        hers.agrees()
        yield Scene(hall, shared, managers, hers.records())


def test_by_hand_recordings_go_and_what_waits_is_said(scene: Scene, trainer: Trainer) -> None:
    assert "Recordings stay on the machine" in trainer("team", "status")[1]
    code, out, err = trainer("sync")
    assert (code, "Sent 1 recording." in out) == (0, True), err
    assert load(Paths.of_user().settings).recordings == str(scene.shared)
    assert len(lying(scene.shared)) == 1
    assert f"Recordings go to {scene.shared}: 0 to send." in trainer("team", "status")[1]
    with scene.hall.visit(MARA) as server:
        sync(scene.managers.store, server)
    assert scene.managers.post.fetch(scene.spoken.id).exists(), "where it lies went with the same sync"


def test_verify_fetches_what_it_is_to_hear(
    scene: Scene, trainer: Trainer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainer.practice.relistening.listen", lambda *_: [])
    trainer("sync")
    file = Paths.of_user().takes / scene.spoken.file
    file.unlink()
    trainer("verify", "--audio")
    assert file.exists()
    file.unlink()
    lying(scene.shared)[0].write_bytes(b"other")
    assert "was changed there" in trainer("verify", "--audio")[2]
