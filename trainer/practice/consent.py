"""What happens with a recording, and whether its rep agreed to it."""

import hashlib
from typing import Literal

from trainer.config import Config
from trainer.store import Store
from trainer.store.records import Person

QUESTION = "May your replies be recorded?"

Sent = Literal["nothing", "words", "recordings"]
"""What of an assessed practice leaves this machine; of a warm-up nothing does."""

_WHERE: dict[Sent, str] = {
    "nothing": "What you say is recorded, transcribed and scored on this machine; nothing is sent anywhere.",
    "words": (
        "What you say is recorded, transcribed and scored on this machine. The words and scores of an "
        "assessed practice go to your team's server; recordings stay here."
    ),
    "recordings": (
        "What you say is recorded, transcribed and scored on this machine. Of an assessed practice words and "
        "scores go to your team's server, and the recordings, encrypted, to your team's storage; what you "
        "recorded before you agreed to this stays here."
    ),
}
_SEEN: dict[Sent, str] = {
    "nothing": (
        "A warm-up is yours alone. Of an assessed practice your manager sees the words, the verdicts and the "
        "score, and can hear the recording. A log that you can read says who opened what."
    ),
    "words": (
        "A warm-up is yours alone. Of an assessed practice your manager sees the words, the verdicts and the "
        "score, and can hear the recording on this machine. A log that you can read says who opened what."
    ),
    "recordings": (
        "A warm-up is yours alone and never leaves this machine. Of an assessed practice your manager sees "
        "the words, the verdicts and the score, and can hear the recording on their own machine. A log that "
        "you can read says who opened what."
    ),
}
_KEPT = "Recordings are kept until you ask for their deletion; words and scores stay. "
_DELETED = "Recordings are deleted after {days} days; words and scores stay. "
_EVERYWHERE = "What is deleted here is deleted in that storage and on your manager's machine too. "
_EXEMPLARY = (
    "One that your manager marks as exemplary is kept while the mark stands, and colleagues on this machine "
    "may hear it."
)
_NEVER = "Nothing is concluded about feelings or character from a voice."


def sent(config: Config) -> Sent:
    """What leaves this machine with these settings."""
    if not config.team:
        return "nothing"
    return "recordings" if config.recordings else "words"


def wording(keep_days: int, leaves: Sent = "nothing") -> tuple[str, ...]:
    """The paragraphs to agree to, as these settings make them true."""
    kept = _DELETED.format(days=keep_days) if keep_days else _KEPT
    everywhere = _EVERYWHERE if leaves == "recordings" else ""
    return (_WHERE[leaves], _SEEN[leaves], kept + everywhere + _EXEMPLARY, _NEVER)


def fingerprint(keep_days: int, leaves: Sent = "nothing") -> str:
    """The hash of those words: other words are asked about anew."""
    return hashlib.sha256("\n".join(wording(keep_days, leaves)).encode()).hexdigest()


def given(store: Store, rep: Person, keep_days: int, leaves: Sent = "nothing") -> bool | None:
    """The rep's answer, None before there is one."""
    return store.privacy.agreed(rep.id, fingerprint(keep_days, leaves))


def answer(store: Store, rep: Person, keep_days: int, leaves: Sent = "nothing", *, agreed: bool) -> None:
    """Logs the rep's answer."""
    store.privacy.answer(rep.id, fingerprint(keep_days, leaves), agreed=agreed)
