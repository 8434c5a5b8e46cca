"""What can go wrong between a machine and its team, each in one line that says the mend."""

from trainer.errors import BadInputError, TrainerError


class TeamError(TrainerError):
    """The team's server can't do it, and why; trying again changes nothing."""


class UnreachableError(TeamError):
    """The server can't be reached, or the connection broke: later it may work."""


class DeniedError(TeamError):
    """The login, its password or the server's certificate is not accepted."""

    def __init__(self, line: str, *, wants_password: bool = False) -> None:
        super().__init__(line)
        self.wants_password = wants_password


class WentBackError(TeamError):
    """The server was restored from a backup: send and read everything from the start."""


class VersionError(TeamError):
    """The server's and this program's way of exchanging records differ too much; says which to update."""


class BadAddressError(BadInputError):
    """An address that no team's server can have."""


class RecordingError(TeamError):
    """A recording can't be sent, fetched or trusted, and why."""
