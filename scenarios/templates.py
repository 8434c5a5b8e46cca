"""What a new scenario starts from: the data of templates.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scoring.yaml_source import read

FILE = Path(__file__).parent / "templates.yaml"


@dataclass(frozen=True, slots=True)
class Buyer:
    """One form of a kind of talk: who it is, and what they say in each turn."""

    buyer: str
    role: str
    company: str
    manner: str
    voice: str
    situation: str
    first: str
    softer: str
    harder: str
    last: str
    agreed: str
    left: str


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of talk: the suggestions for a scenario of it."""

    title: str
    rubric: str
    goal: str
    forms: Mapping[str, Buyer]


@cache
def template(kind: str) -> Template:
    """The template for a kind of talk, one of the schema's activities."""
    found = _data()["kinds"][kind]
    return Template(**{**found, "forms": {name: Buyer(**one) for name, one in found["forms"].items()}})


@cache
def phrases(move: str) -> tuple[str, ...]:
    """Sentences that make a move; none for faults and for criteria given by examples."""
    return tuple(_data()["phrases"].get(move, ()))


@cache
def poor() -> tuple[str, ...]:
    """Replies that nobody should pass with."""
    return tuple(_data()["poor"])


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read(FILE).data
    return data
