import json
from pathlib import Path

import pytest

from scenarios.loader import load
from scoring.transcript import Transcript
from trainer.errors import BadInputError
from trainer.practice.labelling import Item, Labelling, labelling, of_attempt, of_moves
from trainer.practice.session import Session
from trainer.store import Store

ASKS = "Twenty percent is a real gap. Before I answer, what are you comparing us with?"


def items(count: int) -> list[Item]:
    return [Item(f"r{number}", f"text {number}", "Why?", of_moves()) for number in range(count)]


def lines(to: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in to.read_text(encoding="utf-8").splitlines()]


def label_all(sheet: Labelling) -> None:
    while sheet.item:
        sheet.given["gives_evidence"] = True
        sheet.done()


def test_the_order_is_shuffled_and_always_the_same(tmp_path: Path) -> None:
    given = sorted(item.id for item in items(30))
    first = [item.id for item in labelling(items(30), tmp_path / "a", 30).items]
    again = [item.id for item in labelling(reversed(items(30)), tmp_path / "b", 30).items]
    assert first == again
    assert first != given
    assert sorted(first) == given


def test_what_was_labelled_before_does_not_come_again(tmp_path: Path) -> None:
    to = tmp_path / "l.jsonl"
    first = labelling(items(5), to, 2)
    label_all(first)
    rest = labelling(items(5), to, 20)
    assert {item.id for item in first.items} | {item.id for item in rest.items} == {f"r{n}" for n in range(5)}
    assert len(rest.items) == 3


def test_each_reply_is_on_disk_when_the_next_is_shown(tmp_path: Path) -> None:
    to = tmp_path / "new" / "l.jsonl"
    sheet = labelling(items(2), to, 2)
    sheet.given.update({"gives_evidence": True, "probes_need": False, "reframes_value": None})
    first = sheet.item
    sheet.done()
    assert first is not None
    assert lines(to) == [
        {
            "id": first.id,
            "prompt": "Why?",
            "text": first.text,
            "labels": ["gives_evidence"],
            "of": ["gives_evidence", "probes_need"],
        }
    ]


def test_the_quality_of_a_reply_is_the_middle_of_its_band_and_may_be_left_out(tmp_path: Path) -> None:
    to = tmp_path / "l.jsonl"
    sheet = labelling(items(3), to, 3)
    for mark in ("a", "", "e"):
        if mark:
            sheet.rate(mark)
        sheet.done()
    assert [line.get("quality", "none") for line in lines(to)] == [95, "none", 26]
    sheet.back()
    assert sheet.mark == "e"
    sheet.rate("e")
    assert sheet.mark == ""


def test_undo_shows_the_answers_and_writes_a_later_line(tmp_path: Path) -> None:
    to = tmp_path / "l.jsonl"
    sheet = labelling(items(2), to, 2)
    sheet.given["gives_evidence"] = True
    sheet.done()
    sheet.back()
    assert sheet.given == {"gives_evidence": True}
    sheet.given["gives_evidence"] = False
    sheet.done()
    assert [line["labels"] for line in lines(to)] == [["gives_evidence"], []]


def test_a_line_that_a_crash_cut_off_spoils_no_other(tmp_path: Path) -> None:
    to = tmp_path / "l.jsonl"
    to.write_text('{"id": "r1", "labels": []}', encoding="utf-8")
    label_all(labelling(items(2), to, 9))
    assert [line["id"] for line in lines(to)] == ["r1", "r0"]


@pytest.mark.parametrize("text", ["not json\n", "[1]\n", '{"text": "no id"}\n'])
def test_a_file_of_another_kind_is_named_and_left_alone(tmp_path: Path, text: str) -> None:
    to = tmp_path / "l.jsonl"
    to.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"l\.jsonl:1: not a labelled reply"):
        labelling(items(1), to, 1)
    assert to.read_text(encoding="utf-8") == text


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    sheet = labelling(items(1), tmp_path / "l.jsonl", 1)
    sheet.to = tmp_path / "file" / "l.jsonl"
    with pytest.raises(BadInputError, match="--to"):
        sheet.done()
    assert sheet.at == 0


def test_an_attempts_replies_are_asked_about_the_criteria_of_their_turn(tmp_path: Path) -> None:
    with Store.open(tmp_path / "trainer.db") as store:
        rep = store.add_person("Ana", "rep")
        session = Session.start(store, load("price-20-percent"), "A", rep, "assessed", takes_folder=tmp_path)
        session.judge(Transcript.typed(ASKS))
        (item,) = of_attempt(store.attempt(session.attempt.id))
    turn = load("price-20-percent").form("A").turn("objection")
    assert (item.text, item.prompt, item.turn, item.form) == (ASKS, turn.says, "objection", "A")
    assert tuple(one.label for one in item.asked) == turn.criteria
    assert "Ana" not in repr(item)
