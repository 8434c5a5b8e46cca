"""Tells questions, invitations, reports and refusals apart; the patterns are in moves/acts.yaml."""

from collections.abc import Sequence
from functools import lru_cache

from scoring.language import data, language
from scoring.matching import Patterns

ACTS = (
    "refused",
    "reported",
    "rhetorical",
    "says",
    "wh",
    "leave",
    "tag",
    "invitation",
    "ask",
    "open",
    "short",
)


def acts_of(words: Sequence[str]) -> dict[str, int]:
    """The acts whose patterns hold in a clause, each with the place of its first word."""
    return {ACTS[number]: hits[0].start for number, hits in _patterns().find(words).items()}


@lru_cache(maxsize=1)
def _patterns() -> Patterns:
    found = data("acts.yaml")
    made = Patterns()
    for act in ACTS:
        made.add(one for pattern in found[act] for one in language().sequences(pattern))
    return made
