"""The ids of records."""

from uuid6 import uuid7


def new_id() -> str:
    """A UUIDv7 in its usual spelling: unique on any machine, and later ones sort behind earlier ones."""
    return str(uuid7())
