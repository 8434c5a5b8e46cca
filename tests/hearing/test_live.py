import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from models.errors import RecogniserError
from models.whisper import Whisper
from tests.hearing.recordings import Named, Samples, floats, said
from tests.models.conftest import MICRO
from tests.virtual_mic.server import until
from trainer.hearing.live import THREAD, Live
from trainer.hearing.pace import Pace
from trainer.hearing.reply import Heard, hear, with_sound

REPLY = said(0.4, "two", 0.7, "team", 0.5, "budget", 0.6, "concern", 0.5, "saved", 0.3)
# Not what the micro whisper hears right, and it need not: the same both ways is what counts.


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    others = set(threading.enumerate())
    yield
    until(lambda: not [one for one in threading.enumerate() if one.name == THREAD and one not in others])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is always time for a guess, however busy this machine is."""
    monkeypatch.setattr(Pace, "took", lambda _pace, _seconds, **_what: None)


def feed(live: Live, samples: Samples) -> None:
    for at in range(0, len(samples), 512):
        live.feed(samples[at : at + 512])


def live_with(recogniser: Named | Whisper) -> Live:
    live = Live()
    live.use(recogniser)
    return live


@pytest.mark.parametrize("window", ["full", "short"])
def test_what_is_heard_live_is_what_is_heard_afterwards(window: str) -> None:
    recogniser = Whisper(MICRO, window="short" if window == "short" else "full")
    live = live_with(recogniser)
    feed(live, REPLY)
    assert live.finish() == hear(floats(REPLY), recogniser)


@pytest.mark.parametrize("cut", [3.1, 5.55, 8.8, 11.02])
def test_wherever_the_reply_ends(cut: float) -> None:
    reply, recogniser = REPLY[: round(cut * 16_000)], Named()
    live = live_with(recogniser)
    feed(live, reply)
    heard = live.finish()
    assert heard == hear(floats(reply), Named())
    assert heard.words


def test_a_stretch_is_firm_while_the_rep_goes_on_and_does_not_change() -> None:
    live = live_with(Named())
    half = len(REPLY) // 2
    feed(live, REPLY[:half])
    until(lambda: live.so_far.firm)
    firm = live.so_far.firm
    feed(live, REPLY[half:])
    heard = live.finish()
    assert heard.words[: len(firm)] == firm
    assert len(heard.words) > len(firm)


@pytest.mark.usefixtures("quick")
def test_in_a_pause_the_open_stretch_is_shown_as_tentative_and_kept_if_the_reply_ends_there() -> None:
    recogniser = Named()
    live = live_with(recogniser)
    feed(live, said(0.3, "team", 0.6))
    until(lambda: live.so_far.tentative)
    assert live.so_far.firm == ()
    tentative = live.so_far.tentative
    assert live.finish().words == tentative
    assert len(recogniser.asked) == 1


@pytest.mark.usefixtures("quick")
def test_a_guess_is_thrown_away_when_the_rep_goes_on() -> None:
    recogniser = Named()
    live = live_with(recogniser)
    feed(live, said(0.3, "team", 0.6))
    until(lambda: live.so_far.tentative)
    feed(live, said("budget", 0.6))
    until(lambda: live.so_far.firm)
    assert live.so_far.tentative == ()
    assert [word.text for word in live.finish().words] == [f"s{recogniser.asked[-1][0]}"]
    assert len(recogniser.asked) == 2


def test_where_there_is_no_time_for_words_that_stay_a_pause_is_used_for_a_draft() -> None:
    recogniser = Named()
    recogniser.drafts = True
    now = 0.0

    def slow() -> None:
        nonlocal now
        now += 5.0

    recogniser.before = slow
    live = Live(clock=lambda: now)
    live.use(recogniser)
    feed(live, said(0.3, "two", 0.6))
    until(lambda: live.so_far.firm)
    feed(live, said("team", 0.6))
    until(lambda: live.so_far.tentative)
    assert recogniser.asked[-1][1]
    live.finish()
    assert [draft for _, draft in recogniser.asked[-2:]] == [True, False]


@pytest.mark.usefixtures("quick")
def test_what_the_sound_says_is_looked_for_stretch_by_stretch_while_the_rep_speaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[float] = []

    def looking(heard: Heard, part: NDArray[np.float32], blocks: bytearray) -> Heard:
        looked.append(heard.stretch.start)
        return with_sound(heard, part, blocks)

    monkeypatch.setattr("trainer.hearing.live.with_sound", looking)
    live = live_with(Named())
    feed(live, REPLY)
    until(lambda: len(looked) >= 2)
    feed(live, said(0.6))
    until(lambda: len(looked) >= 3)
    heard = live.finish()
    assert heard == hear(floats(np.concatenate([REPLY, said(0.6)])), Named())
    assert heard.sound is not None
    assert len(looked) == len(heard.words)  # a word a stretch, and none was looked at twice


def test_a_machine_slower_than_speech_makes_no_guesses_says_so_and_does_the_rest_afterwards() -> None:
    recogniser = Named(go=threading.Event())
    live = live_with(recogniser)
    reply = np.concatenate([REPLY, REPLY])
    feed(live, reply)
    until(lambda: live.so_far.behind)
    progress: list[float] = []
    recogniser.go.set()
    heard = live.finish(on_progress=progress.append)
    assert heard == hear(floats(reply), Named())
    assert progress == sorted(progress)


def test_the_silence_after_the_last_word_is_told_but_none_before_the_first() -> None:
    live = live_with(Named())
    feed(live, said(1.5))
    feed(live, said("team", 1.0))
    until(lambda: live.so_far.silent_for > 0.9)
    assert live.so_far.silent_for < 2.0
    live.abandon()


def test_silence_before_anything_was_said_ends_nothing() -> None:
    live = live_with(Named())
    feed(live, said(3.0))
    assert live.finish().words == ()
    assert live.so_far.silent_for == 0.0


def test_what_was_said_before_the_recogniser_was_loaded_is_heard() -> None:
    live = Live()
    feed(live, REPLY)
    assert not live.in_use
    live.use(Named())
    assert live.finish() == hear(floats(REPLY), Named())


def test_what_the_recogniser_fails_of_is_raised_where_the_words_are_waited_for() -> None:
    recogniser = Named()

    def fail() -> None:
        raise RecogniserError("It stopped. A smaller model needs less memory.")

    recogniser.before = fail
    live = live_with(recogniser)
    feed(live, REPLY)
    with pytest.raises(RecogniserError, match="smaller model"):
        live.finish()


def test_cancelled_it_gives_what_it_has_and_waits_for_nobody() -> None:
    recogniser = Named(go=threading.Event())
    live = live_with(recogniser)
    feed(live, REPLY)
    recogniser.begun.wait(20)
    assert live.finish(cancelled=lambda: True).words == ()
    recogniser.go.set()


def test_abandoned_it_begins_nothing_new() -> None:
    others = set(threading.enumerate())
    recogniser = Named(go=threading.Event())
    live = live_with(recogniser)
    feed(live, REPLY)
    recogniser.begun.wait(20)
    live.abandon()
    recogniser.go.set()
    until(lambda: not [one for one in threading.enumerate() if one.name == THREAD and one not in others])
    assert len(recogniser.asked) == 1


def test_one_reply_at_a_time_has_the_recogniser() -> None:
    lock = threading.Lock()
    recogniser = Named()
    live = Live(lock=lock)
    with lock:
        live.use(recogniser)
        feed(live, REPLY)
        until(lambda: live.so_far.silent_for > 0)
        assert recogniser.asked == []
    assert live.finish().words
