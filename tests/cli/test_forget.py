from pathlib import Path

from tests.cli.conftest import Trainer
from tests.store.records import attempt, finished
from trainer.config import Config, load, save
from trainer.paths import Paths
from trainer.store import Store


def _ana(*, looked_at: bool = False) -> None:
    with Store.open(Paths.of_user().database) as store:
        ana = store.add_person("Ana Ruiz", "rep")
        done = finished(store, attempt(ana))
        finished(store, attempt(ana, kind="warm-up"))
        if looked_at:
            store.privacy.look(store.add_person("Mo Adler", "manager").id, ana.id, "attempt", done.id)


def test_a_person_is_erased_and_what_cannot_be_reached_is_said(trainer: Trainer) -> None:
    _ana()
    code, out, err = trainer("forget", "ana ruiz", "--yes")
    assert code == 0
    assert "Ana Ruiz is erased" in out
    assert "backups" in err
    with Store.open(Paths.of_user().database) as store:
        assert store.people() == []


def test_nobody_is_erased_without_being_asked_about(trainer: Trainer) -> None:
    _ana()
    code, _, err = trainer("forget", "Ana Ruiz")
    assert (code, "--yes" in err) == (2, True)
    with Store.open(Paths.of_user().database) as store:
        assert store.person("Ana Ruiz") is not None


def test_the_profile_of_who_is_erased_begins_anew(trainer: Trainer, home: Path) -> None:
    _ana()
    save(Config(name="Ana Ruiz", role="rep", theme="rep-light"), Paths.of_user().settings)
    assert trainer("forget", "Ana Ruiz", "--yes")[0] == 0
    assert load(Paths.of_user().settings) == Config(theme="rep-light")


def test_an_unknown_person_is_bad_input(trainer: Trainer) -> None:
    code, _, err = trainer("forget", "Nobody", "--yes")
    assert (code, "nobody of that name" in err) == (2, True)


def test_a_rep_sees_what_the_manager_sees_and_who_looked(trainer: Trainer) -> None:
    _ana(looked_at=True)
    save(Config(name="Ana Ruiz", role="rep"), Paths.of_user().settings)
    code, out, _ = trainer("seen")
    assert code == 0
    assert "sees 1 of your attempts" in out
    assert "Mo Adler" in out


def test_a_manager_has_nothing_of_theirs_to_be_seen(trainer: Trainer) -> None:
    save(Config(name="Mo Adler", role="manager"), Paths.of_user().settings)
    code, _, err = trainer("seen")
    assert (code, "for a rep" in err) == (2, True)
