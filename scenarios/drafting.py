"""A new scenario as the text of its file: complete, playable, with comments that lead to one's own."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from textwrap import wrap

import yaml

from scenarios.composing import (
    FIRST,
    HARDER,
    LAST,
    SOFTER,
    TURNS,
    Written,
    compose,
    deciding_move,
    shared_out,
)
from scenarios.judging import Judge
from scenarios.schema import Activity
from scenarios.templates import Buyer, template
from scoring.rubric import Criterion, Rubric

WIDTH = 100
"""Columns of a folded text, as in the library."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What an author says of a new scenario. `rubric` as the file names it, `schema` for the editor."""

    id: str
    kind: Activity
    title: str
    rubric: str
    sells: str
    buyer: str
    role: str
    company: str
    voice: str
    says: str
    review_by: date
    schema: str


def draft(answers: Answers, rubric: Rubric, judge: Judge) -> str:
    """The file's text: two forms of four turns, with replies that the scorer has tried."""
    forms = _forms(answers)
    shared = shared_out(rubric)
    written = {
        (name, turn): compose(turn, getattr(buyer, turn), shared[turn], rubric, judge, form=number)
        for number, (name, buyer) in enumerate(forms.items())
        for turn in TURNS
    }
    moves = {turn: deciding_move(shared[turn], [written[name, turn] for name in forms]) for turn in TURNS}
    lines = list(_head(answers, rubric))
    for name, buyer in forms.items():
        lines += _form(name, buyer, answers.sells)
        for turn in TURNS:
            lines += _turn(turn, buyer, shared[turn], moves[turn], written[name, turn], first=name == "A")
    return "\n".join(lines) + "\n"


def _forms(answers: Answers) -> dict[str, Buyer]:
    """The template's two buyers, the first one as the author wants it."""
    forms = dict(template(answers.kind).forms)
    forms["A"] = replace(
        forms["A"],
        buyer=answers.buyer,
        role=answers.role,
        company=answers.company,
        voice=answers.voice,
        first=answers.says,
    )
    return forms


def _head(answers: Answers, rubric: Rubric) -> Iterator[str]:
    yield f"# yaml-language-server: $schema={answers.schema}"
    yield "# The line above lets your editor complete and check this file. What follows a # is for people."
    yield "#"
    yield "# It can be practised as it is. Make it yours from top to bottom; run `check` after each change."
    yield f"id: {answers.id}"
    yield f"title: {_plain(answers.title)}"
    yield f"skill: {rubric.skill}"
    yield f"rubric: {answers.rubric}"
    yield f"activity: {answers.kind}"
    yield "# By this day somebody should read it again: prices, products and rivals change."
    yield f"review_by: {answers.review_by}"
    yield "minutes: 4"
    yield "# What the rep should reach. They read it before they start."
    yield from _folded("goal", template(answers.kind).goal, 0)
    yield "# Names and terms that the recogniser should expect: products, places, people."
    yield f"hotwords: [{', '.join(_plain(one, flow=True) for one in _names(answers))}]"
    yield ""
    yield "forms:"


def _names(answers: Answers) -> list[str]:
    buyers = _forms(answers).values()
    words = [word for one in buyers for word in (*one.buyer.split(), *one.company.split())]
    return list(dict.fromkeys(word for word in words if word[:1].isupper()))


def _form(name: str, buyer: Buyer, sells: str) -> Iterator[str]:
    if name == "A":
        yield "  # Two forms: the same talk with another buyer and other words, so that a retest is honest."
    else:
        yield "  # The same turns and criteria as above, in other words. Neither form should be easier."
    yield f"  {name}:"
    yield "    persona:"
    yield f"      name: {_plain(buyer.buyer)}"
    yield f"      role: {_plain(buyer.role)}"
    yield f"      company: {_plain(buyer.company)}"
    yield f"      manner: {_plain(buyer.manner)}"
    yield f"      voice: {buyer.voice}"
    if name == "A":
        yield "    # What the rep knows when they begin: what they sell, to whom, and the facts they may use."
    situation = buyer.situation.format(sells=sells, buyer=buyer.buyer, company=buyer.company)
    yield from _folded("situation", situation, 4)
    yield f"    start: {FIRST}"
    yield "    turns:"


_ABOUT = {
    FIRST: "What the buyer says first, and what is judged in the answer: ids of the rubric's criteria.",
    SOFTER: "Here the buyer is when the rep did well: they open up.",
    HARDER: "And here when not: they press on.",
    LAST: "Both ways come together, and the talk ends, well or not.",
}


def _turn(
    turn: str,
    buyer: Buyer,
    criteria: Sequence[Criterion],
    move: str | None,
    written: Written,
    *,
    first: bool,
) -> Iterator[str]:
    if first:
        yield f"      # {_ABOUT[turn]}"
    yield f"      - id: {turn}"
    yield from _folded("says", getattr(buyer, turn), 8)
    yield f"        criteria: [{', '.join(one.id for one in criteria)}]"
    if first and turn == FIRST:
        yield "        # Where the talk goes: the first that fits is taken; the last asks for nothing."
    yield "        next:"
    yield from _next(turn, buyer, move)
    yield from _examples("exemplars", written.good, first=first and turn == FIRST)
    yield from _examples("counter_examples", written.poor, first=first and turn == FIRST)
    yield ""


def _next(turn: str, buyer: Buyer, move: str | None) -> Iterator[str]:
    if turn in (SOFTER, HARDER):
        yield f"          - go: {LAST}"
        return
    # Where no move tells good from poor, at least weak words do: every rubric's scorer knows them.
    yield f"          - made: [{move}]" if move else "          - missed: [uses_hedging]"
    if turn == FIRST:
        yield f"            go: {SOFTER}"
        yield f"          - go: {HARDER}"
    else:
        yield "            go: end"
        yield f"            closing: {_plain(buyer.agreed)}"
        yield "          - go: end"
        yield f"            closing: {_plain(buyer.left)}"


_WHAT = {
    "exemplars": "Good answers: each must score 80 or more. Put in what your best people say.",
    "counter_examples": "Poor answers: each must score under 50. Put in what you hear too often.",
}


def _examples(key: str, texts: Sequence[str], *, first: bool) -> Iterator[str]:
    if first or not texts:
        yield f"        # {_WHAT[key]}"
    if not texts:
        yield f"        {key}: []"
        return
    yield f"        {key}:"
    for text in texts:
        yield "          - >-"
        yield from (f"            {line}" for line in wrap(text, WIDTH - 12, break_on_hyphens=False))


def _folded(key: str, text: str, indent: int) -> Iterator[str]:
    before = " " * indent
    yield f"{before}{key}: >-"
    for line in wrap(text, WIDTH - indent, break_on_hyphens=False, break_long_words=False):
        yield f"{before}  {line}"


def _plain(text: str, *, flow: bool = False) -> str:
    """A short text as YAML, alone or in a list, in quotes where it would mean something else without."""
    try:
        same = yaml.safe_load(f"[{text}]" if flow else f"a: {text}") == ([text] if flow else {"a": text})
    except yaml.YAMLError:
        same = False
    return text if same else json.dumps(text, ensure_ascii=False)
