"""What can go wrong with a model, and how the user calls this program."""

import os


class RecogniserError(Exception):
    """A recogniser that can't be used, in words the user can act on."""

    exit_code = 1


class ModelInputError(RecogniserError):
    """A name or a folder that is no model; the command line exits with 2."""

    exit_code = 2


def command(words: str) -> str:
    """How the user would type a command here: `./run` says in TRAINER_COMMAND that it was called so."""
    return f"{os.environ.get('TRAINER_COMMAND') or 'trainer'} {words}".rstrip()
