from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.attempts import opened, practised, profile
from tests.cli.conftest import Trainer
from trainer.paths import Paths


@pytest.fixture
def ana() -> None:
    profile("Mara Voss", "manager")
    practised(recorded=True)
    practised(("Nobody but me is to hear about the parrot.",), kind="warm-up")


def test_it_prints_a_page_to_read(trainer: Trainer, ana: None) -> None:
    code, out, _ = trainer("brief", "ana ruiz")
    assert code == 0
    assert out.startswith("Brief: Ana Ruiz")
    assert "A QUESTION TO ASK" in out
    assert "parrot" not in out


def test_as_markdown(trainer: Trainer, ana: None) -> None:
    code, out, _ = trainer("brief", "Ana Ruiz", "--md")
    assert code == 0
    assert out.startswith("# Brief: Ana Ruiz")


def test_as_one_document(document: Callable[..., Any], ana: None) -> None:
    found = document("brief", "Ana Ruiz")
    assert found["practice"]["attempts"] == 1
    assert found["holding_back"]["question"].endswith("?")
    assert [len(one["file"]) > 0 for one in found["holding_back"]["quotes"]] == [True, True]


def test_as_a_file_with_its_sound(trainer: Trainer, ana: None, tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    code, out, _ = trainer("brief", "Ana Ruiz", "--html", str(file))
    assert (code, out.endswith("2 recordings in it.\n")) == (0, True)
    assert file.read_text(encoding="utf-8").count("data:audio/mpeg") == 2


def test_the_rep_sees_who_looked(trainer: Trainer, ana: None) -> None:
    trainer("brief", "Ana Ruiz")
    with opened() as store:
        person = store.person("Ana Ruiz")
        assert person is not None
        assert [(one.who, one.what) for one in store.privacy.looks(person.id)] == [("Mara Voss", "brief")]


def test_a_rep_reads_their_own_and_nobody_elses(trainer: Trainer, ana: None) -> None:
    practised(rep="Ben Okoro")
    profile("Ana Ruiz", "rep")
    assert trainer("brief", "Ana Ruiz")[0] == 0
    code, _, err = trainer("brief", "Ben Okoro")
    assert code == 2
    assert err.strip() == "Ben Okoro: this profile is Ana Ruiz's; a rep sees their own records alone."
    with opened() as store:
        assert not [look for one in store.people() for look in store.privacy.looks(one.id)]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["brief", "Ana Ruis"], "did you mean Ana Ruiz?"),
        (["brief", "Ana Ruiz", "--md", "--json"], "Name one form of the page"),
        (["brief", "Ana Ruiz", "--html", "nowhere/brief.html"], "can't be written"),
    ],
)
def test_bad_use_is_one_line(trainer: Trainer, ana: None, words: list[str], said: str) -> None:
    code, out, err = trainer(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert Paths.of_user().database.exists()
