"""What ships for editors says what the models say, and takes and refuses what they do."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from scenarios.described import ACTIVITIES, KEYS, MOVES
from scenarios.headings import LIBRARY
from scenarios.json_schema import KINDS, Kind, made, shipped, written
from scenarios.schema import Activity
from scoring.detectors import MOVES as DETECTED
from scoring.rubrics_library import rubric_ids, text_of
from scoring.yaml_source import parse
from tests.scenarios.small import small


@cache
def validator(kind: Kind) -> Draft202012Validator:
    schema = made(kind)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def wrong(kind: Kind, text: str) -> list[str]:
    """What an editor underlines."""
    data = json.loads(json.dumps(parse(text.encode(), "a.yaml").data, default=str))
    return [f"{'/'.join(map(str, one.path))}: {one.message}" for one in validator(kind).iter_errors(data)]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_shipped_file_is_what_the_models_say(kind: Kind) -> None:
    """Where it is not: `./run scenarios schema > scenarios/schemas/scenario.json`, and so with --rubric."""
    assert shipped(kind).read_text(encoding="utf-8") == written(kind)


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_key_is_described_and_nothing_is_described_that_is_no_key(kind: Kind) -> None:
    schema = made(kind)
    models = {kind.capitalize(): schema, **schema["$defs"]}
    for name, model in models.items():
        assert set(model["properties"]) == set(KEYS[name]) - {""}
        assert all(value["description"] for value in model["properties"].values())
    assert not [one for one in parts(schema) if one.get("type") == "null"]


def test_moves_and_activities_are_all_described() -> None:
    assert tuple(MOVES) == DETECTED
    assert tuple(ACTIVITIES) == get_args(Activity)


@pytest.mark.parametrize("file", sorted(LIBRARY.glob("*.yaml")), ids=lambda one: one.stem)
def test_an_editor_has_nothing_to_say_of_the_library(file: Path) -> None:
    assert wrong("scenario", file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("rubric", rubric_ids())
def test_nor_of_the_shipped_rubrics(rubric: str) -> None:
    assert wrong("rubric", text_of(rubric)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("start: first", "strat: first", "'strat' was unexpected"),
        ("clarifies_root_cause", "clarifies_cause", "'clarifies_cause' is not one of"),
        ("            closing: Bye.\n", "", "'closing' is a required property"),
        ("go: hard", "go: hard\n            closing: Well.", "should not be valid under"),
        ("voice: female", "voice: woman", "'woman' is not one of"),
        ("minutes: 3", "minutes: 300", "300 is greater than"),
        ("  A:\n", "  a:\n", "'a' does not match any of the regexes"),
    ],
)
def test_it_underlines_what_the_loader_refuses(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = small(tmp_path, (before, after)).read_text(encoding="utf-8")
    assert any(said in one for one in wrong("scenario", text)), wrong("scenario", text)


def test_a_criterion_has_one_way_to_be_judged() -> None:
    text = text_of("price-objection")
    both = text.replace("move: gives_evidence", "move: gives_evidence\n    measure: questions", 1)
    none = text.replace("    move: gives_evidence\n", "", 1)
    assert wrong("rubric", both)
    assert wrong("rubric", none)
