"""What the author of a criterion by examples is told about it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.embedding.static import StaticEmbedder
from scoring.authoring import review
from scoring.embedder import unit_rows
from scoring.rubric import Criterion
from scoring.rubrics_library import read_rubric


class Counting:
    """Sentences as counts of a few words; no two words are alike."""

    fingerprint = "counting"
    words = ("apple", "pear", "stone", "brick")

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        rows = [[text.split().count(word) for word in self.words] for text in texts]
        return unit_rows(np.array(rows, np.int64).reshape(-1, len(self.words)))


def about(word: str, number: int) -> list[str]:
    return [f"there was a {word} on the table in room {one}" for one in range(number)]


def criterion(examples: list[str], near_misses: list[str], said_as: str = "statement") -> Criterion:
    texts = {"says": "abc", "tip": "abc", "model_answer": "abc"}
    given = {"examples": examples, "near_misses": near_misses, "said_as": said_as}
    return Criterion.model_validate({"id": "one", "weight": 1, **given, **texts})


def test_sentences_that_are_told_apart_need_no_advice() -> None:
    found = review(criterion(about("apple", 16), about("stone", 16)), Counting())
    assert (found.worth.f1, found.misplaced, found.advice) == (1.0, (), ())


def test_a_sentence_on_the_wrong_side_is_named_with_what_it_reads_like() -> None:
    wrong = "he put a stone on the chair"
    found = review(criterion([*about("apple", 16), wrong], about("stone", 17)), Counting())
    (one,) = found.misplaced
    assert (one.kind, one.index, one.text, one.silent) == ("examples", 16, wrong, False)
    assert "stone" in one.like
    assert any("missed example" in advice for advice in found.advice)


def test_an_example_without_the_right_kind_of_clause_is_called_silent() -> None:
    found = review(criterion([*about("apple", 16), "is it an apple"], about("stone", 17)), Counting())
    (one,) = found.misplaced
    assert (one.silent, one.like) == (True, "")
    assert found.advice[0].startswith("1 of the examples has no statement in them")


def test_few_sentences_and_sentences_that_are_all_alike_are_said_so() -> None:
    few = review(criterion(about("apple", 8), about("stone", 8)), Counting())
    assert few.advice == ("Give about 20 of each; there are 8 examples and 8 near misses.",)
    alike = review(criterion(about("apple", 16), [f"{one} now" for one in about("apple", 16)]), Counting())
    assert not alike.worth.told_apart
    assert "two things in one" in alike.advice[-1]


def test_the_review_counts_what_the_scorer_judges_by() -> None:
    rubric = read_rubric(Path(__file__).parent / "by_examples.yaml")
    for name in ("trial", "cost-of-waiting"):
        found = review(rubric.criterion(name), StaticEmbedder())
        missed = sum(one.kind == "examples" for one in found.misplaced)
        assert found.worth.recall == (20 - missed) / 20
        assert found.worth.told_apart
