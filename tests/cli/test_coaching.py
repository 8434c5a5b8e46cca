"""`trainer team`, `trainer signoff` and `trainer session`, over one profile's store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Trainer
from tests.store.records import attempt, finished
from trainer.config import Config, save
from trainer.paths import Paths
from trainer.store import Store

NOW = datetime.now(UTC)
SKILL = "price-objection"


@pytest.fixture
def paths(home: Path) -> Paths:
    """Mara's profile."""
    found = Paths.of_user()
    save(Config(name="Mara Voss", role="manager"), found.settings)
    return found


@pytest.fixture
def ready(paths: Paths) -> Paths:
    """Ana has what the rule asks for."""
    at = NOW
    with Store.open(paths.database, now=lambda: at) as store:
        ana = store.add_person("Ana Ruiz", "rep")
        for ago, form in ((12, "A"), (11, "B"), (10, "A"), (2, "B")):
            at = NOW - timedelta(days=ago)
            of = finished(store, attempt(ana, form=form, started_at=at), 90)
            facts = {"score": 90, "scenario": of.scenario, "form": form, "new_form": True}
            facts |= {"day": at.date().isoformat(), "missed": []}
            store.ledger.write(ana.id, SKILL, "attempt", ana.id, attempt_id=of.id, facts=facts)
    return paths


def test_team_says_who_needs_the_manager_and_why(
    ready: Paths, trainer: Trainer, document: Callable[..., Any]
) -> None:
    code, out, _ = trainer("team")
    assert code == 0
    assert "40 minutes this week, 1 rep, 1 to see." in out
    assert "ready for sign-off" in out
    (row,) = document("team")["team"]
    assert (row["rep"], row["reason"], row["fits"], row["attempts"]) == (
        "Ana Ruiz",
        "ready for sign-off",
        True,
        4,
    )


def test_signing_off_rests_on_the_evidence_and_what_does_not_hold_needs_a_word(
    ready: Paths, trainer: Trainer, document: Callable[..., Any]
) -> None:
    code, out, err = trainer("signoff", "ana ruiz", SKILL)
    assert (code, out) == (2, "")
    assert "4 of 4 scores do not hold: the words of objection are not those that were judged" in err
    said = document("signoff", "ana ruiz", SKILL, "--note", "I was there")
    assert (said["decision"], said["rests_on"]) == ("signed off", 4)
    assert "4 of 4 scores do not hold" in said["recomputed"]
    code, _, err = trainer("signoff", "Ana Ruiz", SKILL)
    assert code == 2
    assert "mastered" in err


def test_what_is_not_ready_needs_an_override_with_a_reason(
    paths: Paths, trainer: Trainer, document: Callable[..., Any]
) -> None:
    with Store.open(paths.database) as store:
        store.add_person("Ana Ruiz", "rep")
    code, _, err = trainer("signoff", "Ana Ruiz", SKILL)
    assert code == 2
    assert "still to do: 3 passes in a row" in err
    assert trainer("signoff", "Ana Ruiz", SKILL, "--override", " ")[0] == 2
    assert trainer("signoff", "Ana Ruiz", SKILL, "--back", "a", "--override", "b")[0] == 2
    said = document("signoff", "Ana Ruiz", SKILL, "--override", "Does it with customers")
    assert (said["decision"], said["reason"]) == ("declared mastered", "Does it with customers")


def test_a_rep_signs_nothing_off(ready: Paths, trainer: Trainer) -> None:
    save(Config(name="Ana Ruiz", role="rep"), ready.settings)
    code, _, err = trainer("signoff", "Ana Ruiz", SKILL)
    assert code == 2
    assert "This is for a manager" in err


def test_a_session_is_planned_and_moved(ready: Paths, trainer: Trainer, document: Callable[..., Any]) -> None:
    first = document("session", "plan", "Ana Ruiz", "tomorrow 14:00")
    assert first["moved"] is False
    code, out, _ = trainer("session", "plan", "Ana Ruiz", "tomorrow 15:30", "--minutes", "45")
    assert code == 0
    assert "15:30, 45 minutes" in out
    with Store.open(ready.database) as store:
        ana = store.person("Ana Ruiz")
        assert ana is not None
        outcomes = [one.end and one.end.outcome for one in store.sessions.of_rep(ana.id)]
    assert outcomes == ["moved", None]
    code, _, err = trainer("session", "plan", "Ana Ruiz", "soonish")
    assert code == 2
    assert "is no day and time" in err
