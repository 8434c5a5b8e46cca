"""Real attempts, scorer and store; work is done in this process where it doesn't matter where."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import scoring.score
from scoring.transcript import Transcript, Word
from tests.cli.attempts import ASKS, PUSHES, changed, heard, opened, practised
from trainer.bulk import work as worker
from trainer.bulk.anew import Anew, Compared, Finding, LeftOut
from trainer.bulk.asking import Heard, Wish
from trainer.bulk.executor import Executor, Here
from trainer.bulk.processes import Processes
from trainer.bulk.task import Ears, Failed, Outcome, Task, Version
from trainer.bulk.work import about, work
from trainer.paths import Paths
from trainer.practice import rejudging
from trainer.store import Store

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def older(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Attempts that another scorer judged."""

    def make() -> list[str]:
        with monkeypatch.context() as then:
            then.setattr(scoring.score, "scorer_hash", lambda: "0ld")
            return [practised([ASKS, PUSHES], misjudged="acknowledge").id for _ in range(3)]

    return make


def made(store: Store, ids: list[str], executor: Executor, wish: Wish | None = None) -> list[Finding]:
    return list(Anew(store, wish or Wish(about()), store.attempt, lambda: NOW).run(ids, executor))


class Counting:
    """How many tasks there were; after so many, somebody stops it."""

    def __init__(self, most: int = 99) -> None:
        self.done, self.most = 0, most

    def run(self, tasks: Iterator[Task]) -> Generator[Outcome, None, None]:
        for task in tasks:
            if self.done == self.most:
                raise KeyboardInterrupt
            yield work(task)
            self.done += 1


def test_another_process_finds_what_this_one_does(older: Callable[[], list[str]]) -> None:
    ids = older()
    with opened() as store:
        here = made(store, ids[:1], Here())
        there = made(store, ids[1:], Processes(1))
        (one,), *others = ([*store.rescores(of)] for of in ids)
        assert [type(found) for found in (*here, *there)] == [Compared] * 3
        for (other,) in others:
            assert other.score == one.score
            assert [*other.cards.values()] == [*one.cards.values()]


def test_what_is_done_is_kept_at_once_and_not_done_again(older: Callable[[], list[str]]) -> None:
    ids = older()
    with opened() as store:
        stopped = Counting(most=2)
        with pytest.raises(KeyboardInterrupt):
            made(store, ids, stopped)
        assert [len(store.rescores(of)) for of in ids] == [1, 1, 0]
        rest = Counting()
        found = made(store, ids, rest)
        assert rest.done == 1
        assert [one.added for one in found if isinstance(one, Compared)].count(True) == 1
        assert [len(store.rescores(of)) for of in ids] == [1, 1, 1]
        none = Counting()
        assert made(store, ids, none) != []
        assert none.done == 0


def test_a_task_says_all_there_is_to_know(older: Callable[[], list[str]], home: Path) -> None:
    (of, *_) = older()
    with opened() as store:
        detail = store.attempt(of)
    wish = Wish(about())
    task = wish.task(detail, wish.setting(detail))
    home.rename(home.with_name("elsewhere"))
    outcome = work(task)
    assert not isinstance(outcome, Failed)
    assert not home.exists()


def test_a_worker_with_another_scorer_does_nothing(older: Callable[[], list[str]]) -> None:
    ids = older()
    other = Wish(Version(about().program, "5c0" * 20))
    with opened() as store:
        (found, *_) = made(store, ids, Here(), other)
        assert isinstance(found, Failed)
        assert "another scorer" in found.why
        assert store.rescores(ids[0]) == []


def test_what_breaks_in_one_attempt_is_its_own(
    older: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = older()
    real = rejudging.judged

    def judged(transcript: Transcript, *rest: object) -> object:
        if judged.broken:  # type: ignore[attr-defined]
            judged.broken = False  # type: ignore[attr-defined]
            raise ZeroDivisionError("by chance")
        return real(transcript, *rest)  # type: ignore[arg-type]

    judged.broken = True  # type: ignore[attr-defined]
    monkeypatch.setattr(worker, "judged", judged)
    with opened() as store:
        found = made(store, ids, Here())
        assert found[0] == Failed(ids[0], "ZeroDivisionError: by chance")
        assert [len(store.rescores(of)) for of in ids] == [0, 1, 1]


@pytest.fixture
def better(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What a worker with a better model hears: that the rep asked."""

    def hear(sound: bytes, ears: Ears, hotwords: tuple[str, ...]) -> Transcript:
        assert sound.startswith(b"fLaC")
        assert ears.model == "better.en"
        return replace(heard(ASKS), model="better.en")

    monkeypatch.setattr(worker, "_hear", hear)
    ears = Ears("faster-whisper", "better.en", "full")
    return Heard(ears, "faster-whisper", "better.en", Paths.of_user().takes)


def test_what_is_heard_anew_stands_beside_the_old_result(better: Heard) -> None:
    of = practised([PUSHES], recorded=True)
    with opened() as store:
        before = store.attempt(of.id)
        (found,) = made(store, [of.id], Here(), Wish(about(), heard=better))
        assert isinstance(found, Compared)
        assert found.added
        (kept,) = store.rescores(of.id)
        assert (kept.engine, kept.model) == ("faster-whisper", "better.en")
        assert {said.text for said in kept.transcripts.values()} == {ASKS}
        assert set(kept.transcripts) == set(kept.cards) == {reply.id for reply in before.replies}
        assert before.result is not None
        assert kept.score.score != before.result.score.score
        assert store.attempt(of.id) == before


def test_what_was_heard_anew_is_not_heard_again_until_the_scorer_changes(better: Heard) -> None:
    of = practised([PUSHES], recorded=True)
    wish = Wish(about(), heard=better)
    with opened() as store:
        made(store, [of.id], Here(), wish)
        again = Counting()
        made(store, [of.id], again, wish)
        assert again.done == 0


def test_words_of_a_hand_are_not_heard_again(better: Heard) -> None:
    of = practised([PUSHES])
    with opened() as store:
        (found,) = made(store, [of.id], Here(), Wish(about(), heard=better))
    assert isinstance(found, Compared)
    assert found.comparison.anew is None


@pytest.mark.parametrize(
    ("do", "says"), [("change", "is not what was recorded"), ("lose", "not on this machine")]
)
def test_a_recording_that_is_not_what_it_was_is_left_out(better: Heard, do: str, says: str) -> None:
    of = practised([PUSHES], recorded=True)
    file = next(Paths.of_user().takes.rglob("*.flac"))
    if do == "change":
        file.write_bytes(file.read_bytes() + b"\0")
    else:
        file.unlink()
    with opened() as store:
        (found,) = made(store, [of.id], Here(), Wish(about(), heard=better))
        assert isinstance(found, LeftOut)
        assert says in found.why
        assert store.rescores(of.id) == []


def test_words_that_were_meddled_with_are_left_out(older: Callable[[], list[str]]) -> None:
    ids = older()
    changed("UPDATE replies SET text = 'nothing of it' WHERE attempt_id = ?", ids[0])
    with opened() as store:
        found = made(store, ids, Here())
        assert [type(one) for one in found].count(LeftOut) == 1
        assert [len(store.rescores(of)) for of in ids] == [0, 1, 1]


def test_real_ears_hear_the_recording_that_came_along() -> None:
    """pocketsphinx, in a process of its own: what it hears is what it hears here."""
    of = practised([PUSHES], recorded=True)
    heard_by = Heard(Ears("pocketsphinx", "en-us", "full"), "pocketsphinx", "en-us", Paths.of_user().takes)
    with opened() as store:
        detail = store.attempt(of.id)
        only = replace(detail, replies=detail.replies[:1])
        anew = Anew(store, Wish(about(), heard=heard_by), lambda _of: only, lambda: NOW)
        (found,) = anew.run([of.id], Processes(1))
        assert isinstance(found, Compared)
        (kept,) = store.rescores(of.id)
    (said,) = kept.transcripts.values()
    assert said.rough
    assert said.words
    assert all(isinstance(word, Word) and word.end is not None for word in said.words)
