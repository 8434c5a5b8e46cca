"""The errors a user sees: one line that says what happened and what to do."""

from models.errors import command

__all__ = ["BadInputError", "TrainerError", "command"]


class TrainerError(Exception):
    """It failed for a cause that has a name; the command line exits with 1."""

    exit_code = 1


class BadInputError(TrainerError):
    """The user gave something that can't be used; the command line exits with 2.

    The sentence names the file, the place in it and the mend.
    """

    exit_code = 2
