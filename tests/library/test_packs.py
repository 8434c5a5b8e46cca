"""Packs installed, updated, compared, removed and made, as the command line does it."""

import json
import shutil
from pathlib import Path

import pytest

from scenarios.judging import Judge
from scenarios.loader import ScenarioError, ids, load
from scoring.transcript import Transcript
from tests.library.conftest import Trainer
from tests.library.packed import FILES, MANIFEST, RUBRIC, SCENARIO, folder, folder_of, zip_of
from trainer.config import Config, save
from trainer.library import installing
from trainer.library.errors import PackError
from trainer.library.installing import add
from trainer.paths import Paths
from trainer.practice.meaning import embedder
from trainer.practice.session import Session
from trainer.store import Store
from trainer.store.coaching.plans import Step
from trainer.store.records import Attempt

ASKS = "Twenty percent is a real gap. What are you comparing us with?"
SECOND = {
    "pack.yaml": MANIFEST.replace("1.0", "1.1"),
    "rubrics/acme-price.yaml": RUBRIC.replace("weight: 3", "weight: 9").replace(
        "pass_mark: 80", "pass_mark: 60"
    ),
    "scenarios/acme-small.yaml": SCENARIO.replace("No, really.", "No. Really not."),
}


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The pack in version 1.0."""
    return folder(tmp_path / "first")


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The pack in version 1.1: a line and what it is judged by are others."""
    return folder_of(folder(tmp_path / "second"), SECOND)


def practised(paths: Paths, *, finish: bool = True) -> Attempt:
    """Ana runs through the pack's scenario."""
    with Store.open(paths.database) as store:
        ana = store.person("Ana") or store.add_person("Ana", "rep")
        session = Session.start(store, load("acme-small"), "A", ana, "assessed", takes_folder=paths.takes)
        session.judge(Transcript.typed(ASKS))
        while finish and session.go_on() is not None:
            session.judge(Transcript.typed(ASKS))
        return session.attempt


def verified(trainer: Trainer) -> dict[str, object]:
    code, out, err = trainer("verify", "--json")
    assert code == 0, err
    (one,) = json.loads(out)["attempts"]
    return {key: one[key] for key in ("recomputed", "equal", "why", "score")}


def test_an_installed_pack_is_practised_listed_and_removed(trainer: Trainer, first: Path) -> None:
    code, out, err = trainer("packs", "add", str(first))
    assert (code, out) == (0, "acme 1.0 is installed: 1 scenario.\n  acme-small\n"), err
    (line,) = [one for one in trainer("scenarios", "list")[1].splitlines() if one.startswith("acme-small ")]
    assert line.endswith("pack acme 1.0")
    assert "acme  1.0  1 scenario  en  CC0-1.0  Acme" in trainer("packs", "list")[1]
    assert trainer("packs", "remove", "acme")[0] == 0
    assert "acme-small" not in ids()
    code, _, err = trainer("packs", "remove", "acme")
    assert (code, err) == (2, "There is no pack 'acme'; there are: none.\n")


def test_a_zip_and_its_folder_are_the_same_pack(trainer: Trainer, first: Path, tmp_path: Path) -> None:
    zips = [
        zip_of(tmp_path / "flat.zip", FILES),
        zip_of(tmp_path / "one-folder.zip", {**FILES, "__MACOSX/._pack.yaml": b"\0"}, within="acme-main/"),
    ]
    digests = {
        json.loads(trainer("packs", "check", str(one), "--json")[1])["digest"] for one in [first, *zips]
    }
    assert len(digests) == 1


def test_an_update_never_changes_the_score_of_an_old_attempt(
    paths: Paths, trainer: Trainer, first: Path, second: Path
) -> None:
    trainer("packs", "add", str(first))
    attempt = practised(paths)
    before = verified(trainer)
    assert (before["recomputed"], before["equal"], before["why"]) == (True, True, "")
    assert trainer("packs", "add", str(second))[1].startswith("acme 1.1 is installed")
    now = load("acme-small")
    assert now.form_hash("A") != attempt.scenario_hash
    assert verified(trainer) == before
    trainer("packs", "remove", "acme")
    assert verified(trainer) == before
    with Store.open(paths.database) as store:
        assert store.attempt(attempt.id).attempt.rubric_hash == attempt.rubric_hash


def test_a_practice_under_way_is_finished_in_its_own_words_after_an_update(
    paths: Paths, trainer: Trainer, first: Path, second: Path
) -> None:
    trainer("packs", "add", str(first))
    attempt = practised(paths, finish=False)
    trainer("packs", "add", str(second))
    with Store.open(paths.database) as store:
        session = Session.resume(store, attempt.id, takes_folder=paths.takes)
        assert session.form.turn("hard").says == "No, really."
        assert session.rubric.pass_mark == 80


def test_diff_says_what_is_changed_and_who_is_in_the_middle_of_it(
    paths: Paths, trainer: Trainer, first: Path, second: Path
) -> None:
    trainer("packs", "add", str(first))
    practised(paths, finish=False)
    with Store.open(paths.database) as store:
        ana, mara = store.person("Ana"), store.add_person("Mara", "manager")
        assert ana
        store.assign(ana.id, "acme-small", skill="price-objection")
        store.plans.make(ana.id, mara.id, [Step("price-objection", 80, 2)])
        store.add_person("Ben", "rep")
    more = SCENARIO.replace("id: acme-small", "id: acme-new")
    folder_of(second, {"scenarios/acme-new.yaml": more})
    code, out, err = trainer("packs", "diff", str(second))
    assert code == 0, err
    assert out.splitlines() == [
        "acme: 1.0 → 1.1",
        "new      acme-new",
        "         Too dear, forms A",
        "changed  acme-small",
        "         form A is changed",
        "         the pass mark is 60 instead of 80",
        "         the criterion 'acknowledge' is changed: weight",
        "         the criterion 'reframe' is changed: weight",
        "         the criterion 'root-cause' is changed: weight",
        "Who is in the middle of something:",
        "  Ana is assigned acme-small",
        "  Ana has price-objection in their plan",
        "  begun and not finished: 1",
        "Old scores stay as they are; what was begun is finished in the words it began with.",
    ]


def test_a_rep_sees_in_it_what_is_their_own(
    paths: Paths, trainer: Trainer, first: Path, second: Path
) -> None:
    trainer("packs", "add", str(first))
    practised(paths, finish=False)
    trainer("assign", "Benedikt", "acme-small")
    save(Config(name="Ana", role="rep"), paths.settings)
    shown = trainer("packs", "diff", str(second))[1]
    assert "  Ana has begun acme-small and not finished it" in shown
    assert "Benedikt" not in shown


def test_diff_with_the_same_pack_says_that_nothing_is_changed(trainer: Trainer, first: Path) -> None:
    trainer("packs", "add", str(first))
    assert trainer("packs", "diff", str(first))[1].splitlines()[1] == "No scenario and no rubric is changed."


def test_examples_alone_are_said_to_be_examples(trainer: Trainer, first: Path, tmp_path: Path) -> None:
    trainer("packs", "add", str(first))
    text = SCENARIO.replace(
        "        criteria: [next-step]\n", '        criteria: [next-step]\n        exemplars: ["I\'ll do."]\n'
    )
    other = folder_of(folder(tmp_path / "other"), {"scenarios/acme-small.yaml": text})
    assert "form A: examples only, which nobody meets" in trainer("packs", "diff", str(other))[1]


def test_a_pack_in_use_is_removed_only_when_that_is_said(paths: Paths, trainer: Trainer, first: Path) -> None:
    trainer("packs", "add", str(first))
    trainer("assign", "Ana", "acme-small")
    code, _, err = trainer("packs", "remove", "acme")
    assert (code, err) == (2, "acme: Ana is assigned acme-small; `--anyway` removes it all the same.\n")
    assert "acme-small" in ids()
    assert trainer("packs", "remove", "acme", "--anyway")[0] == 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"scenarios/acme-small.yaml": SCENARIO.replace("start: first", "start: fist")},
            "acme-small.yaml:16: ",
        ),
        ({"scenarios/acme-small.yaml": SCENARIO.replace("acme-small", "price-20-percent")}, "by the library"),
        ({"scenarios/second.yaml": SCENARIO}, "the id 'acme-small' is taken by scenarios/acme-small.yaml"),
        (
            {
                "scenarios/acme-small.yaml": SCENARIO.replace(
                    "says: And now?\n        criteria: [next-step]",
                    "says: And now?\n        criteria: [none]",
                )
            },
            "has no criterion 'none'",
        ),
    ],
)
def test_what_the_linter_refuses_is_not_installed(
    paths: Paths, trainer: Trainer, first: Path, second: Path, files: dict[str, str], said: str
) -> None:
    trainer("packs", "add", str(first))
    code, _, err = trainer("packs", "add", str(folder_of(second, files)))
    assert code == 2
    assert said in err
    assert err.count("\n") == 1
    assert str(paths.packs) not in err
    assert "acme  1.0" in trainer("packs", "list")[1]
    assert load("acme-small").form("A").turn("hard").says == "No, really."
    assert not list(paths.packs.glob(".part-*"))


def test_two_packs_with_one_id_are_not_both_installed(trainer: Trainer, first: Path, tmp_path: Path) -> None:
    trainer("packs", "add", str(first))
    other = folder(tmp_path / "other", MANIFEST.replace("acme", "other"))
    code, _, err = trainer("packs", "add", str(other))
    assert code == 2
    assert "the id 'acme-small' is taken by the pack acme 1.0; give this scenario another id" in err


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("at", ["write", "inspect", "_on_disk", "current"])
def test_an_add_that_is_cut_off_leaves_the_old_version(
    paths: Paths, trainer: Trainer, first: Path, second: Path, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer("packs", "add", str(first))

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as then:
        then.setattr(installing, at, killed)
        then.setattr(shutil, "rmtree", lambda *_, **__: None)  # a killed process tidies nothing up
        with pytest.raises(Killed):
            add(second, paths, Judge(embedder()))
    assert load("acme-small").form("A").turn("hard").says == "No, really."
    assert list(paths.packs.glob(".part-*"))
    assert trainer("packs", "add", str(second))[0] == 0
    assert load("acme-small").form("A").turn("hard").says == "No. Really not."
    assert not list(paths.packs.glob(".part-*"))


def test_the_version_before_stays_on_disk_until_the_next_update(
    paths: Paths, trainer: Trainer, first: Path, second: Path
) -> None:
    trainer("packs", "add", str(first))
    old = load("acme-small").file
    assert old
    trainer("packs", "add", str(second))
    assert old.exists()
    trainer("packs", "add", str(second))
    assert not old.exists()


def test_a_pack_that_is_no_longer_whole_is_named_and_can_be_removed(
    paths: Paths, trainer: Trainer, first: Path
) -> None:
    trainer("packs", "add", str(first))
    for file in paths.packs.rglob("pack.yaml"):
        file.unlink()
    code, _, err = trainer("packs", "list")
    assert (code, err) == (0, "acme: no longer whole; add it again, or `trainer packs remove acme`.\n")
    assert trainer("packs", "remove", "acme")[0] == 0


def test_the_same_files_make_the_same_zip_and_no_other_is_overwritten(
    trainer: Trainer, first: Path, second: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "two.zip"
    copy = Path(shutil.copytree(first, tmp_path / "copy"))
    (copy / "README.md").touch()
    (copy / ".DS_Store").write_bytes(b"\0")
    assert trainer("packs", "make", str(first), "--out", str(one))[0] == 0
    assert trainer("packs", "make", str(copy), "--out", str(other))[0] == 0
    assert one.read_bytes() == other.read_bytes()
    assert "is there already" in trainer("packs", "make", str(first), "--out", str(one))[1]
    code, _, err = trainer("packs", "make", str(second), "--out", str(one))
    assert code == 2
    assert "there is another pack of this name; raise its version" in err
    assert trainer("packs", "add", str(one))[0] == 0


def test_a_pack_that_nobody_could_install_is_not_made(trainer: Trainer, first: Path, tmp_path: Path) -> None:
    folder_of(first, {"scenarios/acme-small.yaml": SCENARIO.replace("start: first", "start: fist")})
    assert trainer("packs", "make", str(first), "--out", str(tmp_path / "x.zip"))[0] == 2
    assert not (tmp_path / "x.zip").exists()


def test_an_id_of_a_pack_that_has_gone_is_as_any_unknown_one(trainer: Trainer, first: Path) -> None:
    trainer("packs", "add", str(first))
    trainer("packs", "remove", "acme")
    with pytest.raises(ScenarioError, match="there is no scenario 'acme-small'"):
        load("acme-small")


def test_where_packs_cannot_be_written_the_place_is_named(paths: Paths, first: Path) -> None:
    paths.data.mkdir(parents=True)
    paths.packs.write_text("in the way", encoding="utf-8")
    with pytest.raises(PackError, match="packs: can't be written"):
        add(first, paths, Judge(embedder()))
