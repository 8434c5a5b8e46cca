from dataclasses import replace

import pytest

from scoring.clauses import clauses
from scoring.delivery import delivery
from scoring.transcript import FilledPause, Sound, Transcript, Word


def test_pace_leaves_pauses_out_and_latency_is_the_first_word() -> None:
    words = [Word("word", 1.0 + n * 0.5, 1.4 + n * 0.5, 0.9) for n in range(10)]
    words += [Word("late", 8.0 + n * 0.5, 8.4 + n * 0.5, 0.9) for n in range(10)]
    transcript = Transcript.from_words(words, engine="e", model="m", seconds=15)
    found = delivery(transcript, clauses(transcript.text))
    assert found["words"] == 20
    assert found["response_latency"] == 1.0
    assert (found["pauses"]["count"], found["pauses"]["longest"]) == (1, 2.1)
    assert found["talk_time"] == 9.8
    assert found["pace_wpm"] == round(60 * 20 / 9.8)


def test_typed_replies_have_no_times() -> None:
    found = delivery(Transcript.typed("What is it? Is it new?"), clauses("What is it? Is it new?"))
    assert found["pace_wpm"] is None
    assert found["response_latency"] is None
    assert set(found["pauses"].values()) == {None}
    assert found["longest_without_question_seconds"] is None
    assert found["questions"] == {"open": 1, "closed": 1}


def test_nothing_said_has_no_figures() -> None:
    found = delivery(Transcript.typed(""), ())
    assert found["words"] == 0
    assert found["fillers"] == {"count": 0, "per_100_words": None, "items": []}
    assert found["longest_without_question"] == 0


def test_monologue_ends_at_a_question() -> None:
    text = "We have a tool that does that. What would you use it for? It is good."
    assert delivery(Transcript.typed(text), clauses(text))["longest_without_question"] == 7


def said(*told: tuple[str, float, float]) -> Transcript:
    words = [Word(text, start, end, 0.9) for text, start, end in told]
    return Transcript.from_words(words, engine="e", model="m", seconds=told[-1][2] + 1)


def test_pauses_are_inside_clauses_or_between_them() -> None:
    transcript = said(
        ("We", 0.0, 0.2), ("save", 0.9, 1.2), ("time.", 1.2, 1.6),  # 0.7 s inside
        ("Um,", 2.4, 2.8), ("what", 3.5, 3.7), ("changed?", 3.7, 4.2),  # 0.8 and 0.7 s between
    )  # fmt: skip
    found = delivery(transcript, clauses(transcript.text))["pauses"]
    assert found == {"count": 3, "longest": 0.8, "inside": 1, "between": 2}


SLOW = ("we", "do", "this", "for", "you.")
QUICK = ("so", "what", "would", "you", "like?")


def test_each_long_clause_has_its_pace() -> None:
    slow = [(text, n * 1.0, n * 1.0 + 0.6) for n, text in enumerate(SLOW)]
    quick = [(text, 6 + n * 0.3, 6 + n * 0.3 + 0.3) for n, text in enumerate(QUICK)]
    transcript = said(*slow, *quick)
    found = delivery(transcript, clauses(transcript.text))
    assert found["pace_by_clause"] == [65, 200]
    assert found["pace_wpm"] == round(60 * 10 / 6.1)


def test_the_longest_stretch_ends_where_a_question_begins() -> None:
    transcript = said(
        ("We", 1.0, 1.2), ("save", 1.2, 1.5), ("time.", 1.5, 2.0), ("What", 4.0, 4.2), ("changed?", 4.2, 4.6),
        ("It", 5.0, 5.2), ("helps.", 5.2, 5.8),
    )  # fmt: skip
    assert delivery(transcript, clauses(transcript.text))["longest_without_question_seconds"] == 3.0


HEARD = said(("Um", 0.0, 0.3), ("we", 0.4, 0.5), ("save", 1.5, 1.9), ("time", 2.0, 2.4))
SOUND = Sound((FilledPause(0.6, 1.2),), pitch_range=7.4, loudness_range=14.0)


def test_filled_pauses_in_the_sound_are_added_and_called_estimated() -> None:
    transcript = replace(HEARD, sound=SOUND)
    found = delivery(transcript, clauses(transcript.text))
    assert found["filled_pauses"] == {
        "count": 2, "heard": 1, "in_sound": 1, "estimated": True, "per_100_words": 50.0,
    }  # fmt: skip
    assert (found["pitch_range_semitones"], found["loudness_range_db"]) == (7.4, 14.0)


@pytest.mark.parametrize(
    "transcript",
    [
        HEARD,
        replace(HEARD, sound=replace(SOUND, filled_pauses=None)),
        replace(HEARD, sound=SOUND, rough=True),
        replace(HEARD, sound=SOUND).corrected("Um we save uh time"),
    ],
    ids=["no sound", "not looked for", "rough", "corrected"],
)
def test_no_filled_pauses_are_added_where_they_can_t_be_told(transcript: Transcript) -> None:
    found = delivery(transcript, clauses(transcript.text))["filled_pauses"]
    assert (found["in_sound"], found["estimated"]) == (None, False)
    assert found["count"] == found["heard"] >= 1
