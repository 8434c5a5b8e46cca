from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.attempts import opened, practised, profile
from tests.cli.conftest import Trainer

TODAY = date.today()


@pytest.fixture
def ana() -> None:
    profile("Mara Voss", "manager")
    practised()


def csv(folder: Path, *rows: str) -> str:
    file = folder / "figures.csv"
    file.write_text("\n".join(["rep,date,measure,value", *rows]), encoding="utf-8")
    return str(file)


def weekly(weeks: int) -> list[str]:
    return [f"Ana Ruiz,{TODAY - timedelta(weeks=back)},win rate,{40 - back} %" for back in range(weeks)]


def kept() -> list[float]:
    with opened() as store:
        person = store.person("Ana Ruiz")
        assert person is not None
        return [one.value for one in store.figures.of_rep(person.id)]


def test_a_file_is_taken_in_and_shown_beside_practice(trainer: Trainer, ana: None, tmp_path: Path) -> None:
    code, out, _ = trainer("kpi", "import", csv(tmp_path, *weekly(9)))
    assert (code, out) == (0, "9 figures of 1 rep: win rate (%).\n")
    code, out, _ = trainer("kpi", "show", "Ana Ruiz")
    assert code == 0
    assert "32 → 40 over 9 weeks; 1 assessed attempt in the same weeks." in out
    assert "That says nothing about what caused what." in out
    assert "too early" not in out


def test_under_eight_weeks_it_is_too_early(trainer: Trainer, ana: None, tmp_path: Path) -> None:
    trainer("kpi", "import", csv(tmp_path, *weekly(7)))
    assert (
        "7 weeks of it: too early to look for a direction before 8 weeks."
        in trainer("kpi", "show", "Ana Ruiz")[1]
    )


def test_one_bad_row_keeps_all_out(trainer: Trainer, ana: None, tmp_path: Path) -> None:
    file = csv(tmp_path, *weekly(2), "Anna Ruiz,2025-01-06,win rate,3 %", "Ana Ruiz,soon,win rate,3 %")
    code, out, err = trainer("kpi", "import", file)
    assert (code, out) == (2, "")
    assert err.splitlines()[0].endswith("line 4: no rep is called 'Anna Ruiz'; did you mean Ana Ruiz?")
    assert err.splitlines()[-1].endswith("2 rows can't be used; nothing was imported. Mend and repeat.")
    assert kept() == []


def test_the_same_file_again_changes_nothing(trainer: Trainer, ana: None, tmp_path: Path) -> None:
    file = csv(tmp_path, *weekly(3))
    trainer("kpi", "import", file)
    trainer("kpi", "import", file)
    assert kept() == [38, 39, 40]


def test_as_documents(document: Callable[..., Any], ana: None, tmp_path: Path) -> None:
    file = csv(tmp_path, *weekly(2))
    assert document("kpi", "import", file) == {"figures": 2, "reps": 1, "measures": ["win rate (%)"]}
    (series,) = document("kpi", "show", "Ana Ruiz")["business"]
    assert [week["value"] for week in series["by_week"]] == [39, 40]
    assert sum(week["practices"] for week in series["by_week"]) == 1


def test_without_figures_it_says_how_to_get_them(trainer: Trainer, ana: None) -> None:
    code, out, _ = trainer("kpi", "show", "Ana Ruiz")
    assert code == 0
    assert "kpi import FILE.csv" in out
