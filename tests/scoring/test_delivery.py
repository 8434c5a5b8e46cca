from scoring.clauses import clauses
from scoring.delivery import delivery, filler_words
from scoring.transcript import Transcript, Word


def test_fillers_are_told_from_content() -> None:
    assert filler_words("Um, I, uh, you know, we sort of like it") == ["um", "um", "you know", "sort of"]
    assert filler_words("Do you know what kind of problem that is? What I mean by that.") == []


def test_pace_leaves_pauses_out_and_latency_is_the_first_word() -> None:
    words = [Word("word", 1.0 + n * 0.5, 1.4 + n * 0.5, 0.9) for n in range(10)]
    words += [Word("late", 8.0 + n * 0.5, 8.4 + n * 0.5, 0.9) for n in range(10)]
    transcript = Transcript.from_words(words, engine="e", model="m", seconds=15)
    found = delivery(transcript, clauses(transcript.text))
    assert found["words"] == 20
    assert found["response_latency"] == 1.0
    assert found["pauses"] == {"count": 1, "longest": 2.1}
    assert found["talk_time"] == 9.8
    assert found["pace_wpm"] == round(60 * 20 / 9.8)


def test_typed_replies_have_no_times() -> None:
    found = delivery(Transcript.typed("What is it? Is it new?"), clauses("What is it? Is it new?"))
    assert found["pace_wpm"] is None
    assert found["response_latency"] is None
    assert found["pauses"] == {"count": None, "longest": None}
    assert found["questions"] == {"open": 1, "closed": 1}


def test_nothing_said_has_no_figures() -> None:
    found = delivery(Transcript.typed(""), ())
    assert found["words"] == 0
    assert found["fillers"] == {"count": 0, "per_100_words": None, "items": []}
    assert found["longest_without_question"] == 0


def test_monologue_ends_at_a_question() -> None:
    text = "We have a tool that does that. What would you use it for? It is good."
    assert delivery(Transcript.typed(text), clauses(text))["longest_without_question"] == 7
