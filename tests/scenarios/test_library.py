"""Every scenario of the library, every form, every way through it."""

import itertools

import pytest

from scenarios.loader import all_scenarios
from scenarios.schema import END, Form, Scenario, Turn
from scenarios.structure import ways
from scoring.attempt import score_attempt
from scoring.rubric import Rubric
from scoring.rubrics_library import load_rubric, rubric_ids
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript
from trainer.practice.meaning import embedder

FORMS = [
    pytest.param(scenario, name, id=f"{scenario.id}-{name}")
    for scenario in all_scenarios()
    for name in scenario.forms
]


def verdicts(turn: Turn) -> list[dict[str, bool | None]]:
    """All that the branches of a turn can tell apart."""
    moves = sorted({move for branch in turn.next for move in (*branch.made, *branch.missed)})
    return [
        dict(zip(moves, made, strict=True))
        for made in itertools.product((True, False, None), repeat=len(moves))
    ]


def walked(form: Form) -> set[tuple[str, ...]]:
    """Every way that some verdicts lead along."""
    found: set[tuple[str, ...]] = set()
    waiting: list[tuple[str, ...]] = [(form.start,)]
    while waiting:
        way = waiting.pop()
        turn = form.turn(way[-1])
        for moves in verdicts(turn):
            branch = turn.branch(moves)
            if branch.go == END:
                assert branch.closing
                found.add(way)
            else:
                waiting.append((*way, branch.go))
    return found


@pytest.mark.parametrize(("scenario", "name"), FORMS)
def test_every_way_can_be_walked_and_ends_after_three_turns_or_more(scenario: Scenario, name: str) -> None:
    form = scenario.form(name)
    found = walked(form)
    assert found == set(ways(form))
    assert len(found) >= 3
    assert all(3 <= len(way) <= form.longest for way in found)
    assert {turn for way in found for turn in way} == {turn.id for turn in form.turns}


@pytest.mark.parametrize(("scenario", "name"), FORMS)
def test_a_reply_nobody_could_judge_still_leads_to_an_end(scenario: Scenario, name: str) -> None:
    form = scenario.form(name)
    at, turns = form.start, 0
    while at != END:
        at, turns = form.turn(at).follow({}), turns + 1
    assert turns >= 3


def played(scenario: Scenario, form: Form, *, good: bool) -> tuple[list[Scorecard], str | None]:
    """A whole talk of what is written as good, or as poor: the cards, and the buyer's last line."""
    rubric, cards, said = load_rubric(scenario.rubric), list[Scorecard](), list[str]()
    at = form.start
    while True:
        turn = form.turn(at)
        text = (turn.exemplars if good else turn.counter_examples)[0]
        context = TurnContext(turn.id, turn.says, turn.criteria, earlier=tuple(said))
        cards.append(score(Transcript.typed(text), context, rubric, embedder=embedder()))
        said.append(text)
        branch = turn.branch(cards[-1].moves)
        if branch.go == END:
            return cards, branch.closing
        at = branch.go


@pytest.mark.parametrize(("scenario", "name"), FORMS)
def test_who_says_what_is_written_as_good_passes_and_gets_another_end_than_who_does_not(
    scenario: Scenario, name: str
) -> None:
    form, rubric = scenario.form(name), load_rubric(scenario.rubric)
    ends = set()
    for good in (True, False):
        cards, closing = played(scenario, form, good=good)
        of_turns = score_attempt(cards, rubric, form.lines)
        shares = [card.score for card in cards if card.score is not None]
        assert all((one >= 80) is good for one in shares), (good, shares)
        assert of_turns.score is not None
        assert (of_turns.score >= rubric.pass_mark) is good, (of_turns.score, of_turns.criteria)
        ends.add(closing)
    assert len(ends) == 2


@pytest.mark.parametrize("scenario", all_scenarios(), ids=lambda one: one.id)
def test_the_forms_are_the_same_talk_with_other_people_and_words(scenario: Scenario) -> None:
    first, *others = scenario.forms.values()
    assert others
    for other in others:
        assert [(one.id, one.criteria) for one in other.turns] == [
            (one.id, one.criteria) for one in first.turns
        ]
        assert other.persona.name != first.persona.name
        assert not {one.says for one in other.turns} & {one.says for one in first.turns}


@pytest.mark.parametrize(("scenario", "name"), FORMS)
def test_each_turn_asks_for_two_to_four_things_and_has_its_examples(scenario: Scenario, name: str) -> None:
    for turn in scenario.form(name).turns:
        assert 2 <= len(turn.criteria) <= 4
        assert len(turn.exemplars) >= 2
        assert len(turn.counter_examples) >= 2


@pytest.mark.parametrize("rubric", [load_rubric(one) for one in rubric_ids()], ids=lambda one: one.id)
def test_each_rubric_is_used_and_each_of_its_criteria_asked_for(rubric: Rubric) -> None:
    asked = {
        criterion
        for scenario in all_scenarios()
        if scenario.rubric == rubric.id
        for form in scenario.forms.values()
        for turn in form.turns
        for criterion in turn.criteria
    }
    assert asked == {one.id for one in rubric.criteria if one.scope == "turn"}
