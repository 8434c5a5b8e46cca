"""One take of a turn, from the microphone into the session; no screen in it."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from scoring.transcript import Transcript
from trainer.app import words
from trainer.app.services import Microphone
from trainer.audio.takes import recover
from trainer.errors import TrainerError
from trainer.practice.session import Session
from trainer.store.records import Take

if TYPE_CHECKING:
    from models.recogniser import Recogniser
    from trainer.hearing.live import Live

ENDINGS = {
    "device lost": "The microphone has gone. Plug it in to speak again, or press t to type.",
    "disk": "The disk takes no more. Make room, then press r.",
    "slept": "The computer slept in this take, so it ends there.",
}
"""What to say of a take that was cut off; the rep decides whether it is used."""

LIMIT = "Five minutes are the most a reply may take; it ends here."

DRAFT = "draft.txt"


def folder_of(session: Session) -> Path:
    """Where the takes of this turn lie: a folder an attempt, a folder a turn."""
    return session.takes_folder / session.attempt.id / session.turn.id


def listen(microphone: Microphone, *, gone: Callable[[], bool]) -> None:
    """Opens the microphone for a take to come; closes it again if nobody waits for it. Blocks for seconds."""
    microphone.listen()
    if gone():
        microphone.let_go()


def start(microphone: Microphone, ears: "Live", *, preroll: bool, gone: Callable[[], bool]) -> None:
    """Begins a take; ends it again if nobody waits for it any more. Blocks for up to seconds."""
    microphone.start(on_block=ears.feed, preroll=preroll)
    if gone():
        microphone.stop()


def keep(session: Session, microphone: Microphone) -> Take:
    """Ends the take and logs it. Blocks until the file is whole."""
    return session.keep(microphone.stop(), overflows=microphone.overflows)


def words_of(
    take: Take,
    session: Session,
    recogniser: "Recogniser",
    ears: "Live | None",
    *,
    lock: Lock,
    on_progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Transcript:
    """What was said in a take: what `ears` heard of it while it was spoken, or else all of it now.

    Blocks; a practice that was left may be transcribing still, hence the lock.
    """
    if ears is not None:
        ears.use(recogniser)
        return ears.finish(on_progress=on_progress, cancelled=cancelled)
    with lock:
        return session.hear(take, recogniser, on_progress=on_progress, cancelled=cancelled)


def remarks(microphone: Microphone) -> str:
    """What to say of a take beside its words: whether it was too long, whether sound was lost."""
    said = [LIMIT] if microphone.ended_by == "limit" else []
    if microphone.overflows:
        said.append(
            f"Sound was lost {words.count(microphone.overflows, 'time')} in this take (the machine was busy)."
        )
    return " ".join(said)


def no_access() -> str:
    """What to say of a microphone that gives nothing but zeros."""
    from trainer.audio import devices  # noqa: PLC0415 - PortAudio

    return devices.no_access()


def keep_draft(session: Session, text: str) -> bool:
    """Keeps what was typed for this turn and not logged yet; an empty text takes it away.

    False if the disk has no room for it. Whatever draft was there before stays then.
    """
    file = folder_of(session) / DRAFT
    try:
        if text.strip():
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_suffix(".new")
            new.write_text(text, encoding="utf-8")
            new.replace(file)
        else:
            file.unlink(missing_ok=True)
    except OSError:
        return not text.strip()
    return True


def draft_of(session: Session) -> str:
    """What was typed for this turn and not sent."""
    try:
        return (folder_of(session) / DRAFT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def left_behind(session: Session) -> Take | None:
    """The newest take of this turn without a reply; one that was cut off by a crash is made whole first.

    Where there is none but one that can't be made whole now (the disk is full), its TakeError.
    """
    trouble: list[TrainerError] = []
    detail = session.store.attempt(session.attempt.id)
    known = {take.id for take in detail.takes}
    for kept in recover(folder_of(session), known=known, on_trouble=trouble.append):
        session.keep(kept)
    detail = session.store.attempt(session.attempt.id)
    answered = {reply.take_id for reply in detail.all_replies}
    waiting = [take for take in detail.takes if take.turn == session.turn.id and take.id not in answered]
    if trouble and not waiting:
        raise trouble[0]
    return waiting[-1] if waiting else None
