"""What a reply or an attempt was worth, with the evidence that decided it."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that decided a criterion: `text[start_char:end_char] == quote`; seconds are None when typed."""

    quote: str
    start_char: int
    end_char: int
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion on one reply: met, not met, or None (not assessable); `why` is one plain sentence."""

    id: str
    move: str
    met: bool | None
    weight: int
    evidence: tuple[Evidence, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One reply judged. `score` is the met share of the assessable weight, 0 to 100, or None.

    `moves` has a verdict for each of the fourteen moves; `move_evidence` the words for those that were
    made. `delivery` is the JSON-ready dictionary of `scoring.delivery`. `flags` name what keeps a reply
    from counting ("nothing_heard", "stuffing", "recital", "off_topic").
    """

    turn: str
    score: int | None
    criteria: tuple[CriterionResult, ...]
    moves: dict[str, bool | None]
    move_evidence: dict[str, tuple[Evidence, ...]]
    delivery: dict[str, Any]
    next_step: str
    flags: tuple[str, ...]
    hashes: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary of all fields; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Scorecard":
        """The card that `as_json` wrote, after a trip through JSON."""
        return cls(
            **{
                **data,
                "criteria": _criteria(data["criteria"]),
                "move_evidence": {move: _evidence(found) for move, found in data["move_evidence"].items()},
                "flags": tuple(data["flags"]),
            }
        )


@dataclass(frozen=True, slots=True)
class AttemptScore:
    """All replies of an attempt judged together.

    `criteria` has one result per criterion of the rubric that came up, `tally` how often each was met of
    how often it could be judged: {"acknowledge": (2, 3)}, `figures` what was measured: {"talk-share": 0.58}.
    """

    score: int | None
    criteria: tuple[CriterionResult, ...]
    tally: dict[str, tuple[int, int]]
    next_step: str
    flags: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """A JSON-ready dictionary of all fields; `from_json` reads it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "AttemptScore":
        """The score that `as_json` wrote, after a trip through JSON."""
        return cls(
            **{
                **data,
                "criteria": _criteria(data["criteria"]),
                "tally": {criterion: (met, of) for criterion, (met, of) in data["tally"].items()},
                "flags": tuple(data["flags"]),
            }
        )


def _criteria(found: list[dict[str, Any]]) -> tuple[CriterionResult, ...]:
    return tuple(CriterionResult(**{**one, "evidence": _evidence(one["evidence"])}) for one in found)


def _evidence(found: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**one) for one in found)
