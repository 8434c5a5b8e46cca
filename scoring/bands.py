"""How far a delivery figure may go before a rep is told: wide, as a rubric may set them, never a verdict."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

Limit = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]
ENOUGH_WORDS = 20
"""Under this many words a single "um" would be outside its band."""

Line = Annotated[str, Field(min_length=3, max_length=300)]


class Band(BaseModel):
    """From `at_least` to `at_most` nothing is said; `source` says where the numbers come from."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    at_least: Limit | None = None
    at_most: Limit | None = None
    source: Line

    @model_validator(mode="after")
    def _has_a_limit(self) -> "Band":
        if self.at_least is None and self.at_most is None:
            raise ValueError("give at_least, at_most, or both")
        if self.at_least is not None and self.at_most is not None and self.at_least >= self.at_most:
            raise ValueError("at_least must be below at_most")
        return self

    def outside(self, value: float) -> int:
        """-1 below it, 1 above it, 0 inside."""
        if self.at_least is not None and value < self.at_least:
            return -1
        return int(self.at_most is not None and value > self.at_most)


class Bands(BaseModel):
    """A band for each figure that a rep is told about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pace_wpm: Band = Band(
        at_least=110,
        at_most=190,
        source="About 150 words a minute in conversation (National Center for Voice and Speech), 40 around",
    )
    fillers_per_100_words: Band = Band(
        at_most=6,
        source="About 6 disfluencies in 100 words of ordinary conversation (Bortfeld and others 2001)",
    )
    longest_pause: Band = Band(
        at_most=3, source="A second is long between speakers (Jefferson 1989); three times that, own choice"
    )
    response_latency: Band = Band(
        at_most=4, source="Speakers answer after 0.2 s on average (Stivers and others 2009); wide, own choice"
    )
    longest_without_question_seconds: Band = Band(
        at_most=60, source="Own choice: a minute is three or four turns of ordinary conversation"
    )


def outside(delivery: Mapping[str, Any], bands: Bands) -> Iterator[tuple[str, float, Band]]:
    """The figures of a reply that are outside their bands; what was not measured is not."""
    for name, value in _figures(delivery).items():
        band: Band = getattr(bands, name)
        if value is not None and band.outside(value):
            yield name, value, band


def _figures(delivery: Mapping[str, Any]) -> dict[str, float | None]:
    found: dict[str, float | None] = {name: delivery.get(name) for name in Bands.model_fields}
    found["longest_pause"] = (delivery.get("pauses") or {}).get("longest")
    found["fillers_per_100_words"] = _fillers(delivery)
    return found


def _fillers(delivery: Mapping[str, Any]) -> float | None:
    """Filler words and filled pauses, those in the sound included, in 100 words; None under 20 words."""
    words = delivery.get("words") or 0
    if words < ENOUGH_WORDS:
        return None
    heard = (delivery.get("fillers") or {}).get("count") or 0
    return round(100 * (heard + ((delivery.get("filled_pauses") or {}).get("in_sound") or 0)) / words, 1)
