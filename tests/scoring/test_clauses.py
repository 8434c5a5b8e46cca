import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.clauses import LONGEST, MOST_WORDS, clauses
from scoring.tokens import tokens


def acts(text: str) -> list[str]:
    return [clause.act for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("What does a good week look like for you?", "open"),
        ("how do you handle that today", "open"),
        ("tell me more about your team", "invitation"),
        ("Help me understand where that's coming from.", "invitation"),
        ("who signs the purchase order", "closed"),
        ("when does the contract end", "closed"),
        ("how much do you spend on it", "closed"),
        ("what is your timeline", "closed"),
        ("does that answer your question", "closed"),
        ("would thursday at noon work for you", "closed"),
        ("You are happy with them?", "closed"),
        ("once you like it what does the approval path look like", "open"),
        ("and on your side who signs the order", "closed"),
        ("what have you got to lose", "rhetorical"),
        ("why don't we get you signed up", "rhetorical"),
        ("Who doesn't want to save time?", "rhetorical"),
        ("customers often ask me how it works", "reported"),
        ("i'm not going to ask you why", "refused"),
        ("Right?", "tag"),
        ("what you get is peace of mind", "statement"),
        ("the thing is that it works", "statement"),
        ("we can do that", "statement"),
    ],
)
def test_acts_of_speech(text: str, act: str) -> None:
    assert acts(text) == [act]


def test_a_question_is_found_without_punctuation() -> None:
    found = clauses("they promised the moon and then vanished did i get that right")
    assert [" ".join(clause.words) for clause in found][-1] == "did i get that right"
    assert found[-1].live


def test_punctuation_taken_out_leaves_the_questions() -> None:
    marked = clauses("That makes sense. What did they quote you, and is that the total?")
    bare = clauses("that makes sense what did they quote you and is that the total")
    assert [c.act for c in marked if c.live] == [c.act for c in bare if c.live] == ["open", "closed"]


def test_a_question_answered_in_the_same_breath_is_not_live() -> None:
    assert acts("Is it worth it? Absolutely.") == ["answered", "statement"]


def test_hesitations_and_slips_are_left_out() -> None:
    (clause,) = clauses("um what what would you uh change")
    assert clause.words == ("what", "would", "you", "change")
    (slip,) = clauses("I I think it is")
    assert slip.words == ("i", "think", "it", "is")


@given(st.text(max_size=400))
def test_any_text_is_cut_into_clauses_that_quote_it(text: str) -> None:
    at = 0
    for clause in clauses(text):
        assert 0 < len(clause.tokens) <= LONGEST
        for token in clause.tokens:
            assert at <= token.start <= token.end <= len(text)
            at = token.start


def test_only_as_much_is_read_as_anybody_can_say() -> None:
    assert sum(len(clause.tokens) for clause in clauses("so be it " * MOST_WORDS)) == MOST_WORDS


@given(
    st.lists(
        st.sampled_from(
            [
                "what",
                "do",
                "you",
                "we",
                "i",
                "need",
                "is",
                "that",
                ",",
                ".",
                "?",
                "so",
                "and",
                "'s",
                "don't",
                "it",
                "who",
                "would",
            ]
        )
    )
)
def test_marks_make_no_words(parts: list[str]) -> None:
    text = " ".join(parts)
    bare = text.replace(",", "").replace(".", "").replace("?", "")
    assert [token.word for token in tokens(text)[0]] == [token.word for token in tokens(bare)[0]]
