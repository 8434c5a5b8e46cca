"""The JSON Schemas of scenario and rubric files, by which editors complete and check what is written.

They are made from the models that read the files; what ships lies in scenarios/schemas/. What no schema can
say is left to `check`: that branches lead somewhere, that examples come out right.
"""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from scenarios.described import ACTIVITIES, KEYS, MOVES
from scenarios.schema import END, Scenario
from scoring.rubric import AUTHORED, MEASURED, Rubric

Kind = Literal["scenario", "rubric"]
KINDS: dict[Kind, type[BaseModel]] = {"scenario": Scenario, "rubric": Rubric}
FOLDER = Path(__file__).parent / "schemas"


def shipped(kind: Kind) -> Path:
    """The schema's file, for an editor."""
    return FOLDER / f"{kind}.json"


def written(kind: Kind) -> str:
    """The schema as its file holds it."""
    return json.dumps(made(kind), indent=1, ensure_ascii=False) + "\n"


def made(kind: Kind) -> dict[str, Any]:
    """The schema that the models of this version make."""
    schema: dict[str, Any] = KINDS[kind].model_json_schema()
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"rep-trainer {kind}",
        **schema,
    }
    models = {kind.capitalize(): schema, **schema["$defs"]}
    for name, model in models.items():
        model["description"] = KEYS[name][""]
        for key, value in model["properties"].items():
            model["properties"][key] = _described(value, KEYS[name][key])
    if kind == "scenario":
        _of_a_scenario(models)
    else:
        _of_a_rubric(models)
    schema["title"] = f"rep-trainer {kind}"
    return schema


def _described(value: dict[str, Any], description: str) -> dict[str, Any]:
    """A key's schema with its description, and without what an author should not write: null."""
    value = {key: one for key, one in value.items() if key not in ("title", "description", "default")}
    if kinds := [one for one in value.pop("anyOf", []) if one.get("type") != "null"]:
        value |= kinds[0] if len(kinds) == 1 else {"enum": [word for one in kinds for word in one["enum"]]}
    if value.get("enum") == list(ACTIVITIES):
        description = f"{description} {_listed(ACTIVITIES)}"
    return {"description": description, **value}


def _of_a_scenario(models: dict[str, dict[str, Any]]) -> None:
    models["Scenario"]["properties"]["forms"]["additionalProperties"] = False  # no letter, no form
    branch = models["Branch"]
    for key in ("made", "missed"):
        branch["properties"][key]["description"] += f" {_listed(MOVES)}"
    branch["if"] = {"properties": {"go": {"const": END}}, "required": ["go"]}
    branch["then"] = {"required": ["closing"]}
    branch["else"] = {"not": {"required": ["closing"]}}


def _of_a_rubric(models: dict[str, dict[str, Any]]) -> None:
    criterion = models["Criterion"]
    move = criterion["properties"]["move"]
    move.pop("type", None)
    move["enum"] = [one for one in move["enum"] if one not in (AUTHORED, MEASURED)]
    move["description"] += f" {_listed(MOVES)}"
    criterion["oneOf"] = [
        {"required": ["move"]},
        {"required": ["examples", "near_misses"]},
        {"required": ["measure"]},
    ]


def _listed(words: dict[str, str]) -> str:
    return " ".join(f"{word}: {says}." for word, says in words.items())
