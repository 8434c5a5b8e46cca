"""Evidence is whole: the clause, or whole phrases of one that is too long to quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.matching import Hit
from scoring.quoting import QUOTED_WORDS, span
from scoring.tokens import tokens

LONG = (
    "last november the fibre was cut on mill road and eleven businesses sat in the dark for two days, the "
    "bakery had our radio link and traded through it, which is two days of card payments in a month"
)


def quoted(text: str, part: str) -> str:
    """What is quoted of a clause for a hit on some words of it."""
    found = tokens(text)[0]
    words, wanted = [one.word for one in found], [one.word for one in tokens(part)[0]]
    at = next(at for at in range(len(words)) if words[at : at + len(wanted)] == wanted)
    start, end = span(found, Hit(at, at + len(wanted)))
    return text[start:end]


def test_a_clause_of_ordinary_length_is_quoted_whole() -> None:
    text = "when you say too much, is that the monthly figure or the set-up fee on top of it"
    assert quoted(text, "monthly figure") == text


@pytest.mark.parametrize(
    ("part", "quote"),
    [
        (
            "the fibre was cut",
            "last november the fibre was cut on mill road and eleven businesses",
        ),
        ("traded through it", "traded through it"),
        ("two days of card payments", "two days of card payments"),
    ],
)
def test_of_a_long_one_whole_phrases_around_the_words_are_quoted(part: str, quote: str) -> None:
    found = quoted(LONG, part)
    assert quote in found
    assert part in found
    assert len(found.split()) <= QUOTED_WORDS
    assert found.split()[-1] not in ("and", "the", "which", "in", "for")


def test_more_words_than_that_are_quoted_where_they_all_decided() -> None:
    assert quoted(LONG, LONG) == LONG


@given(
    st.lists(
        st.sampled_from(["price", "and", "that,", "the", "in", "what", "so"]),
        min_size=1,
        max_size=60,
    ),
    st.data(),
)
def test_a_quote_holds_the_words_that_decided_and_is_no_longer_than_it_must(
    words: list[str], data: st.DataObject
) -> None:
    found = tokens(" ".join(words))[0]
    start = data.draw(st.integers(0, len(found) - 1))
    hit = Hit(start, data.draw(st.integers(start, len(found))))
    first, last = span(found, hit)
    assert first <= found[hit.start].start
    assert last >= found[max(hit.end, hit.start + 1) - 1].end
    assert (first, last) == span(found, hit)
