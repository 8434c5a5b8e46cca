"""The benchmark on real speech keeps its halves apart and reads people's labels as they are meant."""

import csv
import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "annomi.py"
FIELDS = (
    "transcript_id",
    "utterance_id",
    "interlocutor",
    "utterance_text",
    "annotator_id",
    "question_subtype",
    "reflection_exists",
)


@pytest.fixture(scope="module")
def annomi() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def written(file: Path, *rows: tuple[str, ...]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([FIELDS, *rows])
    return file


def test_no_talk_is_in_both_halves(annomi: dict[str, Any], tmp_path: Path) -> None:
    rows = [
        (str(talk), str(at), "therapist", "Why?", "1", "open", "False")
        for talk in range(9)
        for at in range(3)
    ]
    found = annomi["utterances"](written(tmp_path / "a.csv", *rows))
    tune, test = annomi["half"](found, "tune"), annomi["half"](found, "test")
    assert len(tune) + len(test) == 27
    assert not {one.talk for one in tune} & {one.talk for one in test}
    assert annomi["half"](found, "tune") == tune


def test_what_most_people_said_counts_and_the_clients_line_goes_along(
    annomi: dict[str, Any], tmp_path: Path
) -> None:
    rows = [("1", "10", "client", "I drink\na lot.", "1", "n/a", "n/a")] + [
        ("1", "11", "therapist", "You drink a lot?", str(person), label, reflects)
        for person, (label, reflects) in enumerate([("n/a", "True"), ("closed", "True"), ("n/a", "False")])
    ]
    (one,) = annomi["utterances"](written(tmp_path / "a.csv", *rows))
    assert (one.question, one.reflects, one.before) == ("none", True, "I drink a lot.")


OPEN, CLOSED = "How do you get through the day?", "Do you have somebody who helps you with it?"


def test_the_question_asked_last_is_the_one_to_answer(annomi: dict[str, Any]) -> None:
    def asked(text: str) -> Any:
        one = annomi["Utterance"]("1", 1, "", text, "none", False)
        return annomi["question_of"](annomi["judged"](one, text))

    assert asked(f"{CLOSED} {OPEN}") == "open"
    assert asked(f"{OPEN} {CLOSED}") == "closed"
    assert asked("I see.") == "none"
