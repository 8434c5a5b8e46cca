"""A scripted conversation as plain, frozen values: what a scenario file may hold."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from scoring.hashes import content_hash
from scoring.rubric import MoveId, Slug

END = "end"
"""Where a branch goes when the talk is over."""

Short = Annotated[str, Field(min_length=2, max_length=120)]
Speech = Annotated[str, Field(min_length=2, max_length=600)]
Text = Annotated[str, Field(min_length=10, max_length=1200)]
RubricName = Annotated[
    str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*|[^/\\~:][^\\:]*\.ya?ml)$", max_length=120)
]
FormName = Annotated[str, Field(pattern=r"^[A-Z]$")]

Activity = Literal["objection", "qualification", "opening", "value", "negotiation", "account", "inside"]
"""Where in the work of selling a talk belongs: answering doubts, finding out, getting in, making the case,
agreeing on terms, keeping and growing a customer, and the talks with one's own manager."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Persona(_Strict):
    """Who the rep talks to. `manner` is how they are to deal with, `voice` which voice speaks for them."""

    name: Short
    role: Short
    company: Short | None = None
    manner: Annotated[str, Field(min_length=10, max_length=300)]
    voice: Literal["female", "male"]


class Branch(_Strict):
    """Where the talk goes when every move of `made` was made and none of `missed`.

    A move without a verdict counts as neither. `closing` is the buyer's last line, there when `go` is "end".
    """

    made: tuple[MoveId, ...] = Field(default=(), max_length=4)
    missed: tuple[MoveId, ...] = Field(default=(), max_length=4)
    go: Slug
    closing: Speech | None = None

    @property
    def otherwise(self) -> bool:
        """Whether this branch asks for nothing."""
        return not self.made and not self.missed

    def fits(self, moves: Mapping[str, bool | None]) -> bool:
        """Whether a reply with these verdicts takes the branch."""
        return all(moves.get(move) is True for move in self.made) and all(
            moves.get(move) is False for move in self.missed
        )


class Turn(_Strict):
    """One line of the buyer and what a good reply does.

    `criteria` are ids of the rubric. `exemplars` are replies that score at least 80 here and
    `counter_examples` replies that score under 50; the linter runs both.
    """

    id: Slug
    says: Speech
    criteria: tuple[Slug, ...] = Field(min_length=1, max_length=6)
    next: tuple[Branch, ...] = Field(min_length=1, max_length=5)
    exemplars: tuple[Speech, ...] = Field(default=(), max_length=12)
    counter_examples: tuple[Speech, ...] = Field(default=(), max_length=12)

    def branch(self, moves: Mapping[str, bool | None]) -> Branch:
        """The first branch that fits the verdicts; the last one is the otherwise."""
        return next(branch for branch in self.next if branch.fits(moves))

    def follow(self, moves: Mapping[str, bool | None]) -> str:
        """The id of the next turn, or "end"."""
        return self.branch(moves).go


class Form(_Strict):
    """One wording of a scenario: a buyer, the situation, the turns. `start` is the id of the first turn."""

    persona: Persona
    situation: Text
    start: Slug
    turns: tuple[Turn, ...] = Field(min_length=1, max_length=24)

    @cached_property
    def _by_id(self) -> dict[str, Turn]:
        return {turn.id: turn for turn in self.turns}

    def turn(self, wanted_id: str) -> Turn:
        """The turn of that id; KeyError if there is none."""
        return self._by_id[wanted_id]

    @property
    def lines(self) -> dict[str, str]:
        """What the prospect says, by the id of the turn."""
        return {turn.id: turn.says for turn in self.turns}

    def longest_from(self, turn_id: str) -> int:
        """How many turns the longest way from this turn to the end has, itself included."""
        longest: dict[str, int] = {END: 0}

        def measure(at: str) -> int:
            if at not in longest:
                longest[at] = 1 + max(measure(branch.go) for branch in self.turn(at).next)
            return longest[at]

        return measure(turn_id)

    @property
    def longest(self) -> int:
        """How many turns the longest way through has."""
        return self.longest_from(self.start)


class Scenario(_Strict):
    """A scenario: one skill, one rubric, and parallel forms of the same conversation.

    `rubric` is the id of a shipped one, or the path of a rubric's file from this one's folder (once it is
    loaded: from here). `minutes` is how long one run takes, `hotwords` are names and terms the recogniser
    should expect. `review_by` is the day by which somebody should read it again, for content ages.
    """

    id: Slug
    title: Short
    skill: Slug
    rubric: RubricName
    activity: Activity | None = None
    review_by: date | None = None
    minutes: int = Field(ge=1, le=30)
    goal: Text
    hotwords: tuple[Short, ...] = Field(default=(), max_length=40)
    forms: dict[FormName, Form] = Field(min_length=1, max_length=12)
    _file: Path | None = PrivateAttr(default=None)

    @property
    def file(self) -> Path | None:
        """The file it was loaded from."""
        return self._file

    @property
    def rubric_name(self) -> str:
        """Its rubric's id, or the name of the rubric's file, wherever that lies."""
        return PurePosixPath(self.rubric).name

    def form(self, name: str) -> Form:
        """The form of that name; KeyError if there is none."""
        return self.forms[name]

    def form_hash(self, name: str) -> str:
        """SHA-256 over all that a rep meets in one form: its examples for the linter are left out."""
        form = self.forms[name].model_dump(
            mode="json", exclude={"turns": {"__all__": {"exemplars", "counter_examples"}}}
        )
        return content_hash({"id": self.id, "rubric": self.rubric_name, "form": form})
