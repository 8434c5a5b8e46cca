"""What can go wrong with a model."""


class RecogniserError(Exception):
    """A recogniser that can't be used, in words the user can act on."""

    exit_code = 1
