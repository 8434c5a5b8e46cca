import csv
import json
from pathlib import Path

import pytest

from trainer.errors import BadInputError
from trainer.interchange.sheets import cell, write_tables

ROW = {"text": "=1+1", "met": True, "none": None, "score": -3, "words": [["a", 0.5]], "name": 'Zoë, "Z"\nK'}


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d", "\u00a0="])
def test_no_text_is_run_by_a_spreadsheet(begin: str) -> None:
    assert cell(f"{begin}HYPERLINK(1)") == f"'{begin}HYPERLINK(1)"


@pytest.mark.parametrize("value", ["", "a = b", "12-14", "me@home", -3, -0.5, None, " plain"])
def test_what_is_harmless_stays_as_it_is(value: object) -> None:
    assert cell(value) == value


def test_csv_comes_back_as_it_went_but_for_the_apostrophe(tmp_path: Path) -> None:
    assert write_tables(tmp_path, {"replies": [ROW, ROW], "notes": []}) == {"replies": 2, "notes": 0}
    with (tmp_path / "replies.csv").open(encoding="utf-8-sig", newline="") as file:
        first, _ = csv.DictReader(file)
    assert first == {
        "text": "'=1+1",
        "met": "true",
        "none": "",
        "score": "-3",
        "words": '[["a", 0.5]]',
        "name": 'Zoë, "Z"\nK',
    }
    lines = (tmp_path / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [ROW, ROW]


def test_a_table_that_is_empty_now_leaves_no_file_of_before(tmp_path: Path) -> None:
    write_tables(tmp_path, {"notes": [ROW]})
    write_tables(tmp_path, {"notes": []})
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_file_of_before(tmp_path: Path) -> None:
    write_tables(tmp_path, {"notes": [ROW]})
    before = (tmp_path / "notes.csv").read_bytes()
    with pytest.raises(TypeError):
        write_tables(tmp_path, {"notes": [ROW, {"text": object()}]})
    assert (tmp_path / "notes.csv").read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["notes.csv", "notes.jsonl"]


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInputError, match="can't be written"):
        write_tables(tmp_path / "file" / "below", {"notes": [ROW]})
