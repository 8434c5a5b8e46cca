"""`trainer scenarios new`: what it asks, what it writes, and what it leaves alone."""

import io
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from scenarios.drafting import Answers, draft
from scenarios.lint import Report, report
from scenarios.loader import load
from scenarios.schema import Activity
from scenarios.templates import template
from scoring.rubrics_library import load_rubric, rubric_ids, text_of
from tests.scenarios.judge import judge
from trainer.__main__ import main

QUESTIONS = 10


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the reader in it."""
    monkeypatch.setenv("TRAINER_HOME", str(tmp_path / "home"))
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def answers(kind: Activity, rubric: str) -> Answers:
    found = template(kind)
    one = found.forms["A"]
    return Answers(
        "mine", kind, found.title, rubric, "software", one.buyer, one.role, one.company, one.voice, one.first,
        date(2999, 1, 1), "file:///schema.json",
    )  # fmt: skip


def drafted(kind: Activity, rubric: str) -> Report:
    Path("mine.yaml").write_text(draft(answers(kind, rubric), load_rubric(rubric), judge()), encoding="utf-8")
    return report(Path("mine.yaml"), judge(), date(2026, 11, 22))


@pytest.mark.parametrize("kind", get_args(Activity))
def test_every_kind_of_talk_starts_clean_with_the_rubric_it_suggests(kind: Activity) -> None:
    found = drafted(kind, template(kind).rubric)
    assert [str(one) for one in found.findings] == []
    assert found.scenario is not None
    assert found.scenario.activity == kind
    first, second = found.scenario.forms.values()
    for turn in first.turns:
        assert not {*turn.exemplars} & {*second.turn(turn.id).exemplars}


@pytest.mark.parametrize("rubric", rubric_ids())
def test_any_rubric_gives_a_scenario_without_an_error(rubric: str) -> None:
    assert [str(one) for one in drafted("objection", rubric).findings if one.severity == "error"] == []


def test_scripted_it_asks_nothing_and_says_the_next_command(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--kind", "negotiation", "--title", "It's 5 %: no more!", "--buyer", "Ed: the buyer", "--yes"]
    assert main(["scenarios", "new", *given]) == 0
    said = capsys.readouterr()
    (file,) = here.glob("*.yaml")
    assert file.name == "its-5-no-more.yaml"
    made = load(file)
    assert (made.id, made.title, made.activity) == ("its-5-no-more", "It's 5 %: no more!", "negotiation")
    assert made.form("A").persona.name == "Ed: the buyer"
    assert made.review_by is not None
    assert "0 errors" in said.out
    assert f"scenarios preview {file.name}" in said.out
    assert f"scenarios check {file.name}" in said.out
    assert said.err == ""


def test_a_rubric_of_ones_own_is_named_as_seen_from_the_scenario(here: Path) -> None:
    (here / "rubrics").mkdir()
    (here / "talks").mkdir()
    own = text_of("diagnose").replace("id: diagnose", "id: own", 1)
    (here / "rubrics" / "own.yaml").write_text(own, encoding="utf-8")
    words = ["talks/mine.yaml", "--rubric", "rubrics/own.yaml", "--yes"]
    assert main(["scenarios", "new", *words]) == 0
    text = (here / "talks" / "mine.yaml").read_text(encoding="utf-8")
    assert "\nrubric: ../rubrics/own.yaml\n" in text
    assert load_rubric(load(here / "talks" / "mine.yaml").rubric).id == "own"


class Keyboard(io.StringIO):
    """What somebody types; after it comes Ctrl-C."""

    def isatty(self) -> bool:
        return True

    def readline(self, *_: object) -> str:  # type: ignore[override]
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard("".join(f"{line}\n" for line in lines)))


def test_asked_it_takes_numbers_words_and_suggestions_and_asks_again(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(
        monkeypatch, "9", "5", "Ten off", "", "", "x", "pumps", "", "", "", "2", "Ten off, or we stop here."
    )
    assert main(["scenarios", "new"]) == 0
    said = capsys.readouterr()
    assert "There is no '9' in the list." in said.err
    assert "'x' is too short; write 2 to 120 characters." in said.err
    made = load(here / "ten-off.yaml")
    assert (made.activity, made.rubric) == ("negotiation", "negotiation-trade")
    assert made.form("A").persona.voice == "male"
    assert made.form("A").turn("first").says == "Ten off, or we stop here."
    assert "You sell pumps." in made.form("A").situation


@pytest.mark.parametrize("answered", range(QUESTIONS))
def test_stopped_at_any_question_nothing_is_written(
    here: Path, monkeypatch: pytest.MonkeyPatch, answered: int
) -> None:
    typed(monkeypatch, *[""] * answered)
    assert main(["scenarios", "new"]) == 130
    assert list(here.iterdir()) == []


def test_failing_while_it_writes_it_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scenarios.drafting.draft", lambda *_: b"no text")
    assert main(["scenarios", "new", "mine.yaml", "--yes"]) == 1
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["there.yaml", "--yes"], "there.yaml: there is such a file already; give another name."),
        (["mine.txt", "--yes"], "mine.txt: a scenario's file ends in .yaml; call it mine.yaml."),
        (["no/mine.yaml", "--yes"], "mine.yaml: there is no folder no; make it first."),
        (["mine.yaml"], "scenarios new: this is no terminal to ask in; give what you want as options"),
        (["mine.yaml", "--kind", "chat", "--yes"], "--kind chat: choose one of objection, qualification, "),
        (["mine.yaml", "--rubric", "prize", "--yes"], "there is no rubric 'prize'; there are: "),
        (["mine.yaml", "--title", "x", "--yes"], "'x' is too short; write 2 to 120 characters."),
    ],
)  # fmt: skip
def test_what_it_can_t_use_is_refused_and_nothing_is_touched(
    here: Path,
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    (here / "there.yaml").write_text("mine", encoding="utf-8")
    assert main(["scenarios", "new", *words]) == 2
    assert said in capsys.readouterr().err.replace("\\", "/")
    assert [one.name for one in here.iterdir()] == ["there.yaml"]
    assert (here / "there.yaml").read_text(encoding="utf-8") == "mine"
