"""Whether the recordings of an attempt are whole, and whether the same words are heard in them again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from models.recogniser import Recogniser
from scoring.scorecard import Scorecard
from trainer.audio.reading import read
from trainer.hearing.reply import hear
from trainer.practice.rejudging import Setting, rejudge, setting_then
from trainer.practice.session import PracticeError
from trainer.practice.verifying import Difference
from trainer.practice.word_errors import word_error_rate
from trainer.store.records import AttemptDetail, Reply, Take


@dataclass(frozen=True, slots=True)
class Listened:
    """One recording heard again: its word error rate against the stored words, None where not compared."""

    turn: str
    file: str
    intact: bool
    word_errors: float | None
    differences: tuple[Difference, ...]


def listen(
    detail: AttemptDetail, takes_folder: Path, recogniser: Callable[[str, str], Recogniser]
) -> Iterator[Listened]:
    """Hears every recording again with the engine and model of its reply, and judges what comes out.

    Words that were corrected by hand are not compared. RecogniserError where that engine or model is absent.
    """
    replies = {
        reply.take_id: reply for reply in detail.all_replies if reply.transcript.source == "recognised"
    }
    by = _setting_or_none(detail)
    for take in detail.takes:
        intact, found = _intact(take, takes_folder)
        reply = replies.get(take.id)
        then = _then(detail, reply, by) if reply and by and intact else None
        if reply is None or by is None or then is None:
            yield Listened(take.turn, take.file, intact, None, tuple(found))
            continue
        before = reply.transcript
        again = hear(
            read(takes_folder / take.file).samples,
            recogniser(before.engine, before.model),
            hotwords=by.hotwords,
        )
        changed = _verdicts_changed(take, then, rejudge(detail, reply, by, again))
        yield Listened(take.turn, take.file, True, word_error_rate(again.text, before.text), changed)


def altered(detail: AttemptDetail, takes_folder: Path) -> list[str]:
    """The turns whose recording is here and is not what was recorded; nothing is heard for it."""
    return [
        take.turn
        for take in detail.takes
        if (takes_folder / take.file).is_file() and not _intact(take, takes_folder)[0]
    ]


def _then(detail: AttemptDetail, reply: Reply, by: Setting) -> Scorecard | None:
    """What the stored words are worth here, None where that can't be told."""
    try:
        return rejudge(detail, reply, by)
    except PracticeError:
        return None


def _verdicts_changed(take: Take, then: Scorecard, now: Scorecard) -> tuple[Difference, ...]:
    verdicts = {one.id: one.met for one in now.criteria}
    return tuple(
        Difference(take.turn, f"{one.id}, heard again", one.met, verdicts[one.id])
        for one in then.criteria
        if one.met != verdicts[one.id]
    )


def _intact(take: Take, takes_folder: Path) -> tuple[bool, list[Difference]]:
    file = takes_folder / take.file
    try:
        digest = sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        return False, [Difference(take.turn, "recording", take.file, error.strerror or "can't be read")]
    if digest == take.sha256:
        return True, []
    return False, [Difference(take.turn, "recording's sha256", take.sha256, digest)]


def _setting_or_none(detail: AttemptDetail) -> Setting | None:
    try:
        return setting_then(detail)
    except PracticeError:
        return None
