"""One take of a turn, from the microphone into the session; no screen in it."""

from collections.abc import Callable
from pathlib import Path

from trainer.app import words
from trainer.app.services import Microphone
from trainer.audio.takes import recover
from trainer.practice.session import Session
from trainer.store.records import Take

ENDINGS = {
    "device lost": "The microphone has gone; what it heard is kept. Plug it in and press r, or t to type.",
    "limit": "Five minutes are the most a reply may take; it ends here.",
    "disk": "The disk takes no more; what is on it is kept. Make room, then press r.",
}
"""What to say of a take that ended by itself."""


def folder_of(session: Session) -> Path:
    """Where the takes of this turn lie: a folder an attempt, a folder a turn."""
    return session.takes_folder / session.attempt.id / session.turn.id


def start(microphone: Microphone, *, gone: Callable[[], bool]) -> None:
    """Opens the microphone; closes it again if nobody waits for it any more. Blocks for up to seconds."""
    microphone.start()
    if gone():
        microphone.stop()


def keep(session: Session, microphone: Microphone) -> Take:
    """Ends the take and logs it. Blocks until the file is whole."""
    return session.keep(microphone.stop(), overflows=microphone.overflows)


def remarks(microphone: Microphone) -> str:
    """What to say of a take beside its words: why it ended by itself, whether sound was lost."""
    said = [ENDINGS[microphone.ended_by]] if microphone.ended_by else []
    if microphone.overflows:
        said.append(
            f"Sound was lost {words.count(microphone.overflows, 'time')} in this take (the machine was busy)."
        )
    return " ".join(said)


def no_access() -> str:
    """What to say of a microphone that gives nothing but zeros."""
    from trainer.audio import devices  # noqa: PLC0415 - PortAudio

    return devices.no_access()


def left_behind(session: Session) -> Take | None:
    """The newest take of this turn without a reply; one that was cut off by a crash is made whole first."""
    detail = session.store.attempt(session.attempt.id)
    for kept in recover(folder_of(session), known={take.id for take in detail.takes}):
        session.keep(kept)
    detail = session.store.attempt(session.attempt.id)
    answered = {reply.take_id for reply in detail.all_replies}
    waiting = [take for take in detail.takes if take.turn == session.turn.id and take.id not in answered]
    return waiting[-1] if waiting else None
