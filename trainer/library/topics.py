"""Which skill a play trains, and which moves its advice asks for, by the words it uses."""

import re
from functools import cache

from scoring.rubric import AUTHORED, Criterion, MoveId, Rubric
from scoring.rubrics_library import load_rubric, rubric_ids
from trainer.library.wording import PLAIN

_TOPICS: tuple[tuple[str, str], ...] = (
    ("negotiation-trade", r"discount|% off|percent off|better (price|deal)|throw in|sharpen|match the"),
    ("price-objection", r"pric(e|ey|ing)|expensive|too dear|cost(s|ly)?|cheaper|afford|too much money"),
    ("qualify-budget", r"no budget|budget"),
    ("boss-objection", r"(my|the) (boss|manager|director|cfo|ceo|board)|run it by|not my (call|decision)"),
    ("qualify-decision", r"decision|decide|committee|sign(s| it)? off|procurement"),
    ("missing-feature", r"feature|function|can'?t do|does(n'?t| not) (have|do|support)|missing|integrat"),
    ("bad-experience", r"tried (it|that|this)|burn(ed|t)|bad experience|last time|let (us )?down"),
    ("switching-effort", r"switch|migrat|too much work|effort|implement|roll ?out|train(ing)? everyone"),
    ("risk-objection", r"risk|secur|compliance|gdpr|privacy|legal"),
    ("incumbent", r"already (have|use|work)|current (vendor|supplier)|have a (vendor|supplier)"),
    ("status-quo", r"happy with|works? (fine|for us)|good enough|no need|don'?t need|as it is|status quo"),
    ("timing-objection", r"not now|not (a|the) (good|right) time|next (quarter|year)|later|too busy|call me"),
    ("brush-off", r"send (me|us|over|it|an?|some)|e-?mail|brochure|information|not interested"),
)  # fmt: skip
"""By rubric the words of its objection; the first that fits and is here counts."""

_ADVICE: tuple[tuple[MoveId, str], ...] = (
    ("clarifies_root_cause", r"^\W*(ask|find out|explore|dig)\b(?!.*(budget|decid|sign|when|settle|next))"),
    ("interrupts_or_argues", r"(do not|don'?t|never|avoid|without) .*(argu|interrupt|defend|bad-?mouth)"),
    ("uses_hedging", r"hedg|confiden(t|ce)|stand by|(no|without|avoid) .*(maybe|sort of|i think)"),
    ("proposes_next_step", r"next step|follow-?up|schedul|calendar|book|agree (on|who|what)|set up|meeting"),
    ("confirms_resolution", r"check (that|whether|if|in|back)|confirm|settle|does (that|this)|still open"),
    ("probes_budget", r"budget"),
    ("probes_authority", r"who (decides|signs|else)|decision|stakeholder|committee"),
    ("probes_timeline", r"timeline|deadline|by when do they|urgency|what happens (then|in)"),
    ("gives_evidence", r"proof|prove|evidence|case stud|reference|customer (story|like)|number|data|figure"),
    ("reframes_value", r"value|\broi\b|refram|from the price|cost of (waiting|not)|what it (brings|saves)"),
    ("clarifies_root_cause", r"\bask|find out|explor|dig|question|root|why|behind|clarif|uncover|compar"),
    ("probes_need", r"\bneeds?\b|pain|problem"),
    ("acknowledges_concern", r"acknowledg|empath|validat|\bhear|listen|their point|understand"),
)  # fmt: skip
"""By move the words of advice that asks for it; the first that fits counts."""

_TOPIC_WORDS = tuple((topic, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for topic, words in _TOPICS)
_ADVICE_WORDS = tuple((move, re.compile(rf"(?:{words})", re.IGNORECASE)) for move, words in _ADVICE)


def rubric_for(*texts: str) -> Rubric | None:
    """The shipped rubric of an objection, None where its words fit none."""
    for text in texts:
        for topic, words in _TOPIC_WORDS:
            if words.search(text[:400]) and topic in rubric_ids():
                return load_rubric(topic)
    return None


def move_in(advice: str) -> MoveId | None:
    """The move that a line of advice asks for, None where its words name none."""
    return next((move for move, words in _ADVICE_WORDS if words.search(advice[:400])), None)


@cache
def usual_criteria() -> dict[str, Criterion]:
    """By move a criterion for any play: one that speaks of no topic, else that of the first shipped rubric
    which has it.
    """
    found: dict[str, Criterion] = {one.move: one for one in PLAIN}
    for rubric in map(load_rubric, rubric_ids()):
        for one in rubric.criteria:
            if one.scope == "turn" and one.move != AUTHORED:
                found.setdefault(one.move, one)
    return found
