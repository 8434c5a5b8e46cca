"""What PostgreSQL and the network say, as one line that names the mend."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from trainer.errors import command
from trainer.team.errors import DeniedError, TeamError, UnreachableError, VersionError, WentBackError

if TYPE_CHECKING:
    from psycopg import Error

_OWN = {"TR410": WentBackError, "TR426": VersionError}
"""SQLSTATEs of the team's own functions; each other of the class TR is a TeamError."""

_NO_TEAM = {"42501", "42883", "3F000"}
"""Not allowed, no such function, no such schema: to this login there is no team in this database."""

_PASSING = ("08", "40", "53", "55", "57")
"""Classes of SQLSTATE that pass: connection, rolled back, resources, locks, shut down or cancelled."""

_REFUSED = (
    ("password authentication failed", "login or password is not right; ask its administrator for a new one"),
    ("no password supplied", "wants a password; ask its administrator for one"),
    ("is not permitted to log in", "has closed this login; ask its administrator"),
    ("does not exist", "has no such database or login; check the address in the invitation"),
    ("permission denied for database", "does not let this login in; ask its administrator"),
    ("no pg_hba.conf entry", "does not let this login in from here; ask its administrator"),
    (
        "authentication method requirement",
        "wants the password unprotected, and nobody vouches for the server; leave sslmode out of the address",
    ),
)

_FURTHER = ("DETAIL:", "HINT:", "CONTEXT:", "Is the server running")

_PASSWORD = ("password authentication failed", "no password supplied")

_CERTIFICATE = (
    "certificate verify failed",
    "server certificate for",
    "does not match host name",
    "root certificate file",
    "certificate file",
    "could not load system root certificate",
)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turns every failure of the database at `place` into one of `trainer.team.errors`."""
    import psycopg  # noqa: PLC0415

    try:
        yield
    except psycopg.Error as error:
        raise _fault(place, error) from error


def _fault(place: str, error: "Error") -> TeamError:
    import psycopg  # noqa: PLC0415

    said = _line(error)
    state = error.sqlstate or ""
    if state.startswith("TR"):
        return _OWN.get(state, TeamError)(said)
    if state in _NO_TEAM:
        return TeamError(
            f"{place} holds no team for this login ({said}). Check the address; its administrator may have to"
            f" run `{command('team admin init')}` of this version."
        )
    if state and not state.startswith(_PASSING) and not state.startswith(("28", "3D")):
        return TeamError(f"{place} can't do that: {said} ({state}).")
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return _connection(place, said, str(error))
    return TeamError(f"{place} can't do that: {said}.")


def _connection(place: str, said: str, whole: str) -> TeamError:
    if any(one in whole for one in _CERTIFICATE):
        return DeniedError(
            f"{place} can't prove who it is ({said}). If its certificate is your own, name it in the address:"
            " ?sslrootcert=FILE."
        )
    if "does not support SSL" in whole:
        return DeniedError(f"{place} has no TLS; its administrator must turn it on (ssl = on).")
    for part, mend in _REFUSED:
        if part in whole:
            wants = part in _PASSWORD
            return DeniedError(f"The team's server {place} {mend}.", wants_password=wants)
    return UnreachableError(f"The team's server {place} can't be reached now ({said}). Later it may.")


def _line(error: "Error") -> str:
    """The message itself, without hints, contexts and the addresses that were tried."""
    text = (error.diag.message_primary or str(error)).strip()
    lines = [line.strip(" -\t") for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(_FURTHER)]
    last = lines[-1] if lines else type(error).__name__
    return last.rpartition("FATAL:")[2].rpartition("failed: ")[2].strip().rstrip(".")
