"""Figures of a whole attempt: how much of the time the rep spoke, how long in one go, how many questions."""

import json

import pytest
from pydantic import ValidationError

from scoring.attempt import score_attempt
from scoring.rubric import Criterion, Rubric
from scoring.score import TurnContext, score
from scoring.scorecard import AttemptScore, Scorecard
from scoring.transcript import Transcript, Word

LINES = {"one": "word " * 25, "two": "word " * 25}  # 10 s each at 150 words a minute


def limit(name: str, measure: str, **line: float) -> Criterion:
    texts = {"says": "keeps it", "tip": f"tip {name}", "model_answer": "like so"}
    return Criterion.model_validate({"id": name, "measure": measure, "weight": 1, **line, **texts})


def rubric(*criteria: Criterion) -> Rubric:
    return Rubric(id="r", skill="s", title="title", criteria=criteria)


TALK = rubric(limit("listen", "talk_share", at_most=0.65))


def reply(turn: str, seconds: float, text: str = "we do that every day") -> Scorecard:
    """A reply whose words fill so many seconds without a pause."""
    parts = text.split()
    step = seconds / len(parts)
    words = [Word(one, at * step, (at + 1) * step, 0.9) for at, one in enumerate(parts)]
    heard = Transcript.from_words(words, engine="e", model="m", seconds=seconds)
    return score(heard, TurnContext(turn, LINES[turn], ()), None)


def typed(turn: str, text: str) -> Scorecard:
    return score(Transcript.typed(text), TurnContext(turn, LINES[turn], ()), None)


def test_who_talks_more_than_the_line_allows_misses_it_and_reads_the_figure() -> None:
    long = score_attempt([reply("one", 30), reply("two", 30)], TALK, LINES)
    assert long.figures == {"listen": 0.75}
    assert (long.criteria[0].met, long.tally["listen"], long.score) == (False, (0, 1), 0)
    assert long.criteria[0].why == "1:00 of speech beside the prospect's 0:20 (their words at 150 a minute)."
    assert long.next_step == "tip listen"
    short = score_attempt([reply("one", 10), reply("two", 10)], TALK, LINES)
    assert short.figures == {"listen": 0.5}
    assert (short.criteria[0].met, short.score) == (True, 100)


def test_exactly_the_line_is_kept() -> None:
    at = rubric(limit("listen", "talk_share", at_most=0.75))
    assert score_attempt([reply("one", 30)], at, LINES).criteria[0].met is True


def test_replies_without_times_are_left_out_and_half_of_them_make_it_not_assessable() -> None:
    half = score_attempt([reply("one", 30), typed("two", "fine")], TALK, LINES)
    assert half.figures == {"listen": 0.75}
    most = score_attempt([typed("one", "fine"), typed("two", "fine")], TALK, LINES)
    assert (most.criteria[0].met, most.score, most.figures) == (None, None, {})
    assert "word times" in most.criteria[0].why
    three = [reply("one", 30), typed("two", "fine"), typed("two", "yes")]
    assert score_attempt(three, TALK, LINES).criteria[0].met is None


def test_without_the_prospects_lines_the_share_cannot_be_told() -> None:
    assert score_attempt([reply("one", 10)], TALK).criteria[0].met is None


def test_the_longest_reply_counts_the_speech_of_one_reply() -> None:
    short = rubric(limit("short", "longest_reply", at_most=45))
    found = score_attempt([reply("one", 50), reply("two", 5)], short, LINES)
    assert (found.figures, found.criteria[0].met) == ({"short": 50.0}, False)
    assert found.criteria[0].why == "The longest reply: 0:50 of speech."


def test_questions_are_counted_in_typed_replies_too_but_not_where_they_do_not_count() -> None:
    ask = rubric(limit("ask", "questions", at_least=2))
    replies = [typed("one", "How do you do it today?"), typed("two", "Who signs that, and by when?")]
    assert score_attempt(replies, ask, LINES).criteria[0].met is True
    stuffed = typed("two", "Acknowledge. Open question. Root cause. Evidence. Reframe. Next step.")
    assert stuffed.flags
    found = score_attempt([replies[0], stuffed], ask, LINES)
    assert (found.figures, found.criteria[0].met) == ({"ask": 1.0}, False)


def test_a_reply_that_does_not_count_keeps_no_upper_line() -> None:
    stuffed = reply("one", 5, "Acknowledge. Open question. Root cause. Evidence. Reframe. Next step.")
    assert stuffed.flags
    assert score_attempt([stuffed], TALK, LINES).criteria[0].met is False


def test_silence_is_no_figure() -> None:
    for one in (TALK, rubric(limit("ask", "questions", at_least=2))):
        found = score_attempt([typed("one", "")], one, LINES)
        assert (found.criteria[0].met, found.score) == (None, None)


def test_a_figure_survives_json_and_old_results_have_none() -> None:
    found = score_attempt([reply("one", 30)], TALK, LINES)
    stored = json.loads(json.dumps(found.as_json()))
    assert AttemptScore.from_json(stored) == found
    del stored["figures"]
    assert AttemptScore.from_json(stored).figures == {}


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        ({"measure": "talk_share"}, "at_most or at_least"),
        ({"measure": "talk_share", "at_most": 0.6, "at_least": 0.2}, "at_most or at_least"),
        ({"measure": "talk_share", "at_most": 65}, "write 0.65 for 65 %"),
        ({"measure": "questions", "at_least": 2, "scope": "turn"}, "whole attempt"),
        ({"measure": "questions", "at_least": 2, "wanted": False}, "wanted"),
        ({"measure": "questions", "at_least": 2, "move": "gives_evidence"}, "no move"),
        ({"move": "gives_evidence", "at_most": 2}, "no move"),
        ({"move": "measured"}, "give measure"),
        ({"measure": "smiles", "at_least": 2}, "talk_share"),
        ({"measure": "questions", "at_least": 0}, "greater than 0"),
    ],
)
def test_a_measure_without_a_clear_line_is_refused(given: dict[str, object], mend: str) -> None:
    texts = {"says": "keeps it", "tip": "keep it", "model_answer": "like so"}
    with pytest.raises(ValidationError, match=mend):
        Criterion.model_validate({"id": "one", "weight": 1, **given, **texts})


def test_rubrics_without_a_measure_keep_the_hash_they_had() -> None:
    plain = Criterion.model_validate(
        {"id": "a", "move": "gives_evidence", "weight": 1, "says": "abc", "tip": "abc", "model_answer": "abc"}
    )
    assert "measure" not in plain.model_dump(mode="json")
    assert limit("ask", "questions", at_least=2).model_dump(mode="json")["at_least"] == 2
