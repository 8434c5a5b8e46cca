from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.attempts import opened, profile
from tests.cli.conftest import Trainer

SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


@pytest.fixture
def sessions() -> None:
    with opened() as store:
        mara = store.add_person("Mara Voss", "manager")
        for name in ("Ana Ruiz", "Ben Okoro"):
            store.sessions.plan(store.add_person(name, "rep").id, mara.id, SOON)


def test_a_manager_has_the_team_and_a_rep_their_own(document: Callable[..., Any], sessions: None) -> None:
    profile("Mara Voss", "manager")
    titles = [one["title"] for one in document("calendar")["entries"]]
    assert titles == ["Coaching session with Ana Ruiz", "Coaching session with Ben Okoro"]
    profile("Ben Okoro", "rep")
    titles = [one["title"] for one in document("calendar")["entries"]]
    assert titles == ["Coaching session with Mara Voss"]


def test_it_writes_a_file(trainer: Trainer, sessions: None, tmp_path: Path) -> None:
    profile("Mara Voss", "manager")
    file = tmp_path / "coaching.ics"
    assert trainer("calendar", "--ics", str(file))[:2] == (0, f"{file}: 2 dates.\n")
    assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
    code, _, err = trainer("calendar", "--ics", str(tmp_path))
    assert code == 2
    assert "can't be written" in err


def test_it_prints_them(trainer: Trainer, sessions: None) -> None:
    profile("Ana Ruiz", "rep")
    code, out, _ = trainer("calendar")
    assert code == 0
    assert f"{SOON.astimezone():%a %Y-%m-%d  %H:%M}  Coaching session with Mara Voss" in out


def test_a_rep_whom_nobody_knows_yet_has_an_empty_one(trainer: Trainer, sessions: None) -> None:
    profile("Cy Lee", "rep")
    assert trainer("calendar")[:2] == (0, "No sessions and no due dates.\n")
