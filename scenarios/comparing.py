"""Whether a scenario's forms are equally difficult, as far as their examples and lines can tell.

A retest is honest only if the new form is no easier. What is compared are the scores of the examples turn by
turn, how much a good reply says, how much the buyer says, and how hard that is to follow. Scores say how far
the scorer's eye is as strict in one form as in the other; measured difficulty comes from people's attempts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import mean

from scenarios.examples import Tried
from scenarios.rules import Found
from scenarios.sayable import grade, lines
from scenarios.schema import Scenario
from scenarios.structure import Fault, Place

GOOD_APART = 10
"""Points between the mean exemplars of a turn: half of what they can differ by (80 to 100). More than that is
a criterion that good replies meet in one form only. In the library most turns differ by none."""

POOR_APART = 30
"""Points between the mean counter-examples of a turn, which can differ by 49. Turns ask for two to four
things, so a third is about one whole criterion that poor replies meet in one form only; with two examples a
turn, less is the chance of what one of them happens to say (the library's turns differ by up to 29)."""

WORDS_APART = 0.30
"""The share by which the words of a mean exemplar, and of the buyer's mean line, may differ: twice as much as
they do in the first eight scenarios of the library (12 % and 8 % at most)."""

GRADES_APART = 2.0
"""Grades of school between the buyers' lines: twice as much as in these (0.9 at most)."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a form asks of a rep; None where there are no examples."""

    form: str
    reply_words: float | None
    line_words: float
    grade: float


def load_of(scenario: Scenario, name: str) -> Load:
    """The words of a mean exemplar, of the buyer's mean line, and the reading grade of these lines."""
    form = scenario.forms[name]
    replies = [len(text.split()) for turn in form.turns for text in turn.exemplars]
    said = [len(line.split()) for line, _ in lines(form, name)]
    return Load(name, mean(replies) if replies else None, mean(said), grade(form))


def equal_rules(scenario: Scenario, examples: Sequence[Tried]) -> Iterator[Found]:
    """Forms that are harder than another one, each pair once; the finding stands at the later form."""
    means = _means(examples)
    for first, second in combinations(scenario.forms, 2):
        yield from _loads(load_of(scenario, first), load_of(scenario, second))
        for index, turn in enumerate(scenario.forms[second].turns):
            at: Place = ("forms", second, "turns", index)
            for good, most in ((True, GOOD_APART), (False, POOR_APART)):
                one, other = (means.get((form, turn.id, good)) for form in (first, second))
                if one is not None and other is not None and abs(one - other) > most:
                    pair = f"{one:.0f} in form {first} and {other:.0f} in form {second}"
                    yield _scores(turn.id, pair, at, good=good)


def _means(examples: Sequence[Tried]) -> dict[tuple[str, str, bool], float]:
    """The mean by form, turn and kind, of what comes out right: what doesn't is to be mended first."""
    scores = defaultdict[tuple[str, str, bool], list[int]](list)
    for one in examples:
        if one.right and one.judged.score is not None:
            scores[one.form, one.turn, one.good].append(one.judged.score)
    return {key: mean(found) for key, found in scores.items()}


def _scores(turn: str, pair: str, at: Place, *, good: bool) -> Found:
    kind, key = ("exemplars", "exemplars") if good else ("counter-examples", "counter_examples")
    what = f"the {kind} of {turn!r} score {pair}, so one form is easier"
    return _warning((*at, key), what, "let them do and miss the same things in both")


def _loads(first: Load, second: Load) -> Iterator[Found]:
    at: Place = ("forms", second.form)
    pair = f"in form {first.form} and {{}} in form {second.form}"
    for one, other, what in (
        (first.reply_words, second.reply_words, "a good reply takes {} words "),
        (first.line_words, second.line_words, "the buyer's lines have {} words "),
    ):
        if one and other and abs(one - other) > WORDS_APART * min(one, other):
            says = (what + pair).format(f"{one:.0f}", f"{other:.0f}")
            yield _warning(at, says, "bring them nearer to each other, so that neither form is easier")
    if abs(first.grade - second.grade) > GRADES_APART:
        says = f"the buyer's lines read at grade {first.grade:.1f} " + pair.format(f"{second.grade:.1f}")
        yield _warning(at, says, "bring them nearer to each other, so that neither form is easier")


def _warning(place: Place, what: str, mend: str) -> Found:
    return Found("warning", Fault(place, what, mend))
