"""A recording sealed before it leaves the machine: whoever has the file and not its key has nothing.

AES-256 in GCM, which also tells when a single bit was changed. Each recording has a key of its own, which
travels in the record that the database shows to nobody but the rep and their manager.
"""

import base64
import secrets

from trainer.team.errors import RecordingError

MARK = b"rep-trainer sealed recording 1\n"

_ONCE = bytes(12)
"""The nonce. It may be the same each time because a key seals one recording only, whose SHA-256 is known
before: trying again after an interruption makes the very same file, at the same address.
"""


def new_key() -> str:
    """32 bytes of the system's randomness, in URL-safe base64."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def seal(recording: bytes, key: str, *, take_id: str, sha256: str) -> bytes:
    """The sealed recording, bound to its take and to the SHA-256 that its attempt names."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - only who has a team pays

    return MARK + AESGCM(base64.urlsafe_b64decode(key)).encrypt(_ONCE, recording, _bound(take_id, sha256))


def unseal(sealed: bytes, key: str, *, take_id: str, sha256: str) -> bytes:
    """The recording; RecordingError if it was changed, belongs to another take or has another key."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    if not sealed.startswith(MARK):
        raise RecordingError("What lies at the recording's address is none; a newer version may know it.")
    try:
        return AESGCM(base64.urlsafe_b64decode(key)).decrypt(
            _ONCE, sealed[len(MARK) :], _bound(take_id, sha256)
        )
    except (InvalidTag, ValueError) as error:
        raise RecordingError(
            "The recording does not open with the key of its record: it was changed, or is another take's."
        ) from error


def _bound(take_id: str, sha256: str) -> bytes:
    return MARK + f"{take_id} {sha256}".encode()
