"""Replies with what people said of them, read from JSON lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from scenarios.errors import ScenarioError
from scenarios.loader import load
from scenarios.schema import Scenario, Turn
from scoring.rubric import Criterion, MoveId, Rubric
from scoring.rubrics_library import load_rubric
from trainer.errors import BadInputError

MOVES: tuple[str, ...] = get_args(MoveId)
Line = TypeVar("Line", bound=BaseModel)


class ReplyLine(BaseModel):
    """A reply as it is written, and what it answers."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    text: str
    prompt: str | None = None
    scenario: str | None = None
    turn: str | None = None
    form: str | None = None


class LabelledLine(ReplyLine):
    """The same with what a person said of it; `of` names what was looked for, where not everything was."""

    labels: list[str]
    of: list[str] | None = None
    quality: float | None = Field(default=None, ge=0, le=100)
    labels_2: list[str] | None = None


class SecondLine(BaseModel):
    """A second reading of a reply: its labels, and where they were kept the first reader's own."""

    model_config = ConfigDict(extra="ignore")

    id: str | int
    labels: list[str] | None = None
    first: list[str] | None = None
    second: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a person was asked about a reply: a move, or a criterion (then with its rubric's name)."""

    name: str
    label: str
    move: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply, what it answers, what was looked for and what was found; `people` are two persons' labels."""

    id: str
    text: str
    turn: str
    prompt: str
    rubric: Rubric | None
    criteria: tuple[str, ...]
    questions: tuple[Question, ...]
    labels: frozenset[str]
    people: tuple[frozenset[str], frozenset[str]] | None
    quality: float | None


def read(file: Path, second: Path | None = None) -> list[Labelled]:
    """The replies of a file; of two lines with the same id the later stands. BadInputError names the line.

    The labels of a line are moves, or ids of criteria of its scenario. Where it does not say what was
    looked for, it was every move, or every criterion of the turn.
    """
    found = {str(line.id): _Given(place, line) for place, line in lines(file, LabelledLine)}
    if not found:
        raise BadInputError(f"{file}: no line in it; write one JSON object a line.")
    if second is not None:
        _join(found, second)
    # A reply that does nothing has no label that could tell which kind was meant.
    usual = any(_strange(one.line) for one in found.values())
    return [_labelled(one, criteria=_of_criteria(one.line, usual=usual)) for one in found.values()]


def lines(file: Path, kind: type[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with its place `file:line`; BadInputError names the first that can't be used."""
    try:
        with file.open(encoding="utf-8-sig") as opened:
            for number, line in enumerate(opened, 1):
                if line.strip():
                    place = f"{file}:{number}"
                    yield place, _parsed(line, place, kind)
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file}: not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror or error}; check the path.") from error


def _parsed(line: str, place: str, kind: type[Line]) -> Line:
    try:
        return kind.model_validate(json.loads(line))
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadInputError(f"{place}: not JSON ({error}); mend the line or delete it.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        named = ".".join(str(part) for part in first["loc"])
        what = (
            f"{named}: {first['msg'].lower()}" if named else 'not a JSON object like {"id", "text", "labels"}'
        )
        raise BadInputError(f"{place}: {what}; mend the line or delete it.") from error


@dataclass(frozen=True, slots=True)
class _Given:
    """A line and where it stands; `people` are two readers' labels and where the second's stand."""

    place: str
    line: LabelledLine
    people: tuple[list[str], list[str]] | None = None
    second: str = ""


def _join(given: dict[str, _Given], file: Path) -> None:
    """Puts a second person's labels beside the first's."""
    for place, line in lines(file, SecondLine):
        found = line.second if line.second is not None else line.labels
        if found is None:
            raise BadInputError(f'{place}: no labels in it; give "labels" or "second".')
        if str(line.id) not in given:
            raise BadInputError(f"{place}: no reply has the id {line.id}; mend the id or delete the line.")
        one = given[str(line.id)]
        first = one.line.labels if line.first is None else line.first
        given[str(line.id)] = replace(one, people=(first, found), second=place)


def _strange(line: LabelledLine) -> str:
    """The first name in a line that is no move, "" if there is none."""
    return next((name for name in (*line.labels, *(line.of or ())) if name not in MOVES), "")


def _of_criteria(line: LabelledLine, *, usual: bool) -> bool:
    """Whether a line is about criteria; `usual` says whether others in its file are."""
    names = (*line.labels, *(line.of or ()))
    return bool(_strange(line)) if names else usual and line.scenario is not None


def _labelled(given: _Given, *, criteria: bool) -> Labelled:
    place, line = given.place, given.line
    rubric, turn, prompt, own = _context(place, line)
    if criteria:
        if rubric is None:
            what = f"{_strange(line)} is no move, and a criterion needs a scenario and a turn"
            raise BadInputError(f"{place}: {what}; mend the label or add them.")
        asked = [_of_criterion(rubric, rubric.criterion(one)) for one in own]
    else:
        asked = [Question(move, move, move, True) for move in MOVES]
    known = {one.label: one for one in asked}
    people = given.people
    if people is None and line.labels_2 is not None:
        people = line.labels, line.labels_2
    _check(place, [*line.labels, *(line.labels_2 or ()), *(line.of or ())], known)
    _check(given.second, [label for labels in given.people or () for label in labels], known)
    return Labelled(
        id=str(line.id),
        text=line.text,
        turn=turn,
        prompt=prompt,
        rubric=rubric,
        criteria=own,
        questions=tuple(known[one] for one in (known if line.of is None else dict.fromkeys(line.of))),
        labels=frozenset(line.labels),
        people=None if people is None else (frozenset(people[0]), frozenset(people[1])),
        quality=line.quality,
    )


def _check(place: str, labels: Iterable[str], known: Mapping[str, Question]) -> None:
    if strange := sorted(set(labels) - set(known)):
        raise BadInputError(f"{place}: no such label here: {strange[0]}; use {', '.join(known)}.")


def _of_criterion(rubric: Rubric, one: Criterion) -> Question:
    return Question(f"{rubric.id}.{one.id}", one.id, one.move, one.wanted)


def turn_of(place: str, line: ReplyLine) -> tuple[Scenario, str, Turn] | None:
    """The scenario, form and turn that a line names, if it names any; BadInputError if they are not there."""
    if line.scenario is None or line.turn is None:
        return None
    try:
        scenario = load(line.scenario)
        form = line.form or next(iter(scenario.forms))
        return scenario, form, scenario.form(form).turn(line.turn)
    except ScenarioError as error:
        raise BadInputError(f"{place}: {error}") from error
    except KeyError as error:
        raise BadInputError(f"{place}: {line.scenario} has no form or turn {error}; mend it.") from error


def _context(place: str, line: LabelledLine) -> tuple[Rubric | None, str, str, tuple[str, ...]]:
    """Rubric, turn, the prospect's line and the criteria that are judged in it."""
    found = turn_of(place, line)
    if found is None:
        return None, line.turn or "", line.prompt or "", ()
    scenario, _, turn = found
    rubric = load_rubric(scenario.rubric)
    own = tuple(one for one in turn.criteria if rubric.criterion(one).scope == "turn")
    return rubric, turn.id, turn.says, own
