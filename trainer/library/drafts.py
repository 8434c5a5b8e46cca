"""Plays made into draft scenarios: playable at once, with what is left to write said in their first lines."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.judging import Judge
from scenarios.schema import Scenario, Turn
from scoring.rubric import MoveId, Rubric
from trainer.library.playbook import Item, Play, Playbook, Unplaced
from trainer.library.topics import move_in, rubric_for, usual_criteria
from trainer.library.wording import BUYERS, LINES, Lines

GOOD, POOR = 80, 50
"""An example's least and highest score, as the linter wants them."""

MOST_EXAMPLES = 8
LONGEST = 600
"""Letters of one reply, as `scenarios.schema` takes it."""

_ASKED = ("clarifies_root_cause", "probes_need", "probes_authority", "probes_timeline", "probes_budget")
_TURNS: dict[str, tuple[str, ...]] = {
    "objection": ("acknowledges_concern", *_ASKED, "asks_open_question", "interrupts_or_argues"),
    "answer": ("acknowledges_concern", "gives_evidence", "reframes_value", "confirms_resolution"),
    "again": ("acknowledges_concern", *_ASKED, "gives_evidence", "interrupts_or_argues"),
    "end": ("confirms_resolution", "proposes_next_step", "uses_hedging"),
}
"""By turn the moves it asks for, where the rubric has them."""

_USUAL: tuple[MoveId, ...] = (
    "acknowledges_concern", "clarifies_root_cause", "gives_evidence", "confirms_resolution",
    "proposes_next_step", "interrupts_or_argues", "uses_hedging",
)  # fmt: skip
"""What a draft rubric asks for, whatever the play says."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario to be finished, with its rubric where none that ships fits, and what had no place in it."""

    scenario: Scenario
    rubric: Rubric
    own_rubric: bool
    to_write: tuple[str, ...]
    unplaced: tuple[Unplaced, ...]


def drafts(book: Playbook, names: Sequence[str], taken: Container[str], judge: Judge) -> Iterator[Draft]:
    """A draft of each play; `names` are what the recogniser should expect, `taken` ids of others."""
    given = set[str]()
    for number, play in enumerate(book.plays):
        made = _id(play, number, lambda one: one in given or one in taken)
        given.add(made)
        yield _draft(play, made, number, names, judge)


def _id(play: Play, number: int, is_taken: Callable[[str], bool]) -> str:
    ascii_only = unicodedata.normalize("NFKD", play.title).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", ascii_only.replace("'", ""))[:7])[:44].strip("-")
    slug = slug or f"play-{number + 1}"
    free = (one for one in (slug, *(f"{slug}-{more}" for more in range(2, 1000))) if not is_taken(one))
    return next(free)


def _draft(play: Play, scenario_id: str, number: int, names: Sequence[str], judge: Judge) -> Draft:
    said = [one.text for one in play.of("objection")] or [play.title]
    unplaced: list[Unplaced] = []
    shipped = rubric_for(play.title, *said)
    rubric = shipped or _own_rubric(play, scenario_id)
    unplaced += _advice(play, rubric)
    forms = {
        name: _form(play, rubric, LINES[at], BUYERS[(number * 2 + at) % len(BUYERS)], said[at])
        for at, name in enumerate("AB"[: min(2, len(said))])
    }
    unplaced += [
        Unplaced(one.line, one.text, "a third wording; add a form C") for one in play.of("objection")[2:]
    ]
    plain = {
        "id": scenario_id,
        "title": _short(play.title if len(play.title) > 1 else f"Play {number + 1}", 120),
        "skill": rubric.skill,
        "rubric": rubric.id if shipped else f"{rubric.id}.yaml",
        "minutes": 4,
        "goal": _goal(play),
        "hotwords": _heard_in(play, names),
        "forms": forms,
    }
    unplaced += _examples(play, plain, rubric, judge)
    return Draft(
        Scenario.model_validate(plain),
        rubric,
        shipped is None,
        tuple(_to_write(play, forms)),
        tuple(unplaced),
    )


def _form(play: Play, rubric: Rubric, lines: Lines, buyer: tuple[str, str], said: str) -> dict[str, Any]:
    role = next((one.text for one in play.of("persona")), "")
    return {
        "persona": {
            "name": buyer[0],
            "role": _short(role, 120) if len(role) > 1 else "the buyer",
            "manner": "Busy and fair. Wants to be asked before being told.",
            "voice": buyer[1],
        },
        "situation": _situation(play),
        "start": "objection",
        "turns": _turns(rubric, lines, _line(said)),
    }


def _turns(rubric: Rubric, lines: Lines, said: str) -> list[dict[str, Any]]:
    asks = _criteria(rubric, "objection")
    moves = [one.move for one in rubric.criteria if one.id in asks and one.wanted]
    turning = next((move for move in (*_ASKED, "asks_open_question") if move in moves), moves[0])
    return [
        {
            "id": "objection",
            "says": said,
            "criteria": asks,
            "next": [{"made": [turning], "go": "answer"}, {"go": "again"}],
        },
        *(
            {"id": one, "says": line, "criteria": _criteria(rubric, one), "next": [{"go": "end-of-talk"}]}
            for one, line in (("answer", lines.answer), ("again", lines.again))
        ),
        {
            "id": "end-of-talk",
            "says": lines.end,
            "criteria": _criteria(rubric, "end"),
            "next": [
                {"made": ["proposes_next_step"], "go": "end", "closing": lines.won},
                {"go": "end", "closing": lines.lost},
            ],
        },
    ]


def _criteria(rubric: Rubric, turn: str) -> list[str]:
    of_turns = [one for one in rubric.criteria if one.scope == "turn"]
    found = [one.id for move in _TURNS[turn] for one in of_turns if one.move == move][:5]
    return found or [of_turns[0].id]


def _own_rubric(play: Play, scenario_id: str) -> Rubric:
    """A rubric of the usual moves and those the play's advice asks for, in the playbook's own words."""
    told: dict[str, Item] = {}
    for one in play.of("good"):
        told.setdefault(move_in(one.text) or "", one)
    criteria = []
    for move, usual in usual_criteria().items():
        if move in told or move in _USUAL:
            says = _short(told[move].text, 300) if move in told and usual.wanted else usual.says
            criteria.append({**usual.model_dump(mode="json"), "says": says if len(says) > 2 else usual.says})
    name = f"{scenario_id}-rubric"
    title = _short(f"Answer “{play.title}”", 300)  # never shorter than a rubric's title may be
    return Rubric.model_validate(
        {"id": name, "skill": scenario_id, "title": title, "criteria": criteria[:12]}
    )


def _advice(play: Play, rubric: Rubric) -> Iterator[Unplaced]:
    """What the play asks for and nothing in its rubric looks at."""
    moves = {one.move for one in rubric.criteria}
    for one in play.of("good"):
        move = move_in(one.text)
        if move is None:
            yield Unplaced(
                one.line, one.text, "names no move; give it examples in a rubric (docs/rubrics.md)"
            )
        elif move not in moves and not (move in _ASKED and moves.intersection(_ASKED)):
            yield Unplaced(
                one.line, one.text, f"{move} is not in the rubric {rubric.id!r}; write one of your own"
            )


def _examples(play: Play, plain: dict[str, Any], rubric: Rubric, judge: Judge) -> Iterator[Unplaced]:
    """Puts each phrase where the scorer takes it for a good reply, what to avoid where it is a poor one."""
    turns = plain["forms"]["A"]["turns"]
    for one in play.of("phrases"):
        yield from _put(one, "exemplars", _best_turn(one, turns, rubric, judge), rubric, judge)
    for one in play.of("avoid"):
        yield from _put(one, "counter_examples", turns[0], rubric, judge)


def _best_turn(one: Item, turns: Sequence[dict[str, Any]], rubric: Rubric, judge: Judge) -> dict[str, Any]:
    """The turn of whose criteria the phrase meets most, by weight."""
    first = Turn.model_validate(turns[0])
    every = tuple(criterion.id for criterion in rubric.criteria if criterion.scope == "turn")
    met = judge(one.text, first.model_copy(update={"criteria": every}), rubric).met
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}

    def share(turn: dict[str, Any]) -> float:
        asked = turn["criteria"]
        return sum(weights[name] for name in asked if met.get(name)) / sum(weights[name] for name in asked)

    return max(turns, key=share)


def _put(one: Item, key: str, turn: dict[str, Any], rubric: Rubric, judge: Judge) -> Iterator[Unplaced]:
    """Adds it to the turn's examples, or says why it is none."""
    examples = turn.setdefault(key, [])
    if not 2 <= len(one.text) <= LONGEST:
        yield Unplaced(one.line, one.text, "too short or too long for one reply")
    elif len(examples) >= MOST_EXAMPLES:
        yield Unplaced(one.line, one.text, f"the turn {turn['id']!r} has {MOST_EXAMPLES} examples already")
    elif why := _unfit(one.text, key, turn, rubric, judge):
        yield Unplaced(one.line, one.text, why)
    else:
        examples.append(one.text)


def _unfit(text: str, key: str, turn: dict[str, Any], rubric: Rubric, judge: Judge) -> str:
    score = judge(text, Turn.model_validate(turn), rubric).score
    if score is None:
        return "no reply that can be scored; write it as a whole sentence"
    if key == "exemplars" and score < GOOD:
        return f"as a reply it scores {score} in the turn {turn['id']!r}, and an exemplar needs {GOOD}"
    if key != "exemplars" and score >= POOR:
        return f"as a reply it scores {score} in the turn {turn['id']!r}, and a poor one is under {POOR}"
    return ""


def _goal(play: Play) -> str:
    """What good looks like, in a sentence."""
    good = [one.text.rstrip(".") for one in play.of("good")]
    goal = (
        "; ".join(good) + "."
        if good
        else "Find out what is behind it, answer that, and agree on a next step."
    )
    return _short(goal, 1200) if len(goal) >= 10 else "Find out what is behind it before you answer."


def _situation(play: Play) -> str:
    about = [one.text for one in play.of("situation")]
    known = [one.text.rstrip(".") + "." for one in play.of("proof")]
    text = " ".join([*about, *(["What you know:", *known] if known else [])])
    return _short(text, 1200) if len(text) >= 10 else "A buyer raises this in the middle of a talk with you."


def _heard_in(play: Play, names: Sequence[str]) -> list[str]:
    """The names that this play speaks of, those it has not itself named after them."""
    text = " ".join(one.text for items in play.parts.values() for one in items).lower()
    return sorted(names, key=lambda name: name.lower() not in text)[:40]


def _to_write(play: Play, forms: dict[str, Any]) -> Iterator[str]:
    yield "the buyer's lines after the first: they fit any talk, let them be about yours"
    if not play.of("persona"):
        yield "who the buyer is: role, company, manner"
    if not (play.of("situation") or play.of("proof")):
        yield "the situation: what the rep sells and what they know"
    if len(forms) == 1:
        yield "a form B: another buyer, other words, the same turns"
    yield "two or more exemplars and counter_examples a turn"


def _line(said: str) -> str:
    text = _short(said, 600)
    text = text if len(text) > 1 else "I have a concern."
    return text if text[-1] in ".?!…" else f"{text}."


def _short(text: str, most: int) -> str:
    """At most so many letters, cut between words where there are some."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut) + "…"
