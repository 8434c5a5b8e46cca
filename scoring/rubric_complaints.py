"""What is wrong with a rubric's keys and values, in words an author can act on."""

from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scoring.rubric import Criterion, Mastery, Rubric
from scoring.yaml_source import Place


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong at a place of the file, and what would mend it."""

    place: Place
    what: str
    mend: str


def complaints(error: ValidationError) -> list[Complaint]:
    """Each of pydantic's errors; misspelt keys first, because they make others."""
    found = [_complaint(one) for one in error.errors(include_url=False)]
    return sorted(found, key=lambda one: not one.what.startswith("unknown key"))


def _complaint(details: ErrorDetails) -> Complaint:
    place: Place = tuple(part for part in details["loc"] if "[" not in str(part))  # without names of types
    name = ".".join(str(part) for part in place)
    key, limits = str(place[-1]) if place else "", details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return Complaint(place, f"unknown key {name!r}", nearest(key, _keys(place)))
        case "missing":
            return Complaint(place[:-1], f"{name} is missing", f"add a line '{key}: …' here")
        case "literal_error":
            known = [part.strip(" '") for part in limits["expected"].replace(" or ", ",").split(",")]
            given = str(details["input"])
            return Complaint(place, f"{name} can't be {_short(given)}", nearest(given, known))
        case "string_pattern_mismatch":
            what = f"{name} can't be {_short(details['input'])}"
            return Complaint(place, what, "use small letters, digits and single hyphens")
        case "string_type":
            return Complaint(place, f"{name} must be text", "put it in double quotes")
        case "string_too_short" | "string_too_long":
            size = len(str(details["input"]))
            return Complaint(place, f"{name} has {size} characters", details["msg"].lower())
        case "value_error":
            what, _, mend = details["msg"].removeprefix("Value error, ").partition("; ")
            return Complaint(place, f"{name}: {what}" if name else what, mend or "mend it here")
        case _:
            return Complaint(place, f"{name} can't be {_short(details['input'])}", details["msg"].lower())


def _keys(place: Place) -> list[str]:
    """The keys that may stand where the last part of `place` stands."""
    model: type[BaseModel] = Rubric
    if len(place) > 1 and place[0] in ("criteria", "mastery"):
        model = Criterion if place[0] == "criteria" else Mastery
    return list(model.model_fields)


def nearest(wrong: str, right: list[str]) -> str:
    """A mend for a name that is not known: the closest known one, or all of them."""
    close = get_close_matches(wrong.lower(), right, n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else f"use one of: {', '.join(right)}"


def _short(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else text[:37] + "..."
