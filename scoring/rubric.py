"""How a skill is judged: binary criteria with weights, a pass mark, bands for the delivery figures."""

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from scoring.bands import Bands

MoveId = Literal[
    "acknowledges_concern",
    "asks_open_question",
    "asks_closed_question",
    "clarifies_root_cause",
    "gives_evidence",
    "reframes_value",
    "confirms_resolution",
    "proposes_next_step",
    "probes_budget",
    "probes_authority",
    "probes_need",
    "probes_timeline",
    "uses_hedging",
    "interrupts_or_argues",
]

AUTHORED: Literal["authored"] = "authored"
"""What stands for the move where a criterion is given by examples."""

MEASURED: Literal["measured"] = "measured"
"""What stands for the move where a criterion is a figure of the whole attempt."""

Measure = Literal["talk_share", "longest_reply", "questions"]
"""What `scoring.measures` counts."""

SaidAs = Literal["question", "statement", "any"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, Field(min_length=3, max_length=300)]
FEWEST_EXAMPLES, MOST_EXAMPLES = 8, 60


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Criterion(_Strict):
    """One thing that is met or not: a move that should be made or, for a fault, should not.

    `says` is what the rep reads before they start; `tip` is the advice when it is missed; `model_answer`
    is one way to do it. A turn's criterion is judged in each turn that lists it, an attempt's once over
    all replies.

    Instead of a move it may name `examples`, sentences that have it, and `near_misses`, sentences that nearly
    do (about twenty of each), and which kind of clause has it (`said_as`). `scoring.authored` makes the rest.

    Or it names a `measure` of the whole attempt and where its line runs: `at_most` or `at_least`, in the
    measure's own unit (a share of 1, seconds, a count).
    """

    id: Slug
    move: MoveId | Literal["authored", "measured"] = AUTHORED
    examples: tuple[Line, ...] = Field(default=(), max_length=MOST_EXAMPLES)
    near_misses: tuple[Line, ...] = Field(default=(), max_length=MOST_EXAMPLES)
    said_as: SaidAs = "any"
    measure: Measure | None = None
    at_most: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    at_least: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    wanted: bool = True
    weight: int = Field(ge=1, le=10)
    says: Line
    tip: Line
    model_answer: Line
    scope: Literal["turn", "attempt"] = "turn"

    @model_validator(mode="before")
    @classmethod
    def _a_measure_is_of_the_attempt(cls, given: Any) -> Any:
        if isinstance(given, dict) and "measure" in given:
            return {"move": MEASURED, "scope": "attempt", **given}
        return given

    @model_validator(mode="after")
    def _has_a_line_if_measured(self) -> "Criterion":
        limits = [one for one in (self.at_most, self.at_least) if one is not None]
        if (self.move == MEASURED) != (self.measure is not None) or (limits and not self.measure):
            raise ValueError("a measure stands alone: give measure with at_most or at_least, and no move")
        if self.measure and len(limits) != 1:
            raise ValueError("give the measure one line to keep: at_most or at_least")
        if self.measure and (self.scope != "attempt" or not self.wanted):
            raise ValueError("a measure is of the whole attempt and wanted; leave scope and wanted out")
        if self.measure == "talk_share" and limits[0] >= 1:
            raise ValueError("talk_share is a share: write 0.65 for 65 %")
        return self

    @model_validator(mode="after")
    def _has_a_move_or_examples(self) -> "Criterion":
        given = bool(self.examples or self.near_misses)
        if (self.move == AUTHORED) != given:
            raise ValueError("give a move, or examples and near_misses, or a measure; one of the three")
        if given and min(len(self.examples), len(self.near_misses)) < FEWEST_EXAMPLES:
            raise ValueError(
                f"give at least {FEWEST_EXAMPLES} examples and as many near_misses; about 20 of each are good"
            )
        if given and self.scope == "attempt":
            raise ValueError("a criterion given by examples is judged turn by turn; leave its scope out")
        if both := sorted(set(self.examples) & set(self.near_misses)):
            raise ValueError(f"{both[0]!r} is an example and a near miss; keep it in one of the two")
        return self

    @model_serializer(mode="wrap")
    def _without_what_is_not_measured(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Rubrics from before there were measures keep their hashes."""
        plain: dict[str, Any] = handler(self)
        if self.measure is None:
            plain = {key: one for key, one in plain.items() if key not in ("measure", "at_most", "at_least")}
        return plain


class Mastery(_Strict):
    """What it takes to master the skill.

    `unproven` says whether criteria count whose verdicts are not known to agree with people
    (`scoring.published`); they count in the score either way. The rest are passes in a row: how many, over
    how many forms, how many of these new to the rep (or not met for weeks), on how many days, and after how
    many more days the retest.
    """

    unproven: Literal["include", "exclude"] = "include"
    passes: int = Field(default=3, ge=1, le=10)
    forms: int = Field(default=2, ge=1, le=5)
    new_forms: int = Field(default=1, ge=0, le=5)
    days: int = Field(default=2, ge=1, le=10)
    retest_after_days: int = Field(default=5, ge=0, le=60)

    @model_serializer(mode="wrap")
    def _without_what_is_usual(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Rubrics from before these numbers could be chosen keep their hashes."""
        plain: dict[str, Any] = handler(self)
        usual = type(self).model_fields
        return {key: one for key, one in plain.items() if key == "unproven" or one != usual[key].default}


class Rubric(_Strict):
    """A skill's rubric. Ids of criteria are unique."""

    id: Slug
    skill: Slug
    title: Line
    pass_mark: int = Field(default=80, ge=1, le=100)
    mastery: Mastery = Mastery()
    delivery: Bands = Bands()
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Rubric":
        ids = [criterion.id for criterion in self.criteria]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise ValueError(f"criteria: the id {twice[0]!r} is given twice; rename one")
        return self

    @model_serializer(mode="wrap")
    def _without_usual_bands(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Rubrics from before bands could be chosen keep their hashes."""
        plain: dict[str, Any] = handler(self)
        if self.delivery == Bands():
            del plain["delivery"]
        return plain

    def criterion(self, wanted_id: str) -> Criterion:
        """The criterion of that id; KeyError if there is none."""
        for criterion in self.criteria:
            if criterion.id == wanted_id:
                return criterion
        raise KeyError(wanted_id)
