"""The demonstration earns a scorecard worth looking at, as it is written and as it is heard."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
import soundfile

from scenarios.demo import SAID, demo
from scenarios.loader import load
from scenarios.schema import END
from scoring.attempt import score_attempt
from scoring.rubrics_library import load_rubric
from scoring.score import TurnContext, score
from scoring.scorecard import Scorecard
from scoring.transcript import Transcript

SCENARIO = load(demo().scenario)
FORM = SCENARIO.form(demo().form)
RUBRIC = load_rubric(SCENARIO.rubric)


def judged(transcripts: Iterable[Transcript]) -> list[Scorecard]:
    """The scorecards of the replies, each in the turn that it was recorded for."""
    return [
        score(
            transcript,
            TurnContext(id=turn, prompt=FORM.turn(turn).says, criteria=FORM.turn(turn).criteria),
            RUBRIC,
        )
        for turn, transcript in zip(SAID, transcripts, strict=True)
    ]


def assert_a_whole_talk(cards: list[Scorecard]) -> None:
    ways = [FORM.turn(card.turn).follow(card.moves) for card in cards]
    assert next(iter(SAID)) == FORM.start
    assert [after for _, after in pairwise(SAID)] == ways[:-1]
    assert ways[-1] == END


def assert_mixed(cards: list[Scorecard]) -> None:
    verdicts = [result.met for card in cards for result in card.criteria]
    assert True in verdicts
    assert False in verdicts
    assert None not in verdicts
    total = score_attempt(cards, RUBRIC).score
    assert total is not None
    assert 50 <= total < RUBRIC.pass_mark


def test_the_recordings_are_small_and_fit_every_recogniser() -> None:
    for file in demo().replies:
        found = soundfile.info(file)
        assert (found.format, found.samplerate, found.channels) == ("FLAC", 16_000, 1)
        assert 4 < found.duration < 20
        assert file.stat().st_size < 400_000


def test_what_is_said_is_a_whole_talk_with_a_mixed_scorecard() -> None:
    cards = judged(Transcript.typed(text) for text in SAID.values())
    assert_a_whole_talk(cards)
    assert_mixed(cards)


def test_what_pocketsphinx_hears_is_judged_as_what_was_said() -> None:
    pytest.importorskip("pocketsphinx", reason="no build of pocketsphinx for this processor")
    from models.sphinx import Sphinx
    from trainer.hearing.reply import hear

    recogniser = Sphinx()
    heard = [hear(soundfile.read(file, dtype="float32")[0], recogniser) for file in demo().replies]
    for transcript in heard:
        assert len(transcript.words) >= 8
        assert transcript.mean_confidence is not None
        assert transcript.mean_confidence >= 0.65
    cards = judged(heard)
    assert_a_whole_talk(cards)
    assert_mixed(cards)
    said = judged(Transcript.typed(text) for text in SAID.values())
    assert [[one.met for one in card.criteria] for card in cards] == [
        [one.met for one in card.criteria] for card in said
    ]
