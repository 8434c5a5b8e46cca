from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from trainer.errors import BadInputError
from trainer.interchange.figures_file import read_figures
from trainer.store.records import Person

MADE = datetime(2025, 1, 1, tzinfo=UTC)
PEOPLE = [Person("ana", "Ana Ruiz", "rep", MADE), Person("zoe", "Zoë Krüger", "rep", MADE)]
TODAY = date(2025, 11, 27)


def read(folder: Path, text: str | bytes) -> tuple[list[tuple[str, str, str, float]], list[str]]:
    file = folder / "figures.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    figures, bad = read_figures(file, PEOPLE, TODAY)
    return [(one.rep_id, one.measure, str(one.day), one.value) for one in figures], [str(one) for one in bad]


PLAIN = "rep,date,measure,value\nAna Ruiz,2025-11-24,win rate,31.5\n"
WANTED = [("ana", "win rate", "2025-11-24", 31.5)]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace(",", " | "),
        "\ufeff" + PLAIN,
        PLAIN.encode("utf-16"),
        "sep=;\n" + PLAIN.replace(",", ";"),
        "Value;Region;REP;Measure;Date \n31,5;North; ana  ruiz ;win rate;24.11.2025\n\n;;;;\n",
        'rep,date,measure,value\n"Ana Ruiz","24 Nov 2025","win  rate","31,5"\n',
        "rep,date,measure,value\nAna Ruiz,2025-11-24 00:00:00,win rate,31.5\n",
        "rep,date,measure,value\nAna Ruiz,11/24/2025,win rate,+31.5\n",
        "rep,date,measure,value\nAna Ruiz,24/11/2025,win rate,31.50\n",
        'rep,date,measure,value\nAna Ruiz,"November 24, 2025",win rate,31.5\n',
    ],
)
def test_one_figure_in_many_spellings(tmp_path: Path, text: str | bytes) -> None:
    assert read(tmp_path, text) == (WANTED, [])


def test_a_western_european_file_is_read_too(tmp_path: Path) -> None:
    text = "rep;date;measure;value\nZoë Krüger;2025-11-24;Gespräche;12\n"
    assert read(tmp_path, text.encode("cp1252")) == ([("zoe", "Gespräche", "2025-11-24", 12)], [])


def test_a_share_is_never_taken_for_a_number(tmp_path: Path) -> None:
    text = "rep;date;measure;value\nAna Ruiz;2025-11-17;win rate;28 %\nAna Ruiz;2025-11-24;win rate;31,5%\n"
    figures, bad = read(tmp_path, text)
    assert [(measure, value) for _, measure, _, value in figures] == [
        ("win rate (%)", 28),
        ("win rate (%)", 31.5),
    ]
    _, bad = read(tmp_path, text + "Ana Ruiz;2025-11-10;win rate;0,27\n")
    assert bad == ["line 4: 'win rate' is given with % in line 2; write it the same way in all rows"]


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (["1,234", "2.5"], [1234, 2.5]),
        (["1.234", "2,5"], [1234, 2.5]),
        (["1,234,567"], [1234567]),
        (["1.234,5"], [1234.5]),
        (["1,234.5"], [1234.5]),
        (["1 234,5", "12\u00a0345"], [1234.5, 12345]),
        (["1'234.50"], [1234.5]),
        (["0,125"], [0.125]),
        (["\u22123", "-4.5", ".5"], [-3, -4.5, 0.5]),
    ],
)
def test_numbers_are_read_as_the_whole_file_means_them(
    tmp_path: Path, values: list[str], wanted: list[float]
) -> None:
    rows = [f"Ana Ruiz;2025-11-{10 + at};calls;{value}" for at, value in enumerate(values)]
    figures, bad = read(tmp_path, "\n".join(["rep;date;measure;value", *rows]))
    assert ([value for *_, value in figures], bad) == (wanted, [])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ana Ruis;2025-11-24;calls;3", "no rep is called 'Ana Ruis'; did you mean Ana Ruiz?"),
        ("Bob;2025-11-24;calls;3", "no rep is called 'Bob'; add them first, or take the row out"),
        (";2025-11-24;calls;3", "no rep; name one"),
        ("Ana Ruiz;2025-13-24;calls;3", "'2025-13-24' is no day; write it as 2025-11-27"),
        ("Ana Ruiz;last week;calls;3", "'last week' is no day; write it as 2025-11-27"),
        ("Ana Ruiz;2026-01-01;calls;3", "'2026-01-01' is still to come; only what has happened is a figure"),
        ("Ana Ruiz;24.11.0025;calls;3", "'24.11.0025' is before 2000; write the year with four digits"),
        (
            "Ana Ruiz;03/04/2025;calls;3",
            "'03/04/2025' may have the day or the month first (nothing says which); write days as 2025-11-27",
        ),
        ("Ana Ruiz;2025-11-24;;3", "the measure has to have a name of 1 to 60 characters, such as win rate"),
        ("Ana Ruiz;2025-11-24;calls;", "'' is no number; write it as 31.5 or 31 %"),
        ("Ana Ruiz;2025-11-24;calls;n/a", "'n/a' is no number; write it as 31.5 or 31 %"),
        ("Ana Ruiz;2025-11-24;calls;nan", "'nan' is no number; write it as 31.5 or 31 %"),
        ("Ana Ruiz;2025-11-24;calls;%", "'%' is no number; write it as 31.5 or 31 %"),
        ("Ana Ruiz;2025-11-24;calls;1,234", "'1,234' may be 1234 or 1.234; write it without a comma"),
        ("Ana Ruiz;2025-11-24;calls", "3 cells where there should be 4; fill it"),
        (
            "Ana Ruiz;2025-11-24;calls;3;4",
            "5 cells where there should be 4; put quotes around a cell that has a ';' in it",
        ),
        (
            "ana ruiz;2025-11-03;calls;4",
            "Ana Ruiz has a 'calls' of 2025-11-03 in line 2 already; keep one of them",
        ),
    ],
)
def test_a_bad_row_is_named_with_its_line_and_its_mend(tmp_path: Path, row: str, said: str) -> None:
    _, bad = read(tmp_path, f"rep;date;measure;value\nAna Ruiz;2025-11-03;calls;7\n{row}\n")
    assert bad == [f"line 3: {said}"]


def test_days_and_months_first_in_one_file_are_asked_back(tmp_path: Path) -> None:
    rows = "Ana Ruiz;13/04/2025;calls;1\nAna Ruiz;04/14/2025;calls;2\nAna Ruiz;05/05/2025;calls;3\n"
    figures, bad = read(tmp_path, f"rep;date;measure;value\n{rows}")
    assert [day for _, _, day, _ in figures] == ["2025-05-05"]
    assert all("some rows have the day first, others the month" in one for one in bad)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "is empty"),
        (b"rep;date;measure\nAna Ruiz;2025-11-24;calls\n", "line 1: no column 'value'"),
        (b"rep,rep,date,measure,value\n", "line 1: two columns 'rep'"),
        (b"rep,date,measure,value\n", "no rows below"),
        (b"PK\x03\x04\0\0\0", "is no text; save it as CSV"),
        (b'rep,date,measure,value\n"Ana' + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_a_file_that_is_no_such_file_is_one_line(tmp_path: Path, text: bytes, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"gone\.csv: can't be read"):
        read_figures(tmp_path / "gone.csv", PEOPLE, TODAY)
