"""Plans to copy: an ordered path of skills in a file that anybody may change."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from scoring.errors import YamlError
from scoring.rubric_complaints import nearest
from scoring.yaml_source import Place, Source, read
from trainer.coaching.rules import rule_of, skills
from trainer.errors import BadInputError
from trainer.store.coaching.plans import Step

ENDINGS = (".yaml", ".yml")
KEYS, STEP_KEYS = ["title", "about", "steps"], ["skill", "target", "weeks", "why"]
LONGEST_STEP = 52
"""Weeks."""


@dataclass(frozen=True, slots=True)
class Template:
    """A path and what it is for; `why` says it of each step, in their order."""

    name: str
    title: str
    about: str
    steps: tuple[Step, ...]
    why: tuple[str, ...]

    @property
    def weeks(self) -> int:
        """How long the whole path is meant to take."""
        return sum(step.weeks for step in self.steps)


USUAL = "six-months"
"""The path that is offered first."""


def template_names() -> tuple[str, ...]:
    """The names of the shipped ones."""
    return tuple(sorted(one.name[: -len(".yaml")] for one in _folder().iterdir() if _is_template(one)))


def load_template(name_or_path: str) -> Template:
    """The shipped template of that name or the one in that file; BadInputError with line and mend."""
    file = _locate(name_or_path)
    try:
        source = read(file)
    except YamlError as error:
        raise BadInputError(f"{error}.") from error
    if wrong := next(_faults(source), None):
        place, what, mend = wrong
        raise BadInputError(f"{source.where(place)}: {what}; {mend}.")
    steps = source.data["steps"]
    return Template(
        name=file.name.rpartition(".")[0],
        title=source.data["title"],
        about=source.data.get("about", ""),
        steps=tuple(
            Step(one["skill"], one.get("target") or _mark(one["skill"]), one["weeks"]) for one in steps
        ),
        why=tuple(one.get("why", "") for one in steps),
    )


def text_of_template(name_or_path: str) -> str:
    """The file's own text, to copy."""
    return _locate(name_or_path).read_text(encoding="utf-8")


def _locate(name_or_path: str) -> Path | Traversable:
    if name_or_path.lower().endswith(ENDINGS):
        return Path(name_or_path)
    if name_or_path not in template_names():
        mend = nearest(name_or_path, list(template_names()))
        raise BadInputError(
            f"There is no template {name_or_path!r}; {mend}, or name a file that ends in .yaml."
        )
    return _folder() / f"{name_or_path}.yaml"


Fault = tuple[Place, str, str]
"""Where, what, and the mend."""


def _faults(source: Source) -> Iterator[Fault]:
    """All that is wrong, in the order of the file."""
    given = source.data
    if not isinstance(given, dict):
        yield (), "this is not a plan", "it begins with title, about and steps"
        return
    yield from _of_keys(given, KEYS, ("title", "steps"), ())
    for key in ("title", "about"):
        if not isinstance(given.get(key, ""), str):
            yield (key,), f"{key} must be text", "put it in double quotes"
    steps = given.get("steps")
    if not isinstance(steps, list) or not steps:
        yield ("steps",), "steps must be a list", "begin each step with '  - skill: '"
        return
    for number, step in enumerate(steps):
        yield from _of_step(step, ("steps", number))
        if step in steps[:number] or _skill(step) in map(_skill, steps[:number]):
            yield ("steps", number), f"{_skill(step)} is there twice", "keep one of the two"


def _of_step(step: object, place: Place) -> Iterator[Fault]:
    if not isinstance(step, dict):
        yield place, "a step holds keys", "its keys: " + ", ".join(STEP_KEYS)
        return
    yield from _of_keys(step, STEP_KEYS, ("skill", "weeks"), place)
    skill, weeks, target = step.get("skill"), step.get("weeks"), step.get("target")
    if skill not in skills():
        yield (*place, "skill"), f"there is no skill {skill!r}", nearest(str(skill), list(skills()))
        return
    if type(weeks) is not int or not 1 <= weeks <= LONGEST_STEP:
        yield (*place, "weeks"), f"weeks can't be {weeks!r}", f"write a whole number, 1 to {LONGEST_STEP}"
    mark = _mark(skill)
    if target is not None and (type(target) is not int or not mark <= target <= 100):
        mend = f"write a whole number from {mark}, the pass mark of this skill, to 100"
        yield (*place, "target"), f"target can't be {target!r}", mend
    if not isinstance(step.get("why", ""), str):
        yield (*place, "why"), "why must be text", "put it in double quotes"


def _of_keys(
    given: dict[str, Any], known: list[str], needed: tuple[str, ...], place: Place
) -> Iterator[Fault]:
    for key in given:
        if key not in known:
            yield (*place, key), f"unknown key {key!r}", nearest(key, known)
    for key in needed:
        if key not in given:
            yield place, f"{key} is missing", f"add a line '{key}: …' here"


def _skill(step: object) -> object:
    return step.get("skill") if isinstance(step, dict) else None


def _mark(skill: str) -> int:
    return rule_of(skill).score


def _folder() -> Traversable:
    return files("trainer.coaching") / "templates"


def _is_template(one: Traversable) -> bool:
    return one.name.endswith(".yaml") and not one.name.startswith((".", "_"))
