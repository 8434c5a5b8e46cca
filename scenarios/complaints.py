"""What is wrong with a scenario's keys and values, in words an author can act on."""

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios.schema import Branch, Form, Persona, Scenario, Turn
from scenarios.structure import Fault, Place, nearest

_INSIDE = (("forms", Form), ("persona", Persona), ("turns", Turn), ("next", Branch))


def complaints(error: ValidationError) -> list[Fault]:
    """Each of pydantic's errors as what is wrong, where, and the mend; misspelt keys come first."""
    found = sorted(error.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
    return [_fault(details) for details in found]


def _fault(details: ErrorDetails) -> Fault:
    place: Place = tuple(part for part in details["loc"] if part != "[key]")
    name = next((part for part in reversed(place) if isinstance(part, str)), "the file")
    given, limits = details["input"], details.get("ctx", {})
    seen = _short(given)
    unit = " characters" if isinstance(given, str) else ""
    match details["type"]:
        case "extra_forbidden":
            what, mend = f"unknown key {name!r}", nearest(name, _keys(place))
        case "missing":
            place, what, mend = place[:-1], f"{name!r} is missing", f"add {name!r} here"
        case "literal_error":
            known = [part.strip(" '") for part in limits["expected"].replace(" or ", ",").split(",")]
            what, mend = f"{name} can't be {seen}", nearest(str(given), known)
        case "string_pattern_mismatch" if place[:1] == ("forms",) and len(place) == 2:
            what, mend = f"a form can't be called {name!r}", "call the forms A, B, C and so on"
        case "string_pattern_mismatch" if place == ("rubric",):
            what, mend = (
                f"rubric can't be {seen}",
                "give its id, or the path of its file: my-rubric.yaml",
            )
        case "string_pattern_mismatch":
            what, mend = f"{name} can't be {seen}", "use small letters, digits and single hyphens"
        case "string_type":
            what, mend = f"{name} must be text, not {seen}", "write it in double quotes"
        case "tuple_type":
            what, mend = f"{name} must be a list, not {seen}", "write it as [one, two]"
        case "dict_type" | "model_type":
            what, mend = (
                f"{name} must hold keys, not {seen}",
                "its keys: " + ", ".join(_keys((*place, ""))),
            )
        case "too_short" | "string_too_short":
            what, mend = f"{name} is too short", f"give it at least {limits['min_length']}{unit}"
        case "too_long" | "string_too_long":
            what, mend = f"{name} is too long", f"keep it to {limits['max_length']}{unit}"
        case _:
            what, mend = f"{name} can't be {seen}", details["msg"].lower()
    return Fault(place, what, mend)


def _keys(place: Place) -> list[str]:
    """The keys that may stand where the last part of `place` stands."""
    model: type[BaseModel] = Scenario
    for part, inside in _INSIDE:
        if part in place[:-1]:
            model = inside
    return list(model.model_fields)


def _short(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else text[:37] + "..."
