"""What killed processes left of takes, made whole and logged before anything else is done."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from trainer.audio.takes import KeptTake, recover
from trainer.errors import BadInputError, TrainerError
from trainer.store import Store
from trainer.store.records import AttemptDetail, Reply, Take


def keep_left_behind(
    store: Store,
    takes_folder: Path,
    *,
    now: Callable[[], datetime],
    on_trouble: Callable[[TrainerError], None] = lambda _: None,
) -> list[Take]:
    """Logs every take that was cut off, whichever turn of whichever attempt it was spoken in.

    Call it before a practice is open. A take that can't be kept now stays as it is for the next time, and
    `on_trouble` gets the reason.
    """
    logged: list[Take] = []
    for kept in recover(takes_folder, on_trouble=on_trouble):
        file = kept.file.relative_to(takes_folder)
        if len(file.parts) == 3 and (known := _attempt(store, file.parts[0])) is not None:
            try:
                logged += _log(store, known, [kept], takes_folder, now())
            except TrainerError as error:  # a full disk keeps nobody out
                on_trouble(error)
    return logged


def keep_left_in(store: Store, attempt_id: str, takes_folder: Path, *, now: Callable[[], datetime]) -> None:
    """Logs what one attempt has on disk and not in the store, kept takes included."""
    known = store.attempt(attempt_id)
    ids = {take.id for take in known.takes}
    _log(store, known, recover(takes_folder / attempt_id, known=ids), takes_folder, now())


def spoken_since(reply: Reply, detail: AttemptDetail) -> bool:
    """Whether the reply was being given again: there is a later take of its turn, without a reply."""
    answered = {one.take_id for one in detail.all_replies}
    return any(
        take.turn == reply.turn and take.id > reply.id and take.id not in answered for take in detail.takes
    )


def _attempt(store: Store, attempt_id: str) -> AttemptDetail | None:
    try:
        return store.attempt(attempt_id)
    except BadInputError:  # it was erased; nobody may hear the take, and nobody is told of it
        return None


def _log(
    store: Store, known: AttemptDetail, found: list[KeptTake], takes_folder: Path, at: datetime
) -> list[Take]:
    ids = {take.id for take in known.takes}
    new = [_take(kept, known.attempt.id, takes_folder, at) for kept in found if kept.id not in ids]
    for take in new:
        store.add_take(take)
    return new


def _take(kept: KeptTake, attempt_id: str, takes_folder: Path, at: datetime) -> Take:
    return Take(
        id=kept.id,
        attempt_id=attempt_id,
        turn=kept.file.parent.name,
        recorded_at=at,
        file=kept.file.relative_to(takes_folder).as_posix(),
        sha256=kept.sha256,
        seconds=kept.seconds,
        overflows=0,
    )
