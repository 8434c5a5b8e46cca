from trainer.coaching.difficulty import Content, Difficulty, difficulty, unequal
from trainer.store.coaching.firsts import First

PRICE = Content("price", 80, "rubric", {"A": "words A", "B": "words B"}, {"evidence": ("Give evidence", 2)})


def first(score: int | None, form: str = "A", *, words: str = "", rubric: str = "rubric") -> First:
    return First("price", form, words or f"words {form}", rubric, score, score, 1)


def people(passed: int, of: int, form: str = "A") -> list[First]:
    return [first(90 if who < passed else 60, form) for who in range(of)]


def measured(firsts: list[First]) -> Difficulty:
    found = difficulty(PRICE, firsts)
    assert found is not None
    return found


def test_the_share_that_passed_has_its_interval() -> None:
    found = measured(people(6, 14))
    assert found.says == "6 of 14 passed first, 21–67 %"
    assert round(found.mean) == 73
    low, high = found.mean_score
    assert 60 < low < 73 < high < 85


def test_under_ten_people_nothing_is_claimed() -> None:
    assert difficulty(PRICE, people(4, 9)) is None
    assert difficulty(PRICE, people(4, 10)) is not None


def test_an_attempt_without_a_score_is_none_of_the_ten() -> None:
    assert difficulty(PRICE, [*people(4, 9), first(None)]) is None
    assert measured([*people(4, 10), first(None)]).people == 10


def test_the_pass_mark_itself_passes() -> None:
    assert measured([first(80)] * 5 + [first(79)] * 5).passed == 5


def test_what_was_practised_before_the_words_or_the_rubric_changed_counts_no_more() -> None:
    changed = [first(90, words="older"), first(90, rubric="older"), first(90, "C")]
    assert difficulty(PRICE, [*people(4, 9), *changed]) is None
    assert measured([*people(4, 10), *changed]).people == 10


def test_a_mean_score_stays_on_the_scale() -> None:
    assert measured([first(100)] * 11 + [first(70)]).mean_score[1] == 100


def test_forms_that_are_clearly_not_equally_hard_are_said() -> None:
    (found,) = unequal(PRICE, [*people(11, 12, "A"), *people(2, 12, "B")])
    assert (found.harder, found.easier) == ("B", "A")
    assert found.says.startswith("form B is harder than form A: 2 of 12 passed it first, 11 of 12 the other")
    low, high = found.difference
    assert 0 < low < 0.75 < high < 1


def test_forms_that_may_well_be_equally_hard_are_not() -> None:
    """At 95 % the last of these would be said: a library has dozens of pairs to be wrong about."""
    assert unequal(PRICE, [*people(6, 12, "A"), *people(5, 12, "B")]) == []
    assert unequal(PRICE, [*people(10, 12, "A"), *people(5, 12, "B")]) == []


def test_a_form_that_fewer_than_ten_met_first_is_not_compared() -> None:
    assert unequal(PRICE, [*people(30, 30, "A"), *people(0, 9, "B")]) == []
