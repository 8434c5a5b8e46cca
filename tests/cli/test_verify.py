import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import scoring.score
from models.errors import RecogniserError
from models.recogniser import Cuts
from scoring.transcript import Word
from tests.cli.attempts import ASKS, PUSHES, changed, heard, practised, profile
from tests.cli.conftest import Trainer
from trainer.commands import options
from trainer.paths import Paths
from trainer.store import Store
from trainer.store.records import Attempt

Verify = Callable[..., tuple[int, Any]]


@pytest.fixture
def verify(trainer: Trainer) -> Verify:
    """The exit code and the document."""

    def run(*words: str) -> tuple[int, Any]:
        code, out, err = trainer("verify", *words, "--json")
        assert out, err
        return code, json.loads(out)

    return run


def test_what_was_scored_here_comes_out_the_same(verify: Verify) -> None:
    of = practised(recorded=True)
    code, found = verify(of.id)
    (one,) = found["attempts"]
    assert (code, found["equal"], one["equal"], one["recomputed"]) == (0, True, True, True)
    assert one["differences"] == []
    assert one["score"]["now"] == one["score"]["stored"]


def test_a_score_raised_by_hand_is_an_alarm(verify: Verify) -> None:
    of = practised([PUSHES], misjudged="acknowledge")
    code, found = verify(of.id)
    assert code == 1
    differences = found["attempts"][0]["differences"]
    assert {"turn": "objection", "what": "acknowledge", "old": True, "new": False} in differences
    assert found["attempts"][0]["score"]["now"] < found["attempts"][0]["score"]["stored"]
    assert any(one["turn"] == "" and one["what"] == "score" for one in differences)


def test_words_changed_by_hand_are_an_alarm(verify: Verify) -> None:
    of = practised()
    changed("UPDATE replies SET text = replace(text, 'real', 'huge') WHERE position = 0")
    code, found = verify(of.id)
    assert code == 1
    assert "hash of the transcript" in [one["what"] for one in found["attempts"][0]["differences"]]


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Attempt:
    """An attempt that another scorer judged."""
    with monkeypatch.context() as then:
        then.setattr(scoring.score, "scorer_hash", lambda: "0ld5c0re" * 8)
        return practised([PUSHES], misjudged="acknowledge")


def test_another_scorer_is_no_alarm(verify: Verify, older: Attempt) -> None:
    code, found = verify(older.id)
    (one,) = found["attempts"]
    assert (code, one["equal"], one["recomputed"]) == (0, True, False)
    assert one["why"].startswith("made with another scorer (0ld5c0re); cannot be recomputed here")
    assert one["why"].endswith(f"it gives {one['score']['now']}")


def test_words_are_checked_whatever_the_scorer(verify: Verify, older: Attempt) -> None:
    changed("UPDATE replies SET text = replace(text, 'wrong', 'right')")
    assert verify(older.id)[0] == 1


def test_an_older_wording_of_the_scenario_is_no_alarm(verify: Verify) -> None:
    practised()
    changed("UPDATE attempts SET scenario_hash = 'feedbeef'")
    code, found = verify()
    assert code == 0
    assert "another scenario (feedbeef)" in found["attempts"][0]["why"]


def test_a_scenario_that_has_gone_is_no_alarm(verify: Verify) -> None:
    practised()
    changed("UPDATE attempts SET scenario = 'gone'")
    code, found = verify()
    assert code == 0
    assert "gone" in found["attempts"][0]["why"]


def test_without_an_attempt_all_are_verified(verify: Verify) -> None:
    good, bad = practised(), practised([PUSHES], misjudged="acknowledge")
    for words in ((), ("--all",)):
        code, found = verify(*words)
        assert code == 1
        assert {one["attempt"]: one["equal"] for one in found["attempts"]} == {good.id: True, bad.id: False}


def test_a_warm_up_does_not_exist_for_others(trainer: Trainer, verify: Verify) -> None:
    private = practised(kind="warm-up")
    profile("Mara Voss", "manager")
    assert trainer("verify", private.id)[0] == 2
    assert verify()[1]["attempts"] == []
    profile("Ana Ruiz", "rep")
    assert len(verify()[1]["attempts"]) == 1


class Ears:
    """A recogniser that hears what it is told to, in the order of the takes."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.asked: list[tuple[str, str, str]] = []

    def named(self, engine: str, model: str, *, window: str) -> "Ears":
        self.asked.append((engine, model, window))
        return self

    engine, model, rough, drafts = "faster-whisper", "base.en", False, False
    cuts = Cuts(pause=0.3, padding=0.2, enough=4.0, longest=20.0)

    def words(self, _samples: object, **_options: object) -> list[Word]:
        return list(heard(self.texts.pop(0)).words)


@pytest.fixture
def recorded() -> Attempt:
    return practised([ASKS, PUSHES], recorded=True)


def listening(monkeypatch: pytest.MonkeyPatch, *texts: str) -> Ears:
    ears = Ears(*texts, *[PUSHES] * 9)
    monkeypatch.setattr(options, "recogniser", ears.named)
    return ears


def test_recordings_are_heard_again_by_the_engine_that_heard_them(
    verify: Verify, recorded: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    ears = listening(monkeypatch, ASKS)
    code, found = verify(recorded.id, "--audio")
    heard_again = found["attempts"][0]["audio"]
    assert code == 0
    assert all(one["intact"] and one["word_errors"] == 0 for one in heard_again)
    assert len(heard_again) >= 3
    assert ears.asked == [("faster-whisper", "base.en", "full")]


def test_recordings_are_heard_again_in_the_window_they_were_heard_in(
    verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = replace(heard(ASKS), model="base.en short")
    monkeypatch.setattr("tests.cli.attempts.heard", lambda _text: quick)
    of = practised([ASKS], recorded=True)
    ears = listening(monkeypatch, *[ASKS] * 9)
    assert verify(of.id, "--audio")[0] == 0
    assert ears.asked == [("faster-whisper", "base.en", "short")]


def test_other_words_are_counted_and_other_verdicts_an_alarm(
    verify: Verify, recorded: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening(monkeypatch, ASKS.replace("Twenty", "Thirty"))
    code, found = verify(recorded.id, "--audio")
    assert code == 0
    assert found["attempts"][0]["audio"][0]["word_errors"] == pytest.approx(1 / 15)
    listening(monkeypatch, PUSHES)
    code, found = verify(recorded.id, "--audio")
    assert code == 1
    assert "acknowledge, heard again" in [
        one["what"] for one in found["attempts"][0]["audio"][0]["differences"]
    ]


def test_a_changed_or_missing_recording_is_an_alarm(
    verify: Verify, recorded: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = sorted(Paths.of_user().takes.rglob("*.flac"))
    first.write_bytes(first.read_bytes() + b"\0")
    second.unlink()
    listening(monkeypatch, PUSHES)
    code, found = verify(recorded.id, "--audio")
    assert code == 1
    changed_one, missing, *rest = found["attempts"][0]["audio"]
    assert [one["what"] for one in changed_one["differences"]] == ["recording's sha256"]
    assert [one["what"] for one in missing["differences"]] == ["recording"]
    assert all(one["intact"] for one in rest)
    assert verify(recorded.id)[0] == 0


def test_an_engine_that_is_not_here_is_named(
    trainer: Trainer, recorded: Attempt, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(engine: str, model: str, *, window: str) -> None:
        raise RecogniserError(f"The weights of {model} are not on this machine.")

    monkeypatch.setattr(options, "recogniser", absent)
    code, out, err = trainer("verify", recorded.id, "--audio")
    assert (code, out) == (RecogniserError.exit_code, "")
    assert "base.en" in err


def test_people_read_what_differs(trainer: Trainer) -> None:
    practised()
    practised([PUSHES], misjudged="acknowledge")
    code, out, _ = trainer("verify")
    assert code == 1
    assert "objection, acknowledge: True → False" in out
    assert "2 verified: 1 with differences." in out


def test_an_id_and_all_at_once_is_bad_use(trainer: Trainer) -> None:
    assert trainer("verify", "x", "--all")[0] == 2
    assert trainer("verify", "x")[0] == 2


def test_a_ledger_that_was_meddled_with_is_named(trainer: Trainer, document: Callable[..., Any]) -> None:
    with Store.open(Paths.of_user().database) as store:
        ana = store.add_person("Ana Ruiz", "rep")
        entry = store.ledger.write(ana.id, "price-objection", "attempt", ana.id, facts={"score": 40})
    assert document("verify")["ledger"] == []
    db = sqlite3.connect(Paths.of_user().database)
    db.executescript("""DROP TRIGGER ledger_stays; UPDATE ledger SET facts = '{"score": 90}'""")
    db.close()
    code, out, _ = trainer("verify")
    assert code == 1
    assert f"this entry is not what was written.  {entry.id}" in out
