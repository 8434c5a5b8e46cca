"""What happens with a recording, and whether its rep agreed to it."""

import hashlib

from trainer.store import Store
from trainer.store.records import Person

QUESTION = "May your replies be recorded?"

_HERE = "What you say is recorded, transcribed and scored on this machine; nothing is sent anywhere."
_SEEN = (
    "A warm-up is yours alone. Of an assessed practice your manager sees the words, the verdicts and the "
    "score, and can hear the recording. A log that you can read says who opened what."
)
_KEPT = "Recordings are kept until you ask for their deletion; words and scores stay. "
_DELETED = "Recordings are deleted after {days} days; words and scores stay. "
_EXEMPLARY = (
    "One that your manager marks as exemplary is kept while the mark stands, and colleagues on this machine "
    "may hear it."
)
_NEVER = "Nothing is concluded about feelings or character from a voice."


def wording(keep_days: int) -> tuple[str, ...]:
    """The paragraphs to agree to, as these settings make them true."""
    kept = _DELETED.format(days=keep_days) if keep_days else _KEPT
    return (_HERE, _SEEN, kept + _EXEMPLARY, _NEVER)


def fingerprint(keep_days: int) -> str:
    """The hash of those words: other words are asked about anew."""
    return hashlib.sha256("\n".join(wording(keep_days)).encode()).hexdigest()


def given(store: Store, rep: Person, keep_days: int) -> bool | None:
    """The rep's answer, None before there is one."""
    return store.privacy.agreed(rep.id, fingerprint(keep_days))


def answer(store: Store, rep: Person, keep_days: int, *, agreed: bool) -> None:
    """Logs the rep's answer."""
    store.privacy.answer(rep.id, fingerprint(keep_days), agreed=agreed)
