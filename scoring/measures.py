"""Figures of a whole attempt that a rubric can set a limit to, such as the rep's share of the talking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.rubric import Measure
from scoring.scorecard import Scorecard

PROSPECT_WPM = 150
"""Words a minute at which the prospect's lines are counted, played or read: the same on every machine,
whatever voice it has. The average of English in conversation (National Center for Voice and Speech)."""

_NO_TIMES = "Not assessable: fewer than half of the replies have word times; typed and corrected ones don't."


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of an attempt: its value (None where it can't be told) and one sentence that says how."""

    value: float | None
    why: str


def figure(measure: Measure, cards: Sequence[Scorecard], lines: Mapping[str, str]) -> Figure:
    """The figure over all replies; `lines` is what the prospect said in each turn.

    `talk_share`: the rep's seconds of speech as a share of theirs and the prospect's. `longest_reply`:
    seconds of speech in the longest reply. `questions`: genuine questions and invitations, those of replies
    that do not count left out.
    """
    if measure == "questions":
        return _questions(cards)
    timed = [card for card in cards if card.delivery.get("talk_time") is not None]
    if not timed or 2 * len(timed) < len(cards):
        return Figure(None, _NO_TIMES)
    if measure == "longest_reply":
        longest = max(_seconds(card) for card in timed)
        return Figure(longest, f"The longest reply: {_clock(longest)} of speech.")
    return _talk_share(timed, lines)


def shown(measure: Measure, value: float) -> str:
    """A value as people read it: "58 %", "0:41", "4"."""
    if measure == "talk_share":
        return f"{100 * value:.0f} %"
    return _clock(value) if measure == "longest_reply" else f"{value:.0f}"


def _talk_share(timed: Sequence[Scorecard], lines: Mapping[str, str]) -> Figure:
    if any(card.turn not in lines for card in timed):
        return Figure(None, "Not assessable: the prospect's lines are not here.")
    spoken = sum(_seconds(card) for card in timed)
    answered = sum(60 * len(lines[card.turn].split()) / PROSPECT_WPM for card in timed)
    if not spoken + answered:
        return Figure(None, _NO_TIMES)
    why = (
        f"{_clock(spoken)} of speech beside the prospect's {_clock(answered)} "
        f"(their words at {PROSPECT_WPM} a minute)."
    )
    return Figure(round(spoken / (spoken + answered), 4), why)


def _questions(cards: Sequence[Scorecard]) -> Figure:
    if all("nothing_heard" in card.flags for card in cards):
        return Figure(None, "Not assessable: nothing was heard.")
    asked = [card.delivery["questions"] for card in cards if not card.flags]
    found = sum(one["open"] + one["closed"] for one in asked)
    return Figure(found, f"Asked {found} {'question' if found == 1 else 'questions'}.")


def _seconds(card: Scorecard) -> float:
    return float(card.delivery["talk_time"])


def _clock(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
