import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.embedding.static import StaticEmbedder
from scoring.authored import best_threshold, fit, of_criterion
from scoring.clauses import clauses
from scoring.embedder import ONE, unit_rows
from scoring.errors import RubricError
from scoring.rubrics_library import read_rubric
from scoring.score import TurnContext, score
from scoring.scorecard import CriterionResult, Scorecard
from scoring.transcript import Transcript, Word

FILE = Path(__file__).parent / "by_examples.yaml"
RUBRIC = read_rubric(FILE)
EMBEDDER = StaticEmbedder()
TURN = TurnContext("t", "I'm not sure it would work for us.", ("trial", "cost-of-waiting", "need"))


class Counting:
    """Sentences as counts of a few words; no two words are alike."""

    fingerprint = "counting"
    words = ("apple", "pear", "plum", "stone", "brick", "sand")

    def embed(self, texts: Sequence[str]) -> NDArray[np.int64]:
        rows = [[text.split().count(word) for word in self.words] for text in texts]
        return unit_rows(np.array(rows, np.int64).reshape(-1, len(self.words)))


def said(*words: str) -> tuple[str, ...]:
    return tuple(f"there was a {word} on the table in room {number}" for number, word in enumerate(words * 4))


def judged(text: str, criterion: str) -> CriterionResult:
    card = score(Transcript.typed(text), TURN, RUBRIC, embedder=EMBEDDER)
    return next(one for one in card.criteria if one.id == criterion)


@pytest.mark.parametrize(
    ("text", "criterion", "met"),
    [
        ("I hear you. Try it in one shop for a month, and give it back if it's no good.", "trial", True),
        ("so we could do a pilot with your night team first before you sign anything", "trial", True),
        ("Nine years we've been doing this, and our office is across the river.", "trial", False),
        ("The contract runs for a year and renews by itself.", "trial", False),
        ("And what happens if you leave things as they are until next year?", "cost-of-waiting", True),
        ("What does a normal Monday look like for you?", "cost-of-waiting", False),
        ("If you leave it as it is nothing will happen.", "cost-of-waiting", False),
        ("My boss asked me what happens if you leave it as it is.", "cost-of-waiting", False),
    ],
)  # fmt: skip
def test_replies_that_are_no_examples_are_judged_by_them(text: str, criterion: str, met: bool) -> None:
    assert judged(text, criterion).met is met


def test_the_evidence_is_the_clause_that_has_it() -> None:
    text = "That's a fair point. We could start with a trial on one machine. The weather is dreadful."
    found = judged(text, "trial")
    assert [one.quote for one in found.evidence] == ["We could start with a trial on one machine"]
    assert text[found.evidence[0].start_char : found.evidence[0].end_char] == found.evidence[0].quote
    assert found.move == "authored"


def test_the_score_counts_criteria_by_examples_beside_moves() -> None:
    text = "How do you handle the orders today? And what does it cost you to change nothing?"
    card = score(Transcript.typed(text), TURN, RUBRIC, embedder=EMBEDDER)
    assert {one.id: one.met for one in card.criteria} == {
        "trial": False,
        "cost-of-waiting": True,
        "need": True,
    }
    assert card.score == 60
    assert card.hashes["embedder"] == EMBEDDER.fingerprint
    assert Scorecard.from_json(json.loads(json.dumps(card.as_json()))) == card


def test_without_an_embedder_they_are_not_assessable_and_the_rest_is() -> None:
    card = score(Transcript.typed("How do you handle the orders today?"), TURN, RUBRIC)
    assert [one.met for one in card.criteria] == [None, None, True]
    assert "embedder" not in card.hashes


def test_an_embedder_that_no_criterion_needs_changes_nothing() -> None:
    reply, turn = Transcript.typed("How do you handle the orders today?"), TurnContext("t", "", ("need",))
    beside, alone = score(reply, turn, RUBRIC, embedder=EMBEDDER), score(reply, turn, RUBRIC)
    assert (beside.score, beside.criteria) == (alone.score, alone.criteria)


def test_nothing_heard_and_unclear_words_are_not_assessable() -> None:
    assert judged("", "trial").met is None
    text = "we could start with a trial on one machine"
    words = [Word(word, None, None, 0.1) for word in text.split()]
    unclear = Transcript.from_words(words, engine="e", model="m", seconds=3.0)
    card = score(unclear, TURN, RUBRIC, embedder=EMBEDDER)
    assert card.criteria[0].met is None
    assert "unclear" in card.criteria[0].why


def test_it_tells_its_author_how_good_it_is() -> None:
    for name in ("trial", "cost-of-waiting"):
        worth = of_criterion(RUBRIC.criterion(name), EMBEDDER).worth
        assert (worth.examples, worth.near_misses, worth.silent) == (20, 20, worth.silent)
        assert worth.silent <= 2
        assert worth.told_apart
        assert 0.6 < worth.f1 <= 1


def test_examples_without_the_right_kind_of_clause_are_counted() -> None:
    made = fit((*said("apple"), "is it an apple"), said("stone"), "statement", Counting())
    assert made.worth.silent == 1
    assert made.worth.recall == 0.8


def test_what_can_not_be_told_apart_judges_nobody() -> None:
    same = (
        "we start on the {} of may",
        "it begins on the {} of june",
        "on the {} we open",
        "it is due on the {}",
    )
    examples = tuple(one.format(day) for one in same for day in ("first", "third", "fifth", "seventh"))
    near = tuple(one.format(day) for one in same for day in ("second", "fourth", "sixth", "eighth"))
    rubric = RUBRIC.model_copy(
        update={
            "criteria": (RUBRIC.criteria[0].model_copy(update={"examples": examples, "near_misses": near}),)
        }
    )
    card = score(
        Transcript.typed("We start on the ninth of May."),
        TurnContext("t", "", ("trial",)),
        rubric,
        embedder=EMBEDDER,
    )
    assert card.criteria[0].met is None
    assert "can't be told apart" in card.criteria[0].why


def test_a_sentence_is_never_judged_by_itself() -> None:
    """Each of these is like none of the others: left out, nothing tells which side it is on."""
    made = fit(("an apple", "a pear", "a plum"), ("a stone", "a brick", "some sand"), "any", Counting())
    assert made.worth.recall == 0
    assert not made.worth.told_apart


def test_a_sentence_has_no_part_in_the_threshold_it_is_judged_by() -> None:
    odd = "there was a apple pear pear pear pear pear on the table"
    made = fit((*said("apple"), *said("apple"), odd), said("stone"), "statement", Counting())
    assert made.worth.recall == pytest.approx(8 / 9)
    assert made.find(clauses(odd), Counting())


@pytest.mark.parametrize(
    ("values", "labels", "threshold"),
    [
        ([10, 8, 4, 2], [True, True, False, False], 6),
        ([10, 8, 6, 2], [True, False, True, False], 4),
        ([5, 5, 3], [True, False, False], 4),
        ([7], [True], 6),
        ([-(1 << 62), -(1 << 62)], [True, False], -(1 << 62)),
    ],
)
def test_the_threshold_lies_where_f1_is_highest(
    values: list[int], labels: list[bool], threshold: int
) -> None:
    assert best_threshold(values, labels) == threshold


def test_at_most_one_ordinary_sentence_in_ten_has_it() -> None:
    from scoring.language import data

    ordinary = data("ordinary.yaml")["sentences"]
    for name in ("trial", "cost-of-waiting"):
        made = of_criterion(RUBRIC.criterion(name), EMBEDDER)
        assert sum(bool(made.find(clauses(one), EMBEDDER)) for one in ordinary) <= len(ordinary) / 10


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import sys; from pathlib import Path; from models.embedding.static import StaticEmbedder;"
        "from scoring.authored import of_criterion; from scoring.rubrics_library import read_rubric;"
        f"one = of_criterion(read_rubric(Path({str(FILE)!r})).criteria[0], StaticEmbedder());"
        "print(one.threshold, one.worth.f1.hex(), one.direction.sum())"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout for _ in "ab"
    ]
    here = of_criterion(RUBRIC.criteria[0], EMBEDDER)
    assert runs[0] == runs[1]
    assert runs[0].decode().split() == [str(here.threshold), here.worth.f1.hex(), str(here.direction.sum())]


def test_vectors_have_a_length_that_products_can_be_compared_by() -> None:
    assert int((EMBEDDER.embed(["we could start with a trial"])[0] ** 2).sum()) == pytest.approx(
        ONE**2, rel=0.01
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("    move: probes_need\n", ""), "give a move, or examples and near_misses"),
        (("    move: probes_need\n", "    move: authored\n"), "give a move, or examples and near_misses"),
        (("    move: probes_need\n", "    move: probes_need\n    examples: [one of these]\n"), "one of"),
        (("    move: probes_need\n", "    examples: [one of these]\n"), "at least 8 examples"),
        (("    said_as: question\n", "    said_as: question\n    scope: attempt\n"), "turn by turn"),
        (("    said_as: question\n", "    said_as: aloud\n"), "said_as"),
        (("our price is the lowest you will find", "you get to use it free for two weeks"), "a near miss"),
    ],
)  # fmt: skip
def test_a_wrong_criterion_is_one_line_with_its_place(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(RubricError, match=rf"r\.yaml:\d+: criteria\.\d.*{told}"):
        read_rubric(file)
