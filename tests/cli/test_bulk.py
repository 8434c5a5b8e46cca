"""`trainer rescore` and `trainer retranscribe` as they are typed."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import scoring.score
from models.errors import RecogniserError
from tests.cli.attempts import ASKS, PUSHES, heard, opened, practised, profile
from tests.cli.conftest import Trainer
from trainer.bulk import work as worker
from trainer.bulk.executor import Here
from trainer.bulk.task import Failed, Task
from trainer.commands import anew
from trainer.store.records import Attempt


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> list[Attempt]:
    """Attempts of two reps that another scorer judged."""
    with monkeypatch.context() as then:
        then.setattr(scoring.score, "scorer_hash", lambda: "0ld")
        return [
            practised([PUSHES], misjudged="acknowledge"),
            practised([ASKS], rep="Ben Okoro"),
            practised([ASKS], kind="warm-up"),
        ]


def test_processes_of_this_machine_score_as_it_does(
    older: list[Attempt],
    document: Callable[..., Any],
) -> None:
    few = document("rescore", "--dry-run")
    many = document("rescore", "--dry-run", "--workers", "2")
    assert many == few
    assert len(few["attempts"]) == 2


def test_a_rep_and_a_day_narrow_it(older: list[Attempt], document: Callable[..., Any]) -> None:
    (only,) = document("rescore", "--rep", "ben okoro", "--dry-run")["attempts"]
    assert only["attempt"] == older[1].id
    day = older[0].started_at.astimezone().date()
    assert len(document("rescore", "--since", str(day), "--dry-run")["attempts"]) == 2
    assert document("rescore", "--since", str(day + timedelta(days=1)), "--dry-run")["attempts"] == []


def test_nobody_and_no_day_are_bad_use(older: list[Attempt], trainer: Trainer) -> None:
    assert trainer("rescore", "--rep", "Nobody")[0] == 2
    assert trainer("rescore", "--since", "soon")[0] == 2
    assert trainer("rescore", "--workers", "0")[0] == 2


def test_what_fails_is_named_and_the_rest_is_kept(
    older: list[Attempt],
    trainer: Trainer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = worker.work

    def work(task: Task) -> Any:
        return Failed(task.attempt_id, "no luck") if task.attempt_id == older[0].id else real(task)

    monkeypatch.setattr(worker, "work", work)
    code, out, err = trainer("rescore", "--json")
    found = json.loads(out)
    assert code == 1
    assert found["failed"] == [{"attempt": older[0].id, "why": "no luck"}]
    assert f"{older[0].id}: failed, no luck" in err
    assert [one["attempt"] for one in found["attempts"]] == [older[1].id]
    with opened() as store:
        assert [len(store.rescores(of.id)) for of in older[:2]] == [0, 1]


def test_ctrl_c_keeps_what_is_done_and_says_so(
    older: list[Attempt],
    trainer: Trainer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = Here.run

    def run(self: Here, tasks: Any) -> Any:
        yield next(iter(real(self, tasks)))
        raise KeyboardInterrupt

    monkeypatch.setattr(Here, "run", run)
    code, out, err = trainer("rescore")
    assert (code, out) == (130, "")
    assert "1 new record kept; the same command goes on from there." in err
    with opened() as store:
        assert sum(len(store.rescores(of.id)) for of in older) == 1


def test_warm_ups_do_not_leave_this_machine(
    older: list[Attempt],
    trainer: Trainer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profile("Ana Ruiz", "rep")
    sent: list[str] = []

    class Elsewhere(Here):
        def run(self, tasks: Any) -> Any:
            return super().run(one for one in tasks if sent.append(one.attempt_id) is None)  # type: ignore[func-returns-value]

    class Connected:
        def __enter__(self) -> Elsewhere:
            return Elsewhere()

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(anew, "_cluster", lambda _address, _ears: Connected())
    code, _, err = trainer("rescore", "--dask", "tcp://there:8786")
    assert code == 0
    assert "1 warm-up left out: they stay on this machine" in err
    assert older[0].id in sent
    assert older[2].id not in sent


def test_old_recordings_are_heard_anew_beside_what_was_heard(
    trainer: Trainer,
    document: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = practised([PUSHES], recorded=True)
    better = replace(heard(ASKS), engine="pocketsphinx", model="en-us")
    monkeypatch.setattr(worker, "_hear", lambda *_: better)
    monkeypatch.setattr(anew, "_workers", lambda _ears: 1)
    monkeypatch.setattr("trainer.bulk.processes.Processes", lambda _workers: Here())
    found = document("retranscribe", "--engine", "pocketsphinx")
    assert (found["engine"], found["model"]) == ("pocketsphinx", "en-us")
    (one,) = found["attempts"]
    assert one["new"] > one["old"]
    assert one["words_heard_otherwise"] > 0.5
    (again,) = document("retranscribe", "--engine", "pocketsphinx")["attempts"]
    assert again == {**one, "added": False}
    with opened() as store:
        assert [reply.transcript.text for reply in store.attempt(of.id).replies] == [PUSHES] * len(
            store.attempt(of.id).replies
        )
        assert [one.model for one in store.rescores(of.id)] == ["en-us"]
    assert "1 heard anew" in trainer("retranscribe", "--engine", "pocketsphinx")[1]


def test_a_model_that_is_not_here_is_named(trainer: Trainer, tmp_path: Path) -> None:
    practised([PUSHES], recorded=True)
    code, out, err = trainer("retranscribe", "--model", "small.en")
    assert (code, out) == (RecogniserError.exit_code, "")
    assert "small.en are not on this machine" in err
