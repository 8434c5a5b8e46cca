"""Syllables, grades, and what a voice can't say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from scenarios.headings import LIBRARY
from scenarios.loader import load
from scenarios.reading import reading, syllables
from scenarios.sayable import sayable_rules
from tests.scenarios.small import small


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1), ("make", 1), ("makes", 1), ("asked", 1), ("wanted", 2), ("table", 2), ("boxes", 2),
        ("don't", 1), ("diary", 3), ("video", 3), ("nation", 2), ("value", 2), ("quote", 1), ("doing", 2),
        ("x", 1), ("hm", 1), ("eye", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_letters(word: str, count: int) -> None:
    assert syllables(word) == count


def test_nearly_all_words_of_the_library_have_as_many_syllables_as_a_dictionary_says() -> None:
    pocketsphinx = pytest.importorskip("pocketsphinx", reason="its dictionary is what is compared with")
    file = Path(pocketsphinx.get_model_path()) / "en-us" / "cmudict-en-us.dict"
    spoken = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        word, *sounds = line.split()
        spoken[word] = sum(sound[0] in "AEIOU" for sound in sounds)
    said = Counter[str]()
    for scenario in LIBRARY.glob("*.yaml"):
        said.update(re.findall(r"[a-z]+(?:'[a-z]+)*", scenario.read_text(encoding="utf-8").lower()))
    known = {word: times for word, times in said.items() if word in spoken}
    right = sum(times for word, times in known.items() if syllables(word) == spoken[word])
    off = sum(times * (syllables(word) - spoken[word]) for word, times in known.items())
    assert right >= 0.95 * sum(known.values())
    assert abs(off) <= 0.02 * sum(known.values())


def test_the_grade_is_the_published_formula() -> None:
    read = reading("The cat sat on the mat. It was a good cat!")
    assert (read.sentences, read.words, read.syllables) == (2, 11, 11)
    assert read.grade == pytest.approx(0.39 * 11 / 2 + 11.8 - 15.59)
    assert reading("...").grade == 0.0


def said_of(tmp_path: Path, line: str) -> list[str]:
    file = small(tmp_path, ("says: No, really.", f'says: "{line}"'))
    return [f"{one.severity}: {one.fault.what}; {one.fault.mend}" for one in sayable_rules(load(file))]


@pytest.mark.parametrize(
    ("line", "found", "mend"),
    [
        ("It says ten on www.acme.com today.", "www.acme.com", "say it as people do, or leave it out"),
        ("Write to me at ada@acme.com then.", "ada@acme.com", "say it as people do, or leave it out"),
        ("We have 10-15 of them.", "10-15", "write 'ten to fifteen'"),
        ("We have 10 – 15 of them.", "10 – 15", "write 'ten to fifteen'"),
        ("That is €5,000 too much.", "€5,000", "write the sum in words, 'five thousand dollars'"),
        ("That costs us 5k a week.", "5k", "write it in words, 'five thousand', 'three times'"),
        ("You, e.g. the sales lot.", "e.g.", "write 'for example'"),
        ("Boxes, tape, etc. You know.", "etc.", "write 'and so on'"),
        ("Twenty% is twenty%.", "%", "write 'percent'"),
        ("Me & the board.", "&", "write 'and'"),
        ("It is *never* like that.", "*", "write it in words"),
        ("Fine by me 🙂 then.", "🙂", "write it in words"),
    ],
)
def test_what_a_voice_stumbles_on_is_named_with_its_mend(
    tmp_path: Path, line: str, found: str, mend: str
) -> None:
    said = said_of(tmp_path, line)
    assert said[0] == f"warning: a voice can't say {found!r} as people do; {mend}"


@pytest.mark.parametrize(
    "line",
    [
        "Twenty-five thousand, in 2026? At 10:30, well… you know.",
        "I've, no, hang on. We have 3 lines and 25,000 boxes.",
        "The CRM, the ERP, whatever. Dr. Weiss from IT wants it!",
        "It's a no-go – sorry — for the min we need, in March.",
    ],
)
def test_what_people_say_is_left_alone(tmp_path: Path, line: str) -> None:
    assert said_of(tmp_path, line) == []


HARD = (
    "Notwithstanding considerable organisational uncertainty, procurement stakeholders anticipate "
    "comprehensive documentation regarding interoperability, implementation responsibilities, "
    "indemnification, availability guarantees, data residency requirements and termination assistance, "
    "notwithstanding everything previously communicated."
)


def test_a_line_that_is_hard_to_follow_by_ear_is_named_once(tmp_path: Path) -> None:
    said = said_of(tmp_path, HARD.replace(", ", ". ").replace(" and ", ". And "))
    assert len(said) == 1
    assert said[0].startswith("warning: this line is hard to follow by ear (reading grade ")
    assert said[0].endswith("; shorter sentences and words, to stay under 9")
