"""The short form of `benchmarks.fuzz`: broken files end in one clear line, or in a result."""

from pathlib import Path

import pytest

from benchmarks.fuzz import ending
from benchmarks.fuzz_doing import Doing
from benchmarks.fuzzed import KINDS, case

CASES = {"scenario": 150, "pack zip": 150, "pack folder": 80, "playbook": 40}


@pytest.fixture(scope="module")
def doing() -> Doing:
    return Doing()


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_changed_in_a_file_it_is_used_or_refused_in_a_line(
    kind: str, doing: Doing, tmp_path: Path
) -> None:
    ended = {}
    for number in range(CASES[kind]):
        folder = tmp_path / str(number)
        folder.mkdir()
        ended[number] = ending(doing, case(kind, number, folder))
    assert {number: what for number, what in ended.items() if what not in ("valid", "refused")} == {}
    assert {"valid", "refused"} == set(ended.values())


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_changed_is_used(kind: str, doing: Doing, tmp_path: Path) -> None:
    assert ending(doing, case(kind, -1, tmp_path)) == "valid"


def test_the_same_number_is_the_same_case(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        made.append(case("scenario", 7, tmp_path / name).path.read_bytes())
    assert made[0] == made[1]


def test_an_error_that_is_not_ours_or_says_too_little_is_a_failure(tmp_path: Path) -> None:
    from trainer.errors import TrainerError

    one = case("scenario", -1, tmp_path)
    for error, said in (
        (KeyError("x"), "KeyError: 'x'"),
        (TrainerError("a\nb"), "an error of 2 lines"),
        (TrainerError("something is wrong"), "an error without the file"),
    ):

        def doing(_: object, raised: Exception = error) -> bool:
            raise raised

        assert said in ending(doing, one)
