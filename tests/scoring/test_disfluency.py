import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.disfluency import filler_words, hedges, repetitions, restarts


def test_fillers_are_told_from_content() -> None:
    text = "Um, I, uh, you know, we sort of like it, er, I mean"
    assert filler_words(text) == ["um", "uh", "you know", "sort of", "er", "i mean"]
    assert filler_words("Do you know what kind of problem that is? What I mean by that.") == []


@pytest.mark.parametrize(
    "text",
    ["it's, like, a real gap", "um like what we do", "it takes like twenty minutes", "and like really slow"],
)
def test_like_is_a_filler_where_it_is_set_off_or_stands_before_a_number(text: str) -> None:
    assert "like" in filler_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "what would you like to change",
        "it looks like twenty percent",
        "companies like yours",
        "I like it",
        "something like ten",
        "it was like that",
    ],
)
def test_like_is_content_where_it_may_be(text: str) -> None:
    assert filler_words(text) == []


def test_an_answer_is_no_filled_pause() -> None:
    assert filler_words("Mhm. Ah, I see.") == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("we we can do that", 1),
        ("we can we can do that", 1),
        ("I, um, I think so", 1),
        ("the the the price", 2),
        ("very very good", 0),
        ("no no, that is fine", 0),
        ("twenty twenty was hard", 0),
        ("That is it. It is new.", 0),
        ("", 0),
    ],
)
def test_only_slips_are_repetitions(text: str, times: int) -> None:
    assert repetitions(text) == times


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("we were, we are ready", 1),
        ("the pri- the price is fine", 1),
        ("I think, I hope so", 0),
        ("follow-up on Monday", 0),
        ("fine - we can do that", 0),
        ("we can. We will", 0),
    ],
)
def test_restarts_are_what_is_broken_off(text: str, times: int) -> None:
    assert restarts(text) == times


def test_hedges_are_the_longest_that_fit() -> None:
    assert hedges("Maybe I think it is, I'm not sure, or something") == [
        "maybe",
        "i think",
        "i am not sure",
        "or something",
    ]
    assert hedges("We save you ten hours a week.") == []


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    assert len(filler_words(text)) >= 0
    assert repetitions(text) >= 0
    assert restarts(text) >= 0
    assert all(hedges(text))
